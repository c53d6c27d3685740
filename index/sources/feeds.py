"""Feeds from their bytes: RSS 0.9x, 1.0 and 2.0, Atom (all by feedparser) and JSON Feed."""

from __future__ import annotations

import html
import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from index.errors import SourceError, UnreadableError
from index.sources.decoding import decode_text
from index.sources.feed_entries import (
    READ_ENTRIES,
    FeedEntry,
    ParsedFeed,
    believable,
    bounded_html,
    entry_digest,
    entry_key,
    first_link,
    language_code,
    later_change,
    newest_entries,
    person,
    update_interval,
)
from index.sources.feed_text import is_whole, plain_line, plain_text
from index.sources.json_feed import is_json, parse_json_feed
from index.sources.metadata import site_name

__all__ = ["FeedEntry", "ParsedFeed", "parse_feed"]

_START = 20_000  # characters; a feed's first tag stands within them
_HTML = re.compile(
    r"(?>(?:<\?[^>]*>|<!--(?:(?!-->).)*-->|\s)*)<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{2,30})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.-]{2,30})", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML 1.0 does not know
_LISTS = re.compile(r"<(?:rss|feed|rdf|channel)\b|:(?:rss|feed|rdf)\b", re.IGNORECASE)


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> ParsedFeed:
    """The feed in these bytes; of broken XML as much as can be read.

    Args:
        body: the feed as it came.
        url: where it came from; relative links are meant from there.
        content_type: the Content-Type header with its charset. What the bytes are is told by the bytes.

    Raises:
        UnreadableError: a web page, not a feed, or too damaged to read.
    """
    shown = site_name(url) or "The site"
    try:
        text = decode_text(body, shown, _charset(body, content_type))
    except SourceError as error:
        raise UnreadableError(f"{shown} sent something that is no feed. Check the feed's address.") from error
    if is_json(text):
        return parse_json_feed(text, url)
    if _HTML.match(text[:_START]):
        raise UnreadableError(
            f"{shown} sent a web page where a feed should be; it may ask for a login. Check the feed's address."
        )
    found = _parsed(text, url) if _LISTS.search(text[:_START]) else None
    if found is None or not (found["version"] or found["entries"]):
        raise UnreadableError(f"{shown} sent something that is no feed. Check the feed's address.")
    return _feed(found)


def _charset(body: bytes, content_type: str | None) -> str | None:
    # Publishers write the declaration in the feed; the header is often the server's default.
    if declared := _ENCODING.search(body[:200]):
        return declared[1].decode("ascii")
    header = _CHARSET.search(content_type or "")
    return header[1] if header else None


def _parsed(text: str, url: str) -> Any:
    import feedparser  # type: ignore[import-untyped]  # feedparser ships no types

    clean = _DECLARATION.sub("", _NOT_XML.sub("", text), count=1).lstrip()
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # A stream, because feedparser takes bytes for the name of a file first.
        return feedparser.parse(
            io.BytesIO(clean.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # what broken feeds make it raise is told nowhere
        return None


def _feed(found: Any) -> ParsedFeed:
    feed = found["feed"]
    site = first_link(feed.get("link"))
    author = _author(feed)
    return ParsedFeed(
        title=_line(feed, "title"),
        site=site,
        language=language_code(feed.get("language")),
        entries=newest_entries(_entries(found["entries"][:READ_ENTRIES], author, found["version"]), site),
        url_self=first_link(*(link.get("href") for link in _parts(feed, "links") if link.get("rel") == "self")),
        interval=update_interval(feed.get("ttl"), feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")),
    )


def _entries(items: list[Any], feed_author: str | None, version: str) -> Iterator[FeedEntry]:
    for item in items:
        markup, is_content = _longest(item)
        words = plain_text(markup)
        title = _line(item, "title")
        url = first_link(item.get("link"), *(link.get("href") for link in _parts(item, "links") if _leads_on(link)))
        if not (words or url):
            continue
        updated, published = _time(item, "updated_parsed"), _time(item, "published_parsed")
        if published is None and not version.startswith("atom"):
            published = updated  # RSS 1.0 has one date, dc:date, which feedparser takes for an update's
        yield FeedEntry(
            key=entry_key(item.get("id"), url, f"{title}\n{words}"),
            url=url,
            title=title,
            html=markup,
            is_full=is_whole(words, from_content=is_content),
            published_at=published,
            updated_at=later_change(updated, published),
            author=_author(item) or feed_author,
            source=_line(_part(item, "source"), "title") or None,
            digest=entry_digest(title, words, updated),
        )


def _longest(item: Any) -> tuple[str, bool]:
    """The content or the summary as HTML, whichever is longer, and whether it is the content."""
    contents = [_markup(part) for part in _parts(item, "content")]
    content = max(contents, key=len, default="")
    summary = _markup(_part(item, "summary_detail") or {"type": "text/html", "value": item.get("summary", "")})
    return (bounded_html(content), True) if len(content) >= len(summary) and content else (bounded_html(summary), False)


def _markup(part: Any) -> str:
    """A text construct as HTML; plain text is escaped, an empty line in it begins a paragraph."""
    value = str(part.get("value") or "")
    if part.get("type") != "text/plain" or re.search(r"<(?:p|br|div|a|li)\b", value, re.IGNORECASE):
        return value
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", value) if part.strip())


def _line(part: Any, name: str) -> str:
    detail = _part(part, f"{name}_detail")
    return plain_line(str(part.get(name) or ""), is_html=detail.get("type") != "text/plain")


def _author(part: Any) -> str | None:
    authors = _parts(part, "authors")
    # Of a single one as the feed writes it: feedparser cuts mail addresses with a long top-level domain in two.
    written = [part.get("author")] if len(authors) <= 1 else [author.get("name") for author in authors]
    names = [person(str(name or "")) for name in written]
    return ", ".join(dict.fromkeys(name for name in names if name))[:200] or None


def _part(item: Any, name: str) -> Mapping[str, Any]:
    """What feedparser made of an element; a text when the feed itself has one of the name that feedparser gives it."""
    part = item.get(name)
    return part if isinstance(part, Mapping) else {}


def _parts(item: Any, name: str) -> list[Mapping[str, Any]]:
    parts = item.get(name)
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _leads_on(link: Any) -> bool:
    return link.get("rel") in (None, "alternate", "related")


def _time(item: Any, name: str) -> datetime | None:
    value = dict.get(item, name)  # the feedparser's own get() falls back from one date to another
    try:
        return believable(datetime.fromtimestamp(timegm(value), UTC)) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None
