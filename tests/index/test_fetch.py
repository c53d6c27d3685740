"""The fetcher against a real HTTP server on loopback: limits, redirects, compression, refusals."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from index.errors import FetchError, ForbiddenAddressError, TooLargeError, UnsupportedError
from index.fetch import Fetcher, FetchLimits
from tests.index.site import HTML, LIMITS, Site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A running `Site`."""
    site = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", site.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    host, port = runner.addresses[0][:2]
    site.root = f"http://{host}:{port}"
    yield site
    await runner.cleanup()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher that may reach 127.0.0.1, with small limits."""
    async with Fetcher(allowed_hosts=frozenset({"127.0.0.1"}), limits=LIMITS) as fetcher:
        yield fetcher


async def test_a_page_comes_with_its_type_charset_and_body(site: Site, fetcher: Fetcher) -> None:
    """A plain 200 gives the body as it was sent and what the header says of it."""
    page = await fetcher.get(f"{site.root}/page?a=1#end")
    assert page.url == f"{site.root}/page?a=1"
    assert (page.content_type, page.charset, page.body) == ("text/html", "iso-8859-1", HTML)


@pytest.mark.parametrize("way", ["gzip", "two-members", "padded", "deflate", "raw"])
async def test_compressed_pages_are_decompressed(site: Site, fetcher: Fetcher, way: str) -> None:
    """Gzip in one or more members and both kinds of deflate give the page."""
    assert (await fetcher.get(f"{site.root}/encoded/{way}")).body == HTML


@pytest.mark.parametrize("way", ["cut", "broken", "br"])
async def test_damaged_or_unasked_compression_is_an_error(site: Site, fetcher: Fetcher, way: str) -> None:
    """A page that cannot be decompressed to its end is never taken for the whole page."""
    with pytest.raises(FetchError):
        await fetcher.get(f"{site.root}/encoded/{way}")


async def test_a_gzip_bomb_is_cut_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    """50 MB behind 50 kB of gzip end in an error, without the memory for them."""
    bomb = f"{site.root}/bomb"
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError, match=r"over 0\.1 MB"):
            await fetcher.get(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 75_000_000  # the server's own 50 MB, and no second one


@pytest.mark.parametrize("way", ["declared", "streamed"])
async def test_a_page_over_the_limit_is_refused(site: Site, fetcher: Fetcher, way: str) -> None:
    """The limit holds for a declared length and for a stream without one."""
    with pytest.raises(TooLargeError):
        await fetcher.get(f"{site.root}/large/{way}")


async def test_a_dripping_server_is_cut_off(site: Site) -> None:
    """A server that sends one byte now and then never outlasts the limit for the whole."""
    limits = FetchLimits(connect=2, total=0.3)
    async with Fetcher(allowed_hosts=frozenset({"127.0.0.1"}), limits=limits) as fetcher:
        with pytest.raises(FetchError, match="took too long"):
            await fetcher.get(f"{site.root}/drip")


async def test_a_resolver_that_hangs_is_cut_off() -> None:
    """The time-out covers the look-up of the name too."""
    released = asyncio.Event()
    loop = asyncio.get_running_loop()

    def resolver(host: str, port: int) -> list[str]:
        asyncio.run_coroutine_threadsafe(released.wait(), loop).result(5)
        return ["127.0.0.1"]

    async with Fetcher(resolver=resolver, limits=FetchLimits(connect=0.1, total=2)) as fetcher:
        with pytest.raises(FetchError, match="took too long"):
            await fetcher.get("http://slow.example/")
    released.set()


@pytest.mark.parametrize(
    "kind",
    [
        "image/png", "application/octet-stream", "application/json", "video/mp4", "application/zip",
        "image/svg+xml", "text/css", "text/javascript", "nonsense",
    ],
)  # fmt: skip
async def test_other_types_are_refused(site: Site, fetcher: Fetcher, kind: str) -> None:
    """Only HTML, text, XML and PDF are read."""
    with pytest.raises(UnsupportedError, match=r"127\.0\.0\.1"):
        await fetcher.get(f"{site.root}/typed/{kind}")


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "TEXT/HTML",
        "text/plain",
        "application/xhtml+xml",
        "application/rss+xml",
        "application/pdf",
    ],
)
async def test_readable_types_are_accepted(site: Site, fetcher: Fetcher, kind: str) -> None:
    """The media type is told in lower case, whatever the server writes."""
    assert (await fetcher.get(f"{site.root}/typed/{kind}")).content_type == kind.lower()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (404, "404 (Not Found). Check the link."),
        (403, "send the article's text"),
        (410, "gone"),
        (500, "500"),
        (599, "599."),
        (304, "304"),
    ],
)
async def test_another_answer_than_success_is_told(site: Site, fetcher: Fetcher, status: int, says: str) -> None:
    """The error names the status and what to do."""
    with pytest.raises(FetchError) as error:
        await fetcher.get(f"{site.root}/status/{status}")
    assert says in str(error.value)


async def test_five_redirects_are_followed_and_six_are_not(site: Site, fetcher: Fetcher) -> None:
    """Every kind of redirect is followed, five times at most."""
    assert (await fetcher.get(f"{site.root}/hop/5")).url == f"{site.root}/page"
    site.asked.clear()
    with pytest.raises(FetchError, match="on and on"):
        await fetcher.get(f"{site.root}/hop/6")
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/", "http://localhost:1/", "http://0x7f000001/", "//[::1]/",
        "http://10.0.0.1/", "http://metadata.google.internal/",
    ],
)  # fmt: skip
async def test_a_redirect_to_a_forbidden_address_is_refused(site: Site, fetcher: Fetcher, target: str) -> None:
    """A redirect's target is checked as the first link is."""
    with pytest.raises(ForbiddenAddressError):
        await fetcher.get(f"{site.root}/to/x?url={target}")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "http://u:p@example.com/", "http://["])
