"""Which feeds a site has: the links in its page's head ("feed autodiscovery"), and usual addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from index.sources.decoding import decode_text
from index.sources.feed_text import plain_line
from index.sources.metadata import site_name, web_link

USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
MAX_LINKS = 20

_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/x-rss+xml "
    "application/x-atom+xml text/rss+xml text/atom+xml text/rss".split()
)
_GENERAL_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_FEED_NAME = re.compile(r"feed|rss|atom", re.IGNORECASE)
_NO_FEED = re.compile(r"wp-json|oembed", re.IGNORECASE)
_SIDE_FEED = re.compile(r"comment|kommentar|commentaire|comentario|komentar|коммент|تعليق", re.IGNORECASE)
_LINK_TAG = re.compile(r"<(?:link|base)\b[^<>]{1,3000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str


def feed_links(html: bytes, url: str, charset: str | None = None) -> list[FeedLink]:
    """The feeds that a page names in `<link rel="alternate">`, at most 20: as the page orders them, comments last.

    Args:
        html: the page as it came.
        url: where it came from.
        charset: what the server declared.

    Raises:
        UnsupportedError, UnreadableError: the page is no text.
    """
    text = decode_text(html, site_name(url) or "the page", charset)
    base = url
    found: dict[str, str] = {}
    for tag in _LINK_TAG.finditer(_without_comments(text)):
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag[0])}
        href = plain_line(values.get("href", ""), limit=4_000)
        if tag[0][1:5].lower() == "base":
            base = _joined(url, href) or base
        elif (link := _joined(base, href)) and _is_feed(values, link) and len(found) < MAX_LINKS:
            found.setdefault(link, plain_line(values.get("title", ""), is_html=False))
    links = [FeedLink(link, title) for link, title in found.items()]
    return sorted(links, key=lambda link: bool(_SIDE_FEED.search(f"{link.title} {link.url}")))


def usual_feeds(url: str) -> list[str]:
    """Where a site has its feed if it has one and does not say so."""
    return [urljoin(url, path) for path in USUAL_PATHS]


def _is_feed(values: dict[str, str], link: str) -> bool:
    kind = values.get("type", "").partition(";")[0].strip().lower()
    relations = values.get("rel", "").lower().split()
    if "feed" in relations and "alternate" not in relations:  # HTML 5 once had rel="feed"
        return True
    if "alternate" not in relations or _NO_FEED.search(link):
        return False
    return kind in _FEED_TYPES or (kind in _GENERAL_TYPES and bool(_FEED_NAME.search(link)))


def _without_comments(text: str) -> str:
    # Linear also where thousands of comments begin and none ends, which a pattern is not.
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _joined(base: str, href: str) -> str | None:
    try:
        return web_link(urljoin(base, href)) if href else None
    except ValueError:
        return None
