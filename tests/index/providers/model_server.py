"""A server on loopback that plays a hosted model, faults included."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.index.providers.loopback import listening
from tests.index.providers.wires import WRONG_KEY, Wire

REPLY = ["Three rockets", " hit the embassy", " [1]. Ten", " people died [1]."]
_ENDINGS = {"limit": "limit", "declined": "declined", "filtered": "filtered", "quiet-end": None, "usage": "usage"}


@dataclass(frozen=True)
class Seen:
    """One request as the server saw it."""

    model: str
    key: str | None
    body: dict[str, Any]


class ModelServer:
    """Answers by the model's name.

    `ok`; a status such as `500`, for ever; `429-then-ok`; `429-wait-99` with that `Retry-After`; `empty`; `limit`;
    `declined` by the model; `filtered` by its provider; `quiet-end` (no sign that it is whole); `cut` and `cut-then-ok`
    (the connection breaks after a piece); `fault-in-stream`; `slow` (no byte); `drip` (for ever); `garbage`; `usage`
    (OpenAI's count of tokens at the end, which it sends when asked to).
    """

    def __init__(self, wire: Wire) -> None:
        self.url = ""
        self.seen: list[Seen] = []
        self._wire = wire
        self._asked: Counter[str] = Counter()
        self._stopping = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        model = request.match_info.get("model") or str(body["model"])
        key = request.headers.get(self._wire.key_header) if self._wire.key_header else None
        self.seen.append(Seen(model, key, body))
        self._asked[model] += 1
        if key and WRONG_KEY in key:
            status = 400 if self._wire.provider == "gemini" else 401
            return web.json_response(self._wire.fault(status), status=status)
        if self._asked[model] > 1 and model.endswith("-then-ok"):
            return await self._stream(request, "ok")
        scenario = model.removesuffix("-then-ok")
        code, _, wait = scenario.partition("-wait-")
        if code.isdigit():
            headers = {"Retry-After": wait or "0"}
            return web.json_response(self._wire.fault(int(code)), status=int(code), headers=headers)
        return await self._stream(request, scenario)

    async def _stream(self, request: web.Request, scenario: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": self._wire.content_type})
        await response.prepare(request)
        if scenario == "slow":
            await self._stopping.wait()
        if scenario == "garbage":
            await response.write(b"data: \x00\xff no JSON\n\n")
            return response
        pieces = [] if scenario in {"empty", "declined"} else REPLY
        events = self._wire.reply(pieces, _ENDINGS.get(scenario, "stop"))
        if scenario == "fault-in-stream":
            events = [self._wire.fault_in_stream()]
        while scenario == "drip" and not self._stopping.is_set():
            await response.write(self._wire.reply(["word "], None)[-1])
            await asyncio.sleep(0.02)
        for event in events:
            await response.write(event)
            if scenario == "cut" and b"Three" in event:
                assert request.transport is not None
                request.transport.close()
                return response
        return response

    def stop(self) -> None:
        self._stopping.set()


@asynccontextmanager
async def serving(wire: Wire) -> AsyncIterator[ModelServer]:
    """A server for the block; its `url` is the root."""
    server = ModelServer(wire)
    app = web.Application()
    app.router.add_post(wire.path, server.answer)
    async with listening(app) as server.url:
        try:
            yield server
        finally:
            server.stop()
