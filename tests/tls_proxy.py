"""A proxy on loopback that speaks https, with a certificate of a test's own, and wants a token before it passes on."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import trustme
from aiohttp import web

_HOP = {"content-length", "transfer-encoding", "connection", "host", "content-encoding"}


class TokenProxy:
    """Passes requests on to a server; `refusal` is the status for who shows no token or a wrong one.

    What it refuses it answers with the request's own headers, as a careless proxy does.
    """

    def __init__(self, target: str, token: str) -> None:
        self.url = ""
        self.refusal = 401
        self.token = token
        self.passed = 0
        self._target = target

    async def answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=self.refusal, text=str(dict(request.headers)))
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, f"{self._target}{request.path_qs}", headers=headers, data=await request.read()
            ) as answer,
        ):
            self.passed += 1
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP}
            return web.Response(status=answer.status, headers=kept, body=await answer.read())


@asynccontextmanager
async def token_proxy(target: str, token: str, authority: trustme.CA) -> AsyncIterator[TokenProxy]:
    """The proxy for the block, with a certificate for 127.0.0.1."""
    proxy = TokenProxy(target, token)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", proxy.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        proxy.url = f"https://127.0.0.1:{runner.addresses[0][1]}"
        yield proxy
    finally:
        await runner.cleanup()
