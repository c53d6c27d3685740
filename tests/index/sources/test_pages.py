"""The article of a web page, from real HTML and over real HTTP."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web

from index.errors import FetchError, UnreadableError, UnsupportedError
from index.fetch import Fetcher
from index.sources.pages import fetched_article, page_article, read_page
from tests.index.sources.test_documents import PARAGRAPH, TITLE, make_pdf

SECOND = "The government promised to find those who fired the rockets, and to protect every embassy in the city."
META = (
    '<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://www.daily.example/a/1">'
    '<meta property="article:published_time" content="2020-01-26T19:30:00+03:00">'
)


def html(*paragraphs: str, head: str = META, around: str = "", title: str = TITLE) -> str:
    """A news page with menus and a footer around the article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a>"
        f"<a href='/s'>Sport</a></nav><main><article><h1>{title}</h1>{body}</article></main>{around}"
        "<footer>Imprint – Copyright 2024 The Daily</footer></body></html>"
    )


def test_title_text_link_site_and_time_come_from_the_page() -> None:
    """Menus and footer are left out, the headline is not repeated, the time is UTC."""
    article = page_article(html(PARAGRAPH, SECOND), "https://m.daily.example/a/1?utm_source=x")
    assert article.title == TITLE
    assert article.text == f"{PARAGRAPH}\n{SECOND}"
    assert article.url == "https://www.daily.example/a/1"
    assert article.source == "The Daily"
    assert article.published_at == datetime(2020, 1, 26, 16, 30, tzinfo=UTC)


def test_the_host_names_the_source_when_the_page_does_not() -> None:
    """Without metadata the link, its host and no date are what is known."""
    article = page_article(html(PARAGRAPH, SECOND, head=""), "https://www.news.example/a")
    assert (article.url, article.source, article.published_at) == (
        "https://www.news.example/a",
        "news.example",
        None,
    )


def test_a_page_cannot_take_another_sites_link() -> None:
    """A canonical link to another host is passed over, so a citation leads where the text was read."""
    assert page_article(html(PARAGRAPH, SECOND), "https://evil.example/a").url == "https://evil.example/a"
    assert page_article(html(PARAGRAPH, SECOND), "https://evildaily.example/a").url == "https://evildaily.example/a"


@pytest.mark.parametrize("canonical", ["javascript:alert(1)", "/a/1", "", "http://["])
def test_a_broken_canonical_link_is_passed_over(canonical: str) -> None:
    """The link that was fetched stays, or its resolved form on the same site."""
    head = f'<link rel="canonical" href="{canonical}">'
    link = page_article(html(PARAGRAPH, SECOND, head=head), "https://daily.example/a/1").url
    assert link == "https://daily.example/a/1"


def test_a_saved_page_has_the_link_that_it_names() -> None:
    """A file comes from nowhere, so what it says of itself is all there is."""
    assert page_article(html(PARAGRAPH, SECOND), None).url == "https://www.daily.example/a/1"
    assert page_article(html(PARAGRAPH, SECOND, head=""), None).url is None


def test_scripts_comments_and_closing_lines_are_no_text() -> None:
    """What a reader does not read is not quoted."""
    around = "<script>alert('rocket')</script><style>p{}</style><!-- four rockets --><p>Leave a Reply</p>"
    text = page_article(html(PARAGRAPH, SECOND, around=around), "https://daily.example/a").text
    assert text.endswith(SECOND)
    assert "alert" not in text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "   ",
        "<html></html>",
        "plain words",
        "<html><body><div id=root></div><script src=app.js></script></body></html>",
        html("Three rockets hit."),
        html("word " * 29),
        html("x" * 500),
        "<" * 5000,
        "<div>" * 5000 + "deep",
        html("Please enable JavaScript and cookies to continue."),
    ],
)
def test_a_page_without_an_article_is_refused_with_advice(page: str) -> None:
    """Empty, broken and near-empty pages are never indexed; the reasons are tested beside `page_refusals`."""
    with pytest.raises(
        UnreadableError, match=r"^daily\.example (has|is|shows|builds|first) .*(send that instead|Check the link)"
    ):
        page_article(page, "https://www.daily.example/a")


def test_a_fragment_of_a_page_is_read() -> None:
    """Some sites send a body without head or beginning."""
    assert page_article(f"<p>{PARAGRAPH}</p><p>{SECOND}</p>", None).text == f"{PARAGRAPH}\n{SECOND}"


