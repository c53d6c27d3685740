"""Lists of feeds: what other readers write, what is hostile, and what is written."""

from __future__ import annotations

import time

import pytest

from index.errors import TooLargeError, UnreadableError
from index.sources.opml import MAX_FEEDS, OpmlFeed, parse_opml, write_opml

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions</title></head><body>
<outline text="News"><outline text="World &amp;amp; more" title="World &amp; more" type="rss"
  xmlUrl="https://news.example/feed" htmlUrl="https://news.example/"/>
<outline text="Deeper"><OUTLINE TEXT="Odd" XMLURL="feed://odd.example/rss"/></outline></outline>
<outline text="Same again" xmlUrl="https://news.example/feed"/><outline text="A note"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>"""


def opml(*outlines: str, head: str = "") -> bytes:
    """A list of feeds."""
    return f"{head}<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def test_folders_odd_case_and_feed_links_are_read() -> None:
    """Each feed comes once, in order; what names no web address is passed over."""
    assert parse_opml(NESTED.encode()) == [
        OpmlFeed("https://news.example/feed", "World & more"),
        OpmlFeed("https://odd.example/rss", "Odd"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_encodings_are_told(encoding: str) -> None:
    """A list in another encoding keeps its names."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        + opml('<outline text="Café" xmlUrl="http://a.example/"/>').decode()
    )
    assert parse_opml(text.encode(encoding)) == [OpmlFeed("http://a.example/", "Café")]


def test_bare_ampersands_in_addresses_lose_nothing() -> None:
    """What hand-written lists get wrong most often."""
    assert parse_opml(opml('<outline text="A & B" xmlUrl="http://a.example/?a=1&b=2"/>')) == [
        OpmlFeed("http://a.example/?a=1&b=2", "A & B")
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html><body></body></html>", b"<rss></rss>", b"\x89PNG\r\n\0\0", b"<" * 100_000],
)
def test_what_is_no_list_is_told(data: bytes) -> None:
    """Another document is refused on one line."""
    with pytest.raises(UnreadableError) as error:
        parse_opml(data)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_lists_with_entities_of_their_own_are_refused(entity: str) -> None:
    """No list of feeds needs them, and a bomb does."""
    with pytest.raises(UnreadableError, match="entities"):
        parse_opml(opml('<outline text="x" xmlUrl="http://a.example/"/>', head=f"<!DOCTYPE opml [{entity}]>"))


def test_a_list_is_bounded() -> None:
    """10,000 feeds are read within a few seconds, one more is refused, and so are more than 5 MB."""
    outlines = [f'<outline xmlUrl="http://a.example/{n}"/>' for n in range(MAX_FEEDS + 1)]
    start = time.monotonic()
    assert len(parse_opml(opml(*outlines[:-1]))) == MAX_FEEDS
    assert time.monotonic() - start < 5
    with pytest.raises(TooLargeError):
        parse_opml(opml(*outlines))
    with pytest.raises(TooLargeError):
        parse_opml(opml(" " * 5_000_001))


def test_deep_nesting_takes_no_time() -> None:
    """100,000 folders in each other are no list, and no crash."""
    start = time.monotonic()
    assert parse_opml(opml('<outline text="x">' * 100_000)) == []
    assert time.monotonic() - start < 3


def test_what_is_written_is_read_back() -> None:
    """Export and import give the same feeds; an unnamed one goes by its address."""
    feeds = [
        OpmlFeed("https://a.example/?a=1&b=2", 'A "quoted" <b> & more'),
        OpmlFeed("https://b.example/feed", "Новости"),
        OpmlFeed("https://c.example/feed", "Bad \x01\ud800name"),
        OpmlFeed("https://d.example/feed", ""),
    ]
    read = parse_opml(write_opml(feeds, "askwire feeds").encode())
    assert [feed.url for feed in read] == [feed.url for feed in feeds]
    assert [feed.title for feed in read] == ['A "quoted" & more', "Новости", "Bad name", "https://d.example/feed"]
