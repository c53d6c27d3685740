"""Reading of links, files and feeds: fetched within limits, parsed in a process that can be killed."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from index.errors import TooLargeError
from index.sources.files import MAX_FILE
from index.sources.metadata import shown_name, site_name
from index.types import Article

if TYPE_CHECKING:
    from index.fetch import Conditions, Fetcher, Page
    from index.parsing import Parsers
    from index.sources.feed_discovery import FeedLink
    from index.sources.feeds import ParsedFeed
    from index.sources.opml import OpmlFeed
    from index.sources.telegram_talk import ExportedTalk


def open_reader(private_hosts: frozenset[str] = frozenset()) -> SourceReader:
    """A reader with the usual limits, to be closed, or used as an async context manager.

    `private_hosts` may be reached although their addresses are private.
    """
    from index.fetch import Fetcher
    from index.parsing import Parsers

    return SourceReader(Fetcher(allowed_hosts=private_hosts), Parsers())


class SourceReader:
    """Fetches, and parses in a worker process that can be killed; one is shared by the whole process.

    Every method that parses raises an error of `index.errors.SourceError`, among them TooLargeError for an input that
    takes more than its share of time or memory, and UnreadableError for one that breaks its parser down.

    Args:
        fetcher: what gets pages; closed with the reader.
        parsers: what parses; closed with the reader.
    """

    def __init__(self, fetcher: Fetcher, parsers: Parsers) -> None:
        from index.robots import Robots

        self._fetcher = fetcher
        self._parsers = parsers
        self._robots = Robots(fetcher, parsers)

    async def page(self, url: str, *, unasked: bool = False) -> Article:
        """The article at a link: HTML, PDF or plain text by the type that the site declares.

        A page that no person asked for (`unasked`) is left alone where the site's robots.txt says so.

        Raises:
            FetchError: the page could not be fetched, or may not be.
            UnsupportedError: not a page, a PDF or a text.
            UnreadableError: no article text in it.
            TooLargeError: over a limit.
        """
        if unasked:
            await self._robots.check(url)
        page = await self._fetcher.get(url)
        return await self._parsers.parse(
            "page",
            page.body,
            Article,
            shown=site_name(page.url) or "the page",
            url=page.url,
            content_type=page.content_type,
            charset=page.charset,
        )

    async def file(self, data: bytes, name: str) -> list[Article]:
        """The articles in a file's bytes, as `index.sources.files.read_file` reads them.

        Raises:
            UnreadableError: empty, damaged, locked, or without an article's text.
            UnsupportedError: binary, or a type that askwire does not read.
            TooLargeError: over a limit.
        """
        if len(data) > MAX_FILE:
            raise TooLargeError(f"{shown_name(name)} is over {MAX_FILE // 1_000_000} MB. Split it and try again.")
        return await self._parsers.parse("file", data, list[Article], shown=name, name=name)

    async def feed(self, body: bytes, url: str, *, content_type: str | None = None) -> ParsedFeed:
        """What a feed's body says, as `index.sources.feeds.parse_feed` reads it.

        Raises:
            UnreadableError: no feed, or damaged.
            TooLargeError: over a limit.
        """
        from index.sources.feeds import ParsedFeed

        shown = site_name(url) or "the feed"
        return await self._parsers.parse("feed", body, ParsedFeed, shown=shown, url=url, content_type=content_type)

    async def feed_links(self, html: bytes, url: str, *, charset: str | None = None) -> list[FeedLink]:
        """The feeds that a page names, as `index.sources.feed_discovery.feed_links` finds them.

        Raises:
            UnreadableError: damaged.
            TooLargeError: over a limit.
        """
        from index.sources.feed_discovery import FeedLink

        shown = site_name(url) or "the page"
        return await self._parsers.parse("feed_links", html, list[FeedLink], shown=shown, url=url, charset=charset)

    async def opml(self, data: bytes) -> list[OpmlFeed]:
        """The feeds in an OPML file, as `index.sources.opml.parse_opml` reads them.

        Raises:
            UnreadableError: no OPML, or damaged.
            TooLargeError: over a limit.
        """
        from index.sources.opml import OpmlFeed

        return await self._parsers.parse("opml", data, list[OpmlFeed], shown="the list of feeds")

    async def talk(self, data: bytes, name: str, chat_ids: Sequence[int]) -> ExportedTalk:
        """What was said in a chat, from Telegram's export, as `index.sources.telegram_talk.export_talk` reads it.

        Raises:
            UnreadableError: no JSON, or damaged.
            TooLargeError: over a limit.
        """
        from index.sources.telegram_talk import ExportedTalk

        return await self._parsers.parse("talk", data, ExportedTalk, shown=name, name=name, chat_ids=list(chat_ids))

    async def get(self, url: str, conditions: Conditions | None = None) -> Page:
        """What is at a link, unparsed, as `Fetcher.get` gives it.

        Raises:
            SourceError: as there.
        """
        return await self._fetcher.get(url, conditions)

    async def close(self) -> None:
        """Closes all connections and ends the parsing processes."""
        try:
            await self._parsers.close()
        finally:
            await self._fetcher.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
