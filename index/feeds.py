"""Feeds: the facade for following them. Their entries become articles of the collection that follows them."""

from __future__ import annotations

import asyncio
import builtins
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from index.errors import UnreadableError
from index.feed_catalog import Feed, FeedCatalog, FeedState
from index.feed_finding import find_feed
from index.feed_intake import FeedIntake, ReadingLimits
from index.feed_intervals import SHORTEST
from index.feed_polling import FeedPoller, PollReport
from index.moving import check_chat_scopes
from index.sources.feed_discovery import FeedLink
from index.sources.metadata import site_name
from index.sources.opml import OpmlFeed, write_opml

if TYPE_CHECKING:
    from index.news_index import NewsIndex
    from index.sources.reader import SourceReader

__all__ = ["AddedFeed", "Feed", "FeedLink", "Feeds", "ImportReport", "PollReport"]

FEEDS_AT_ONCE = 4
# Whoever adds a feed waits for its first articles: about half a minute where each page must be fetched.
FIRST_READING = ReadingLimits(pages=15, seconds=40.0)


@dataclass(frozen=True, slots=True)
class AddedFeed:
    """A feed that was added, or was there (`known`), its first reading, and the other feeds that its site names."""

    feed: Feed
    report: PollReport
    other_links: tuple[FeedLink, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many feeds of a list were added and how many were there; `problems` are lines for a person."""

    added: int
    known: int
    problems: tuple[str, ...] = ()


class Feeds:
    """Follows feeds for collections; one object for a data directory, on one event loop.

    Args:
        news: the index that takes their articles; its database keeps the feeds.
        reader: what fetches and parses.
        now: the time in UTC.
    """

    def __init__(
        self, news: NewsIndex, reader: SourceReader, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._reader, self._now = reader, now
        self._catalog = FeedCatalog(news.retriever.catalog.engine)
        self._adding = asyncio.Lock()
        intake = FeedIntake(news, reader, self._catalog, now, self._adding)
        self._poller = FeedPoller(reader, self._catalog, intake, now)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def add(self, url: str, scope: str) -> AddedFeed:
        """Follows the feed at a feed's or a site's address, and takes its newest entries in at once.

        One that is followed already is only told about; if it was failing or paused, it is tried again.

        Raises:
            SourceError: no feed is found there, or 1,000 are followed already.
            StoreError: the database or the vector index fails.
            ProviderError: the embedder fails; the feed is followed all the same.
        """
        found = await find_feed(url, self._reader)
        title = found.parsed.title or site_name(found.url) or found.url
        added, known = await asyncio.to_thread(self._catalog.add, scope, [(found.url, title)], self._now())
        feed_id = (added or known)[0]
        async with self._lock(feed_id):
            state = await self._state(feed_id)
            if known and not (state.feed.problem or state.feed.paused):
                return AddedFeed(state.feed, PollReport(state.feed, unchanged=True), found.others, known=True)
            await self._poller.note_feed(feed_id, state.feed.url if known else found.url, found.page, found.parsed)
            report = await self._poller.take_in(state, FIRST_READING)
        return AddedFeed(report.feed, report, found.others, known=bool(known))

    async def list(self, scope: str) -> list[Feed]:
        """The feeds of a collection, in the order in which they were added."""
        return await asyncio.to_thread(self._catalog.feeds, scope=scope)

    async def remove(self, feed_id: int, scope: str) -> bool:
        """Follows a feed no longer; its articles stay. Whether there was one."""
        async with self._adding:
            return await asyncio.to_thread(self._catalog.remove, feed_id, scope)

    async def poll(
        self,
        *,
        scope: str | None = None,
        feed_id: int | None = None,
        due_only: bool = True,
        on_report: Callable[[PollReport], None] | None = None,
    ) -> builtins.list[PollReport]:
        """Looks at the feeds whose time has come, or at all; `on_report` hears of each on the event loop.

        A few at once, of different hosts. A paused feed is looked at only when it is named and `due_only` is off.

        Raises:
            StoreError: the database or the vector index fails.
            ProviderError: the embedder fails. Either way the other feeds are finished first.
        """
        due = self._now() if due_only else None
        feeds = await asyncio.to_thread(self._catalog.feeds, scope=scope, feed_id=feed_id, due=due)
        hosts: defaultdict[str | None, list[Feed]] = defaultdict(list)
        for feed in feeds:
            if feed_id is not None or not feed.paused:
                hosts[site_name(feed.url)].append(feed)
        reports: list[PollReport] = []
        free = asyncio.Semaphore(FEEDS_AT_ONCE)

        async def poll_host(feeds: list[Feed]) -> None:
            for feed in feeds:
                async with free:
                    report = await self._look(feed.id, due_only=due_only)
                if report is not None:
                    reports.append(report)
                    if on_report:
                        on_report(report)

        ends = await asyncio.gather(*map(poll_host, hosts.values()), return_exceptions=True)
        for end in ends:
            if end is not None:
                raise end
        return reports

    async def import_opml(self, data: bytes, scope: str, *, most: int | None = None) -> ImportReport:
        """Follows all feeds of an OPML list, or the first `most`; they are looked at when the next poll comes.

        Raises:
            SourceError: no OPML, or more feeds than can be followed; none is added then.
            StoreError: the database fails.
        """
        wanted = [(feed.url, feed.title) for feed in await self._reader.opml(data)]
        added, known = await asyncio.to_thread(self._catalog.add, scope, wanted[:most], self._now())
        problems = [] if wanted else ["The file names no feed."]
        if len(wanted) > len(wanted[:most]):
            problems.append(f"No more than {most} could be followed; the list has {len(wanted)}.")
        return ImportReport(len(added), len(known), tuple(problems))

    async def export_opml(self, scope: str) -> str:
        """The feeds of a collection as an OPML list."""
        feeds = await self.list(scope)
        return write_opml((OpmlFeed(feed.url, feed.title) for feed in feeds), "askwire feeds")

    async def move_scope(self, old: str, new: str) -> int:
        """Moves all feeds of a chat to another scope, as when a group becomes a supergroup; how many moved.

        Raises:
            ValueError: when a scope is the public one, or has no name.
            StoreError: when the database fails.
        """
        check_chat_scopes(old, new)
        if old == new:
            return 0
        async with self._adding:
            return await asyncio.to_thread(self._catalog.move_scope, old, new)

    async def remove_scope(self, scope: str) -> int:
        """Follows nothing for a chat any more; how many feeds there were. No article comes in by them from then on.

        Raises:
            ValueError: when it is the public scope, or has no name.
            StoreError: when the database fails.
        """
        check_chat_scopes(scope)
        async with self._adding:
            return await asyncio.to_thread(self._catalog.remove_scope, scope)

    async def _look(self, feed_id: int, *, due_only: bool) -> PollReport | None:
        """One look at a feed, behind any that is under way; None when it was removed, or looked at, meanwhile."""
        async with self._lock(feed_id):
            state = await asyncio.to_thread(self._catalog.state, feed_id)
            if state is None or (due_only and state.feed.next_at > self._now()):
                return None
            if due_only and not await asyncio.to_thread(self._catalog.claim, state.feed, self._now() + SHORTEST):
                return None
            return await self._poller.poll(state)

    def _lock(self, feed_id: int) -> asyncio.Lock:
        return self._locks.setdefault(feed_id, asyncio.Lock())

    async def _state(self, feed_id: int) -> FeedState:
        state = await asyncio.to_thread(self._catalog.state, feed_id)
        if state is None:
            raise UnreadableError("The feed was removed while it was added. Add it again.")
        return state
