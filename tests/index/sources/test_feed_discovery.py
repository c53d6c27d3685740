"""Which feeds a page names."""

from __future__ import annotations

import time

import pytest

from index.sources.feed_discovery import MAX_LINKS, FeedLink, feed_links, usual_feeds

URL = "https://news.example/world/"


def links(head: str, charset: str | None = None) -> list[FeedLink]:
    """The feeds of a page with this head."""
    return feed_links(f"<!doctype html><html><head>{head}</head><body></body></html>".encode(), URL, charset)


def test_the_main_feed_comes_first_and_comments_last() -> None:
    """WordPress names the feed of comments too; other links of the head are no feeds."""
    found = links(
        '<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="de" href="/de/">'
        '<link rel="alternate" type="application/rss+xml" title="News &raquo; Comments Feed" href="/comments/feed/" />'
        "<link rel='alternate' type='application/rss+xml' title='News &raquo; Feed' href='/feed/?a=1&amp;b=2'>"
        '<LINK HREF=/atom.xml REL=Alternate TYPE="Application/Atom+XML; charset=utf-8">'
        '<link rel="alternate" type="application/json" href="https://news.example/wp-json/wp/v2/feedback/7">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed?feed">'
        '<link rel="alternate" type="application/feed+json" title="JSON" href="//cdn.example/feed.json">'
    )
    assert found == [
        FeedLink("https://news.example/feed/?a=1&b=2", "News » Feed"),
        FeedLink("https://news.example/atom.xml", ""),
        FeedLink("https://cdn.example/feed.json", "JSON"),
        FeedLink("https://news.example/comments/feed/", "News » Comments Feed"),
    ]


def test_the_base_of_the_page_counts() -> None:
    """A relative link is meant from `<base>`."""
    head = '<base href="https://other.example/x/"><link rel="alternate" type="application/rss+xml" href="feed">'
    assert [link.url for link in links(head)] == ["https://other.example/x/feed"]


@pytest.mark.parametrize(
    "head",
    [
        '<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/xml" href="/sitemap.xml">',
        "",
    ],
)
def test_what_is_no_feed_link_is_not_found(head: str) -> None:
    """Comments, scripts, links without an address and other XML."""
    assert links(head) == []


def test_a_link_is_named_once_and_there_is_an_end_to_them() -> None:
    """A page with a thousand feeds gives twenty."""
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n // 2}">' for n in range(1_000))
    found = links(head)
    assert len(found) == MAX_LINKS
    assert len({link.url for link in found}) == MAX_LINKS


@pytest.mark.parametrize("piece", ["<!--", "<link ", "<link rel='", "<base href=x ", "<link a=b a=b "])
def test_hostile_pages_take_no_time(piece: str) -> None:
    """A page of tags and comments that never end is read in about a second."""
    start = time.monotonic()
    links(piece * 200_000)
    assert time.monotonic() - start < 3


def test_usual_addresses_are_those_of_the_site() -> None:
    """They are tried at the site's root."""
    assert usual_feeds("https://news.example/world/page")[:2] == [
        "https://news.example/feed",
        "https://news.example/rss",
    ]
