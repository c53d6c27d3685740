"""A feed by its own address or by its site's: what people give is often the latter."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import SourceError, UnreadableError
from index.fetch import Conditions
from index.sources.feed_discovery import FeedLink, usual_feeds
from index.sources.feeds import ParsedFeed
from index.sources.metadata import site_name

if TYPE_CHECKING:
    from index.fetch import Page
    from index.sources.reader import SourceReader

SECONDS = 90.0  # for one address, all that is tried included
_TRIED_LINKS = 3


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, where it is, the page it came in, and the other feeds of the site."""

    url: str
    page: Page
    parsed: ParsedFeed
    others: tuple[FeedLink, ...] = ()


async def find_feed(address: str, reader: SourceReader) -> FoundFeed:
    """The feed at an address, or the main feed of the site there: one that its page names, else a usual address.

    Raises:
        SourceError: the address cannot be reached or read, or no feed is found there.
    """
    try:
        async with asyncio.timeout(SECONDS):
            return await _found(_web_address(address), reader)
    except TimeoutError as error:
        raise UnreadableError("The site took too long to show its feed. Give the feed's own address.") from error


async def read_feed(page: Page, reader: SourceReader) -> ParsedFeed:
    """The feed in a page as it came.

    Raises:
        SourceError: it is none.
    """
    kind = f"{page.content_type}; charset={page.charset}" if page.charset else page.content_type
    return await reader.feed(page.body, page.url, content_type=kind)


async def _found(url: str, reader: SourceReader) -> FoundFeed:
    page = await reader.get(url, Conditions())
    try:
        return FoundFeed(page.moved_to or url, page, await read_feed(page, reader))
    except UnreadableError:
        links = await reader.feed_links(page.body, page.url, charset=page.charset)
    problem = UnreadableError(f"{site_name(page.url)} names no feed. Give the feed's own address.")
    for link in links[:_TRIED_LINKS]:
        try:
            others = tuple(other for other in links if other != link)
            return await _at(link.url, reader, others)
        except SourceError as error:
            problem = UnreadableError(f"The feed that {site_name(page.url)} names cannot be read: {error}")
    for usual in usual_feeds(page.url):
        try:
            return await _at(usual, reader, ())
        except SourceError:
            continue
    raise problem


async def _at(url: str, reader: SourceReader, others: tuple[FeedLink, ...]) -> FoundFeed:
    page = await reader.get(url, Conditions())
    return FoundFeed(page.moved_to or url, page, await read_feed(page, reader), others)


def _web_address(address: str) -> str:
    """The address as people give it, with `feed:` or without a scheme, as a link."""
    text = re.sub(r"^feed:(?://)?(?=https?://)", "", address.strip(), flags=re.IGNORECASE)
    text = re.sub(r"^feed:(?://)?", "https://", text, flags=re.IGNORECASE)
    return text if urlsplit(text).netloc and "://" in text else f"https://{text}"
