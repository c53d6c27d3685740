"""A hostile web site on loopback: what it answers is written byte by byte, and every connection is recorded."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Callable, Iterable

import httpcore

from index.fetch import Fetcher, FetchLimits
from tests.hostile import markup

HOST = "news.example"
PUBLIC = "93.184.215.14"
NAMES = {
    HOST: ["127.0.0.1"],  # the one host that may be reached although it is private: the test's own
    "private.example": ["10.0.0.5"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"],
}
LIMITS = FetchLimits(connect=1, total=1.0, body=1_000_000, host_pause=0)

Answer = bytes | AsyncIterator[bytes]


def http(
    body: bytes = b"", status: str = "200 OK", *lines: str, kind: str = "text/html", length: object = None
) -> bytes:
    """An HTTP answer; `lines` are further header lines."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {size}", "Connection: close", *lines]
    return "\r\n".join((*head, "", "")).encode("latin-1") + body


def to(target: str, status: str = "302 Found") -> Callable[[], bytes]:
    """A redirect."""
    return lambda: http(b"", status, f"Location: {target}")


def coded(body: bytes, encoding: str) -> bytes:
    """A page in an encoding that may not be the one it says."""
    return http(body, "200 OK", f"Content-Encoding: {encoding}")


def chunked(*chunks: bytes) -> bytes:
    """A page in pieces with sizes of their own."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(chunks)


async def forever(first: bytes, piece: bytes, wait: float = 0.0) -> AsyncIterator[bytes]:
    """An answer that never ends."""
    yield first
    while True:
        yield piece
        await asyncio.sleep(wait)


_OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def endless() -> Answer:
    """A page without an end."""
    return forever(_OPEN, b"<p>And there is more of it.</p>" * 1000)


def dripping() -> Answer:
    """A page that comes letter by letter."""
    return forever(_OPEN, b"x", 0.05)


def dripping_headers() -> Answer:
    """A header that comes letter by letter."""
    return forever(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", 0.05)


def silent() -> Answer:
    """Nothing, on an open connection."""
    return forever(b"", b"", 0.1)


def endless_headers() -> Answer:
    """Header lines without an end."""
    return forever(b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n" * 100)


def endless_wait() -> Answer:
    """One interim answer after the other."""
    return forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100)


def cookie_flood() -> bytes:
    """Fifty thousand cookies."""
    return http(markup.page(""), "200 OK", *(f"Set-Cookie: c{n}=1" for n in range(50_000)))


def gzip_page(size: int = 200_000_000) -> bytes:
    """A page that unpacks to 200 MB."""
    return coded(gzip.compress(bytes(10_000_000), 9) * (size // 10_000_000), "gzip")


def deflate_page() -> bytes:
    """A page that unpacks to 50 MB, in the other usual encoding."""
    return coded(zlib.compress(bytes(50_000_000), 9), "deflate")


class RecordingNetwork(httpcore.AnyIOBackend):
    """Connects to the test's own server, and to nothing else; keeps where connections were wanted to."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._own = ("127.0.0.1", port)
        self.elsewhere: list[tuple[str, int]] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if (host, port) != self._own:
            self.elsewhere.append((host, port))
            raise httpcore.ConnectError("no network in tests")
        return await super().connect_tcp(host, port, timeout, local_address, socket_options)


class HostileSite:
    """A server that answers each path as it was told to; `asked` holds the paths that were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Answer]] = {}
        self.asked: list[str] = []
        self.port = 0
        self._open: set[asyncio.Task[None]] = set()

    def url(self, path: str) -> str:
        """The link of a path."""
        return f"http://{HOST}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split()[1].decode()
            self.asked.append(path)
            answer = self.answers.get(path, lambda: http(b"", "404 Not Found"))()
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                async for piece in answer:
                    writer.write(piece)
                    await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            self._open.discard(task)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[HostileSite]:
        """Serves until the block ends."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            tasks = list(self._open)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await server.wait_closed()


class ChangingResolver:
    """Finds the test's names; `rebind.example` is public at first, and this machine from then on."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host == "rebind.example":
            return [PUBLIC] if self.asked.count(host) == 1 else ["127.0.0.1"]
        if host not in NAMES:
            raise OSError("no such host")
        return NAMES[host]


def fetcher_for(network: RecordingNetwork) -> Fetcher:
    """A fetcher that may reach the test's own host, with small limits."""
    return Fetcher(allowed_hosts=frozenset({HOST}), resolver=ChangingResolver(), limits=LIMITS, network=network)
