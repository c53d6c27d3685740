"""The server itself: `async with FakeBotApi() as api`, then a bot with `api.token` and the root `api.url`.

A test ends with `assert api.violations == []`: requests that the Bot API doesn't describe are kept there.
"""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.helpers.bot_api import looking, schema, sending
from tests.helpers.bot_api.errors import ApiError, Json, bad_request
from tests.helpers.bot_api.faults import Fault, Faults
from tests.helpers.bot_api.people import People
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.state import InlineQuery, Press, State

Predicate = Callable[[Message], bool]

_MAX_UPLOAD = 60 * 1024 * 1024
_BOT_ID = 123_456_789
_HANDLERS: Mapping[str, sending.Handler] = {
    name.lower(): handler for name, handler in {**sending.HANDLERS, **looking.HANDLERS}.items()
}


@dataclass(eq=False)
class Call:
    """One request; `description` is the error it was answered with, if it was."""

    method: str
    params: Json
    time: float
    status: int = 0
    description: str | None = None
    result: Any = None


class _HangUpError(Exception):
    """The connection closes without an answer."""


class FakeBotApi(People):
    """A Bot API server on loopback, with what people do (`People`) and what goes wrong (`faults`)."""

    def __init__(self, *, username: str = "askwire_test_bot", privacy: bool = True) -> None:
        self.bot = User(_BOT_ID, "Askwire", username, is_bot=True)
        super().__init__(State(self.bot, privacy=privacy))
        self.state.users[self.bot.id] = self.bot
        self.token = f"{_BOT_ID}:AAFakeFakeFakeFakeFakeFakeFakeFake_-1"
        self.violations: list[str] = []
        self.faults = Faults()
        self.flood, self.fail = self.faults.flood, self.faults.fail
        self.drop, self.delay = self.faults.drop, self.faults.delay
        self.url = ""
        self._calls: list[Call] = []
        self._busy = 0
        self._last = time.monotonic()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_UPLOAD)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_route("*", "/{rest:.*}", self._not_found)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = "http://127.0.0.1:{1}".format(*self._runner.addresses[0])
        self._poster = asyncio.create_task(self.state.updates.post_forever())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.state.updates.closing = True
        self.state.updates.changed.notify()
        self._poster.cancel()
        with suppress(asyncio.CancelledError):
            await self._poster
        await self._runner.cleanup()

    # What a test looks at.

    def messages(self, chat: Chat) -> list[Message]:
        """The messages of a chat that are not deleted, oldest first, from people and the bot."""
        return [message for message in chat.messages.values() if not message.deleted]

    def replies(self, chat: Chat) -> list[Message]:
        """The bot's messages in a chat that are not deleted, oldest first."""
        return [message for message in self.messages(chat) if message.from_bot]

    @property
    def polls(self) -> int:
        """How often the bot has asked for updates."""
        return self.state.updates.polls

    def calls(self, method: str | None = None) -> list[Call]:
        """The requests so far, in order; without a method, all but getUpdates."""
        wanted = method.lower() if method else None
        return [c for c in self._calls if (c.method.lower() == wanted if wanted else c.method != "getUpdates")]

    async def wait_for_message(
        self,
        chat: Chat,
        *,
        after: Message | None = None,
        predicate: Predicate | None = None,
        timeout: float = 10,  # noqa: ASYNC109 - one number is all a test wants to say
    ) -> Message:
        """The bot's first message behind `after` that the predicate likes; edits make it look again.

        Raises:
            AssertionError: with what the bot did say, when none comes within `timeout` seconds.
        """

        def find() -> Message | None:
            behind = (m for m in self.replies(chat) if after is None or m.id > after.id)
            return next((m for m in behind if predicate is None or predicate(m)), None)

        await self.wait_until(lambda: find() is not None, timeout, chat)
        message = find()
        assert message is not None
        return message

    async def wait_for_answer(self, query: Press | InlineQuery, timeout: float = 10) -> Json:  # noqa: ASYNC109 - as above
        """The parameters that the bot answers a button press or an inline query with."""
        await self.wait_until(lambda: query.answer is not None, timeout)
        return query.answer or {}

    async def wait_until(
        self,
        condition: Callable[[], bool],
        timeout: float = 10,  # noqa: ASYNC109 - as above
        chat: Chat | None = None,
    ) -> None:
        """Waits until the condition holds, looking whenever something has changed.

        Raises:
            AssertionError: after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                said = [message.text or message.caption for message in self.replies(chat)] if chat else []
                last = [(call.method, call.status, call.description) for call in self.calls()[-5:]]
                raise AssertionError(f"not within {timeout} s; the bot said {said}, last calls {last}")
            await self.state.updates.changed.wait(min(left, 0.5))

    async def settle(self, quiet: float = 0.2, timeout: float = 10) -> None:  # noqa: ASYNC109 - as above
        """Waits until all updates are taken and no request but getUpdates has come for `quiet` seconds."""
        deadline = time.monotonic() + timeout
        while self.state.updates.pending or self._busy or time.monotonic() - self._last < quiet:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.state.updates.pending)} updates not taken after {timeout} s")
            await asyncio.sleep(0.02)

    # What the bot talks to.

    async def _not_found(self, _: web.Request) -> web.StreamResponse:
        return _error(ApiError(404, "Not Found"))

    def _check_token(self, token: str) -> None:
        bot_id, _, secret = token.partition(":")
        if not bot_id.isdigit() or not secret:
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return _error(error)
        path = request.match_info["path"]
        file = next((file for file in self.state.files.values() if file.path == path), None)
        if file is None or file.size > looking.DOWNLOAD_LIMIT:
            return _error(ApiError(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        polling = method.lower() == "getupdates"
        self._busy += not polling
        call = Call(method, {}, time.monotonic())
        try:
            self._check_token(request.match_info["token"])
            call.params = await self._read(request, method)
            self._calls.append(call)
            fault = self.faults.take(method, call.params.get("chat_id"))
            call.result = await self._run(call, fault)
            call.status = 200
            return web.json_response({"ok": True, "result": call.result})
        except ApiError as error:
            call.status, call.description = error.code, error.description
            return _error(error)
        except _HangUpError:
            call.description = "connection dropped"
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        finally:
            self._busy -= not polling
            if not polling:
                self._last = time.monotonic()
                self.state.updates.changed.notify()

    async def _read(self, request: web.Request, method: str) -> Json:
        model = schema.method_models().get(method.lower())
        if model is None or method.lower() not in _HANDLERS:
            self.violations.append(f"unknown method {method}")
            raise ApiError(404, "Not Found")
        fields, files = await _body(request)
        try:
            return schema.parse_request(model, fields, files)
        except schema.SchemaError as error:
            self.violations.append(str(error))
            raise bad_request(str(error)) from error

    async def _run(self, call: Call, fault: Fault | None) -> Any:
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.error is not None:
            raise fault.error
        if fault is not None and fault.drop == "before":
            raise _HangUpError
        result = _HANDLERS[call.method.lower()](self.state, call.params)
        if inspect.isawaitable(result):
            result = await result
        try:
            schema.check_result(schema.method_models()[call.method.lower()], result)
        except schema.SchemaError as error:
            self.violations.append(f"wrong answer of this server: {error}")
            raise ApiError(500, "Internal Server Error") from error
        if fault is not None and fault.drop == "after":
            raise _HangUpError
        return result


def _error(error: ApiError) -> web.Response:
    if error.code == 502:
        return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
    return web.json_response(error.body(), status=error.code)


async def _body(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """The fields and files of a query string, form, multipart or JSON body."""
    fields: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        try:
            fields.update(await request.json())
        except ValueError as error:
            raise bad_request("object expected as JSON") from error
        return fields, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            fields[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return fields, files
