"""An entry of a feed to its article: the feed's own text when that is whole, else the page that it links to."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import FetchError, ForbiddenAddressError, SourceError, UnreadableError
from index.sources.feed_entries import FeedEntry, later_change
from index.sources.feed_text import without_footer
from index.sources.metadata import site_name
from index.types import Article

if TYPE_CHECKING:
    from index.feed_catalog import FeedState
    from index.sources.reader import SourceReader

_BUSY = frozenset({429, 503})
_FIRST_SERVER_FAULT = 500
_PASSING = frozenset({408, 425, 429})


async def read_entry(
    entry: FeedEntry, state: FeedState, reader: SourceReader, *, last_try: bool, may_be_teaser: bool
) -> tuple[Article, bool]:
    """The article, and whether it is only the feed's summary.

    A full text in the feed is taken as it is. Of a teaser the page is read. When the page refuses for good (a
    paywall, a robots.txt, a page that needs scripts, a 403), or has failed for the last time, a summary of at least
    200 characters and 30 words becomes the article: readers of such a feed see no more in their feed reader either,
    what it says is the publisher's own, and its link leads on. A shorter one is no article and is not taken. Nothing
    takes a summary in place of a text that is there already (`may_be_teaser`).

    Raises:
        SourceError: it cannot be read, now or ever.
    """
    if entry.is_full:
        try:
            return await _from_feed(entry, state, reader), False
        except UnreadableError:
            if entry.url is None:
                raise
    if entry.url is None:
        return await _from_feed(entry, state, reader), True
    try:
        page = await reader.page(entry.url, unasked=True)
    except SourceError as error:
        if isinstance(error, ForbiddenAddressError) or not may_be_teaser or (is_passing(error) and not last_try):
            raise
        try:
            return await _from_feed(entry, state, reader), True
        except SourceError:
            raise error from None
    return _from_page(page, entry, state), False


def is_passing(error: SourceError) -> bool:
    """Whether the same page may well be had later: no answer, or one that tells of a passing fault."""
    if not isinstance(error, FetchError) or isinstance(error, ForbiddenAddressError):
        return False
    return error.status is None or error.status >= _FIRST_SERVER_FAULT or error.status in _PASSING


def is_busy(error: SourceError) -> bool:
    """Whether the site asks to be left alone for now."""
    return isinstance(error, FetchError) and error.status in _BUSY


async def _from_feed(entry: FeedEntry, state: FeedState, reader: SourceReader) -> Article:
    if not entry.html:
        raise UnreadableError("The entry has neither a text nor a link.")
    title = html.escape(entry.title)
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><article>{entry.html}</article></body></html>"
    )
    name = site_name(entry.url or state.feed.url) or "the feed"
    article = (await reader.file(page.encode("utf-8", "replace"), f"{name}.html"))[0]
    published_at = entry.published_at or entry.updated_at
    return Article(
        title=entry.title or article.title,
        text=without_footer(article.text),
        url=entry.url,
        source=entry.source or state.feed.title,
        published_at=published_at,
        author=entry.author,
        updated_at=later_change(entry.updated_at, published_at),
        language=article.language or state.language,
    )


def _from_page(page: Article, entry: FeedEntry, state: FeedState) -> Article:
    """The page's article as `/add` gives it, with the feed's dates, which are the publisher's and exact."""
    published_at = entry.published_at or page.published_at or entry.updated_at
    return replace(
        page,
        url=_address(page.url, entry, state),
        source=entry.source or _source(page, state),
        published_at=published_at,
        author=entry.author or page.author,
        updated_at=later_change(entry.updated_at or page.updated_at, published_at),
        language=page.language or state.language,
    )


def _address(canonical: str | None, entry: FeedEntry, state: FeedState) -> str | None:
    """The page's canonical link, unless it is the site's home page, which some sites name on every page."""
    home = (state.feed.site or "").partition("://")[2].rstrip("/")
    return entry.url if not canonical or canonical.partition("://")[2].rstrip("/") == home else canonical


def _source(page: Article, state: FeedState) -> str | None:
    """The site's own name; where it names none, and the feed is the site's, the feed's title."""
    host = site_name(page.url)
    is_unnamed = page.source is None or page.source == host
    is_own = host in (site_name(state.feed.site), site_name(state.feed.url))
    return state.feed.title if is_unnamed and is_own else page.source
