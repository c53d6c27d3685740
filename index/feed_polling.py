"""One look at a feed: what it has now is noted first, then the entries that wait are read and taken in.

Both steps are kept in the database as they go, so that a crash at any point costs no entry: an entry waits until its
article is saved, and one that was saved right before the crash is seen to be known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from index.errors import FetchError, SourceError
from index.feed_articles import is_busy
from index.feed_catalog import Feed, FeedAnswer, FeedCatalog, FeedState
from index.feed_finding import read_feed
from index.feed_intake import USUAL_READING, FeedIntake, ReadingLimits
from index.feed_intervals import MOST_FAILURES, SHORTEST, back_off, interval_of
from index.fetch import Conditions
from index.types import Added

if TYPE_CHECKING:
    from index.fetch import Page
    from index.sources.feeds import ParsedFeed
    from index.sources.reader import SourceReader

FETCH_SECONDS = 90.0  # for a feed's own request, waiting for its host's turn included
_SHOWN_REASONS = 5


@dataclass(frozen=True, slots=True)
class PollReport:
    """What came of a look at a feed.

    `unchanged`: nothing in it is new. `problem`: why the feed could not be read. `skipped`: how many entries could
    not be read this time, and `problems` why, the commonest reasons first ("3 × …").
    """

    feed: Feed
    added: tuple[Added, ...] = ()
    unchanged: bool = False
    problem: str | None = None
    skipped: int = 0
    problems: tuple[str, ...] = ()


class FeedPoller:
    """Asks feeds what is new, keeps it, and has it taken in."""

    def __init__(
        self, reader: SourceReader, catalog: FeedCatalog, intake: FeedIntake, now: Callable[[], datetime]
    ) -> None:
        self._reader, self._catalog, self._intake, self._now = reader, catalog, intake, now

    async def poll(self, state: FeedState, limits: ReadingLimits = USUAL_READING) -> PollReport:
        """Asks a feed for what is new, and takes its waiting entries in.

        Raises:
            StoreError: the database or the vector index fails.
            ProviderError: the embedder fails; the entries wait.
        """
        problem, fresh = None, 0
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                fresh = await self._look(state)
        except TimeoutError:
            problem = await self._note_failure(state.feed, FetchError("The site took too long to answer."))
        except SourceError as error:
            problem = await self._note_failure(state.feed, error)
        return await self.take_in(state, limits, problem=problem, unchanged=not (fresh or problem))

    async def note_feed(self, feed_id: int, url: str, page: Page, parsed: ParsedFeed) -> int:
        """Keeps a feed's answer and its entries, which wait from then on; how many are new or changed."""
        interval = interval_of(parsed.interval, page.max_age)
        answer = FeedAnswer(
            url=url,
            etag=page.etag,
            last_modified=page.last_modified,
            interval=interval.total_seconds(),
            next_at=self._now() + interval,
            entries=parsed.entries,
            title=parsed.title,
            site=parsed.site,
            language=parsed.language,
        )
        return await asyncio.to_thread(self._catalog.note_answer, feed_id, answer, self._now())

    async def take_in(
        self, state: FeedState, limits: ReadingLimits, *, problem: str | None = None, unchanged: bool = False
    ) -> PollReport:
        """Takes the waiting entries of a feed in; when some are left, the feed is looked at again soon.

        Raises:
            StoreError, ProviderError: as `poll`.
        """
        read = await self._intake.take_in(await self._current(state), limits)
        await asyncio.to_thread(self._catalog.look_sooner, state.feed.id, self._now() + SHORTEST)
        state = await self._current(state)
        reasons = [f"{count} × {reason}" if count > 1 else reason for reason, count in read.reasons.most_common()]
        skipped = read.reasons.total()
        return PollReport(state.feed, tuple(read.added), unchanged, problem, skipped, tuple(reasons[:_SHOWN_REASONS]))

    async def _look(self, state: FeedState) -> int:
        feed = state.feed
        page = await self._reader.get(feed.url, Conditions(state.etag, state.last_modified))
        if page.status != HTTPStatus.NOT_MODIFIED:
            parsed = await read_feed(page, self._reader)
            return await self.note_feed(feed.id, page.moved_to or feed.url, page, parsed)
        interval = interval_of(state.interval, page.max_age)
        answer = FeedAnswer(
            url=page.moved_to or feed.url,
            etag=page.etag or state.etag,
            last_modified=page.last_modified or state.last_modified,
            interval=state.interval,
            next_at=self._now() + interval,
        )
        return await asyncio.to_thread(self._catalog.note_answer, feed.id, answer, self._now())

    async def _current(self, state: FeedState) -> FeedState:
        """The feed as it is now, or as it was when it was removed meanwhile."""
        return await asyncio.to_thread(self._catalog.state, state.feed.id) or state

    async def _note_failure(self, feed: Feed, error: SourceError) -> str:
        failures = feed.failures + 1
        gone = isinstance(error, FetchError) and error.status == HTTPStatus.GONE
        asked = error.retry_after if isinstance(error, FetchError) and is_busy(error) else None
        wait = back_off(failures, feed.url, asked)
        paused = gone or failures >= MOST_FAILURES
        note = self._catalog.note_failure
        await asyncio.to_thread(note, feed.id, str(error), self._now(), self._now() + wait, paused=paused)
        return str(error)
