"""The reader: what comes from the web or from a file goes through the parsing processes, and comes back typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web

from index.errors import FetchError, ForbiddenAddressError, TooLargeError, UnreadableError, UnsupportedError
from index.fetch import Conditions, Fetcher, FetchLimits
from index.parsing import Parsers
from index.sources.reader import SourceReader, open_reader
from index.types import Article
from tests.index.sources.test_documents import PARAGRAPH, TITLE, make_docx, make_pdf

PAGE = (
    f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title><meta name='author' content='Ann Lee'>"
    "<meta property='article:published_time' content='2020-01-26T21:30:00Z'></head><body><article>"
    f"<h1>{TITLE}</h1><p>{PARAGRAPH}</p><p>The government promised to find those who fired them at night.</p>"
    "</article></body></html>"
)
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><guid>1</guid><title>{TITLE}</title><link>https://news.example/1</link><description>{PARAGRAPH}</description>
<pubDate>Sun, 26 Jan 2020 21:30:00 GMT</pubDate></item></channel></rss>"""
ANSWERS = {
    "/page": ("text/html; charset=utf-8", PAGE.encode()),
    "/pdf": ("application/pdf", make_pdf()),
    "/mislabelled": ("text/html", make_pdf()),
    "/text": ("text/plain", f"{TITLE}\n\n{PARAGRAPH}".encode()),
    "/latin": ("text/plain; charset=iso-8859-1", "Café\n\nDas Café öffnet am Montag für alle.".encode("latin-1")),
    "/empty": ("text/html", b""),
}


@pytest.fixture
async def root() -> AsyncIterator[str]:
    """The address of a site with one page of each type."""

    async def answer(request: web.Request) -> web.Response:
        kind, body = ANSWERS[request.path]
        return web.Response(body=body, headers={"Content-Type": kind, "ETag": '"1"'})

    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def reader() -> AsyncIterator[SourceReader]:
    """A reader that may reach 127.0.0.1, as often as it likes."""
    fetcher = Fetcher(allowed_hosts=frozenset({"127.0.0.1"}), limits=FetchLimits(host_pause=0))
    async with SourceReader(fetcher, Parsers()) as opened:
        yield opened


async def test_links_are_read_by_their_type(root: str, reader: SourceReader) -> None:
    """HTML, PDF and text from the web carry the link they came from, and its host."""
    for path in ("/page", "/pdf", "/mislabelled", "/text"):
        article = await reader.page(root + path)
        assert article.title == TITLE
        assert article.text.startswith(PARAGRAPH)
        assert (article.url, article.source) == (root + path, "127.0.0.1")
    assert (await reader.page(f"{root}/latin")).title == "Café"


async def test_a_pages_metadata_come_through(root: str, reader: SourceReader) -> None:
    """Author, time and language survive the way between the processes."""
    article = await reader.page(f"{root}/page")
    assert article.published_at == datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
    assert (article.author, article.language) == ("Ann Lee", "en")


async def test_a_link_that_gives_no_article_is_an_error(root: str, reader: SourceReader) -> None:
    """Nothing on the page, or no page: the parser's and the fetcher's own errors."""
    with pytest.raises(UnreadableError):
        await reader.page(f"{root}/empty")
    with pytest.raises(FetchError):
        await reader.page(f"{root}/no-such-page")
    with pytest.raises(ForbiddenAddressError):
        await reader.page("http://127.0.0.2/")


async def test_files_are_read_by_their_bytes(reader: SourceReader) -> None:
    """One article, or one a line."""
    lines = b'{"title": "One", "text": "First."}\n{"title": "Two", "text": "Second."}\n'
    assert [article.title for article in await reader.file(lines, "a.jsonl")] == ["One", "Two"]
    for data, name in ((make_pdf(), "a.pdf"), (make_docx(TITLE, PARAGRAPH), "a.docx")):
        assert await reader.file(data, name) == [Article(title=TITLE, text=PARAGRAPH)]


async def test_the_errors_of_files_name_them_and_no_path(reader: SourceReader) -> None:
    """A name is shown, cut and cleaned, and never opened."""
    with pytest.raises(UnreadableError, match=r"^passwd is empty\.$"):
        await reader.file(b"", "../../etc/passwd")
    with pytest.raises(UnsupportedError):
        await reader.file(b"\x89PNG\r\n\x1a\n" + bytes(100), "a\n\u202eb.png")
    with pytest.raises(TooLargeError, match=r"^a\.txt is over 20 MB"):
        await reader.file(bytes(20_000_001), "a.txt")


async def test_feeds_and_lists_of_feeds_are_read(reader: SourceReader) -> None:
    """A feed with its entries, the feeds that a page names, and the feeds of an OPML file."""
    feed = await reader.feed(RSS.encode(), "https://news.example/rss", content_type="application/rss+xml")
    assert (feed.title, feed.site, len(feed.entries)) == ("News", "https://news.example/", 1)
    assert feed.entries[0].published_at == datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
    with pytest.raises(UnreadableError):
        await reader.feed(PAGE.encode(), "https://news.example/rss")
    page = b"<html><head><link rel=alternate type='application/rss+xml' title=All href=/rss></head></html>"
    (link,) = await reader.feed_links(page, "https://news.example/", charset="utf-8")
    assert (link.url, link.title) == ("https://news.example/rss", "All")
    opml = b"<opml version='2.0'><body><outline text='News' xmlUrl='https://news.example/rss'/></body></opml>"
    (listed,) = await reader.opml(opml)
    assert (listed.url, listed.title) == ("https://news.example/rss", "News")


async def test_getting_is_the_fetchers_own(root: str, reader: SourceReader) -> None:
    """What is at a link, unparsed, also under conditions."""
    assert (await reader.get(f"{root}/text")).body == ANSWERS["/text"][1]
    assert (await reader.get(f"{root}/text", Conditions())).etag == '"1"'


async def test_a_closed_reader_reads_nothing() -> None:
    """Closing ends the parsing processes and the connections."""
    async with open_reader() as reader:
        pass
    with pytest.raises(Exception, match="stopping"):
        await reader.file(b"text", "a.txt")