async def test_a_redirect_to_no_web_link_is_refused(site: Site, fetcher: Fetcher, target: str) -> None:
    """A redirect cannot leave http and https or bring credentials in."""
    with pytest.raises(FetchError):
        await fetcher.get(f"{site.root}/to/x?url={target}")


async def test_a_redirect_without_a_target_is_an_error(site: Site, fetcher: Fetcher) -> None:
    """A redirect to nowhere is not followed in a circle."""
    with pytest.raises(FetchError, match="without saying where"):
        await fetcher.get(f"{site.root}/to/nowhere?url=")
    assert len(site.asked) == 1


async def test_cookies_last_for_one_page_only(site: Site, fetcher: Fetcher) -> None:
    """A cookie wall is passed within one get, and nothing of it is left for the next."""
    assert (await fetcher.get(f"{site.root}/wall")).body == HTML
    await fetcher.get(f"{site.root}/page")
    assert site.cookies == [{}, {"seen": "1"}, {}]


async def test_a_proxy_in_the_environment_is_not_used(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would connect for us to addresses that nobody checked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with Fetcher(allowed_hosts=frozenset({"127.0.0.1"}), limits=LIMITS) as fresh:
        assert (await fresh.get(f"{site.root}/page")).body == HTML


async def test_a_closed_port_is_a_clear_error(unused_tcp_port: int, fetcher: Fetcher) -> None:
    """A server that is down is named, with what to do."""
    with pytest.raises(FetchError, match="could not be reached"):
        await fetcher.get(f"http://127.0.0.1:{unused_tcp_port}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000,
    ],
)
async def test_what_is_no_http_answer_is_a_clear_error(answer: bytes, fetcher: Fetcher) -> None:
    """Other protocols, cut bodies, broken framing and endless headers are mapped to one line."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(FetchError) as error:
            await fetcher.get(f"http://127.0.0.1:{port}/")
    assert "\n" not in str(error.value)
