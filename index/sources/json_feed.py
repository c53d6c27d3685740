"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from index.errors import UnreadableError
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
)
from index.sources.feed_text import is_whole, plain_line, plain_text
from index.sources.metadata import parse_time, site_name


def is_json(text: str) -> bool:
    """Whether a text is a JSON object, and so no XML."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def parse_json_feed(text: str, url: str) -> ParsedFeed:
    """The feed in a JSON text; entries that are none are left out.

    Raises:
        UnreadableError: damaged JSON, or another kind of document.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{site_name(url)} sent a damaged JSON feed. Try again later.") from error
    items = feed.get("items")
    version = _text(feed, "version")
    if not isinstance(items, list) or not (version.startswith(("https://jsonfeed.org/", "http://jsonfeed.org/"))):
        raise UnreadableError(f"{site_name(url)} sent JSON that is no feed. Check the feed's address.")
    site = _link(feed, "home_page_url", url)
    return ParsedFeed(
        title=plain_line(_text(feed, "title"), is_html=False),
        site=site,
        language=language_code(feed.get("language")),
        entries=newest_entries(_entries(items, feed, url), site),
        url_self=_link(feed, "feed_url", url),
    )


def _entries(items: list[Any], feed: dict[str, Any], base: str) -> Iterator[FeedEntry]:
    for item in items[:READ_ENTRIES]:
        if not isinstance(item, dict):
            continue
        markup, is_content = _markup(item)
        words = plain_text(markup)
        title = plain_line(_text(item, "title"), is_html=False)
        # `external_url` is the page that a link blog writes about, not the entry itself.
        url = _link(item, "url", base) or (None if words else _link(item, "external_url", base))
        if not (words or url):
            continue
        published = believable(parse_time(item.get("date_published")))
        updated = believable(parse_time(item.get("date_modified")))
        yield FeedEntry(
            key=entry_key(_id(item), url, f"{title}\n{words}"),
            url=url,
            title=title,
            html=markup,
            is_full=is_whole(words, from_content=is_content),
            published_at=published,
            updated_at=later_change(updated, published),
            author=_author(item) or _author(feed),
            source=None,
            digest=entry_digest(title, words, updated),
        )


def _markup(item: dict[str, Any]) -> tuple[str, bool]:
    if content := _text(item, "content_html"):
        return bounded_html(content), True
    words = _text(item, "content_text")
    plain = words or _text(item, "summary")
    paragraphs = (part for part in re.split(r"\n\s*\n", plain) if part.strip())
    return bounded_html("".join(f"<p>{html.escape(part)}</p>" for part in paragraphs)), bool(words)


def _author(part: dict[str, Any]) -> str | None:
    listed = part.get("authors")
    authors = listed if isinstance(listed, list) else [part.get("author")]  # 1.0 had a single one
    names = [person(_text(author, "name")) for author in authors if isinstance(author, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name))[:200] or None


def _id(item: dict[str, Any]) -> str | None:
    value = item.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)  # "a JSON number … must be coerced to a string"
    return _text(item, "id") if isinstance(value, str) else None


def _link(part: dict[str, Any], name: str, base: str) -> str | None:
    value = _text(part, name)
    try:
        return first_link(urljoin(base, value)) if value else None
    except ValueError:
        return None


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    # Halves of characters, which JSON can name, cannot be stored.
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""
