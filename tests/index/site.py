"""A small web site on loopback for the fetcher's tests."""

from __future__ import annotations

import asyncio
import gzip
import zlib

from aiohttp import web

from index.fetch import FetchLimits

HTML = b"<html><body>" + b"<p>Three rockets fell near the embassy.</p>" * 20 + b"</body></html>"
LIMITS = FetchLimits(connect=2, total=5, body=100_000, redirects=5, host_pause=0)


class Site:
    """A small web site; `asked` holds the paths in the order they were asked for."""

    def __init__(self) -> None:
        self.root = ""
        self.asked: list[str] = []
        self.cookies: list[dict[str, str]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request by its path."""
        self.asked.append(request.path)
        self.cookies.append(dict(request.cookies))
        name, _, rest = request.path.strip("/").partition("/")
        answer = getattr(self, f"_{name}", None)
        if answer is None:
            raise web.HTTPNotFound
        response: web.StreamResponse = await answer(request, rest)
        return response

    async def _page(self, request: web.Request, rest: str) -> web.Response:
        return web.Response(body=HTML, headers={"Content-Type": "text/html; charset=ISO-8859-1"})

    async def _typed(self, request: web.Request, rest: str) -> web.Response:
        return web.Response(body=HTML, headers={"Content-Type": rest})

    async def _status(self, request: web.Request, rest: str) -> web.Response:
        return web.Response(body=HTML, status=int(rest))

    async def _encoded(self, request: web.Request, rest: str) -> web.Response:
        raw = zlib.compressobj(wbits=-15)
        bodies = {
            "gzip": gzip.compress(HTML),
            "two-members": gzip.compress(HTML[:50]) + gzip.compress(HTML[50:]),
            "padded": gzip.compress(HTML) + bytes(100),
            "deflate": zlib.compress(HTML),
            "raw": raw.compress(HTML) + raw.flush(),
            "cut": gzip.compress(HTML)[:-12],
            "broken": b"\x1f\x8b\x08" + b"nonsense" * 20,
            "br": b"anything",
        }
        encoding = {
            "two-members": "gzip",
            "padded": "gzip",
            "raw": "deflate",
            "cut": "gzip",
            "broken": "gzip",
        }
        headers = {"Content-Encoding": encoding.get(rest, rest), "Content-Type": "text/html"}
        return web.Response(body=bodies[rest], headers=headers)

    async def _bomb(self, request: web.Request, rest: str) -> web.Response:
        body = gzip.compress(bytes(50_000_000), compresslevel=9)
        return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})

    async def _large(self, request: web.Request, rest: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        if rest == "declared":
            response.content_length = 200_000
        await response.prepare(request)
        for _ in range(20):
            await response.write(b"x" * 10_000)
        return response

    async def _drip(self, request: web.Request, rest: str) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    async def _hop(self, request: web.Request, rest: str) -> web.Response:
        left = int(rest)
        target = f"/hop/{left - 1}" if left > 1 else "/page"
        return web.Response(status=(301, 302, 303, 307, 308)[left % 5], headers={"Location": target})

    async def _to(self, request: web.Request, rest: str) -> web.Response:
        return web.Response(status=302, headers={"Location": request.query["url"]} if rest != "nowhere" else {})

    async def _wall(self, request: web.Request, rest: str) -> web.Response:
        if "seen" in request.cookies:
            return await self._page(request, rest)
        return web.Response(status=302, headers={"Location": "/wall", "Set-Cookie": "seen=1; Path=/"})