def test_text_without_spaces_between_words_counts_too() -> None:
    """A Chinese article is long enough by its characters."""
    paragraph = "星期日三枚火箭弹落在美国大使馆附近，一人受轻伤，没有人死亡，警方说正在调查此事。" * 6
    article = page_article(html(paragraph, head="", title="三枚火箭弹落在美国大使馆"), "https://a.example/")
    assert paragraph in article.text


@pytest.mark.parametrize(
    ("encoding", "head", "charset"),
    [
        ("utf-8", "", None),
        ("cp1252", "", "iso-8859-1"),
        ("cp1254", '<meta charset="windows-1254">', None),
        ("cp1254", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1254">', None),
        ("utf-16", "", None),
    ],
)
def test_the_pages_encoding_is_found(encoding: str, head: str, charset: str | None) -> None:
    """Server, page or byte-order mark: the letters come out right."""
    sentence = "Die Größe der Straße in Köln: schön, sagte der Sprecher der Regierung am Sonntag über Bağdat. "
    sentence = sentence if encoding != "cp1252" else sentence.replace("ğ", "g")
    page = html(sentence * 3, head=head).encode(encoding)
    assert sentence.strip() in page_article(page, "https://a.example/", charset=charset).text


def test_the_libraries_keep_quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A broken page writes nothing of itself into the log."""
    with caplog.at_level(logging.DEBUG, logger="index"), pytest.raises(UnreadableError):
        page_article("<html><body>x", "https://a.example/")
    assert caplog.records == []


ANSWERS = {
    "/page": ("text/html; charset=utf-8", html(PARAGRAPH, SECOND, head="").encode()),
    "/pdf": ("application/pdf", make_pdf()),
    "/mislabelled": ("text/html", make_pdf()),
    "/text": ("text/plain", f"{TITLE}\n\n{PARAGRAPH}".encode("cp1252")),
    "/markdown": (
        "text/markdown",
        f"---\nsource: AFP\nurl: https://other.example/\n---\n# {TITLE}\n\n{PARAGRAPH}".encode(),
    ),
    "/empty": ("text/html", b""),
}


@pytest.fixture
async def root() -> AsyncIterator[str]:
    """The address of a site with one page of each type."""

    async def answer(request: web.Request) -> web.Response:
        kind, body = ANSWERS[request.path]
        return web.Response(body=body, headers={"Content-Type": kind})

    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("path", ["/page", "/pdf", "/mislabelled", "/text", "/markdown"])
async def test_a_link_is_read_by_its_type(root: str, path: str) -> None:
    """HTML, PDF and text from the web carry the link they came from and its host."""
    async with Fetcher(allowed_hosts=frozenset({"127.0.0.1"})) as fetcher:
        article = await read_page(root + path, fetcher)
    assert article.title == TITLE
    assert article.text.startswith(PARAGRAPH)
    assert (article.url, article.source) == (root + path, "127.0.0.1")


async def test_a_link_to_nothing_is_refused(root: str) -> None:
    """An empty answer is no article."""
    async with Fetcher(allowed_hosts=frozenset({"127.0.0.1"})) as fetcher:
        with pytest.raises(UnreadableError):
            await read_page(f"{root}/empty", fetcher)


@pytest.mark.parametrize(
    ("body", "kind", "way"),
    [
        (b"<rss><channel><title>x</title></channel></rss>", "application/rss+xml", "feeds add"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "text/xml", "feeds add"),
        (b"<rss><channel/></rss>", "text/html", "feeds add"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "text/plain", "feeds add"),
        (b"<opml version='2.0'><body/></opml>", "text/xml", "feeds import"),
    ],
)
def test_a_link_to_a_feed_is_refused_with_the_way_to_add_it(body: bytes, kind: str, way: str) -> None:
    """The message makes sense in a chat and on the command line."""
    with pytest.raises(UnsupportedError, match=rf"^daily\.example is a .*/feeds.*{way}"):
        fetched_article(body, "https://www.daily.example/feed", kind)


async def test_a_forbidden_link_is_refused_before_anything_is_read() -> None:
    """Reading a page goes through the fetcher's checks."""
    async with Fetcher() as fetcher:
        with pytest.raises(FetchError):
            await read_page("http://127.0.0.1/", fetcher)
