"""The waiting entries of a feed become articles, one by one, each kept as done once its article is saved."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from index.errors import FetchError, SourceError
from index.feed_articles import is_busy, read_entry
from index.feed_catalog import FeedCatalog, FeedState, feed_key
from index.feed_intervals import next_retry
from index.types import Added, AddOutcome, Article, Scopes

if TYPE_CHECKING:
    from index.feed_queue import WaitingEntry
    from index.news_index import NewsIndex
    from index.sources.feeds import FeedEntry
    from index.sources.reader import SourceReader

ENTRIES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much is read of a feed at one look: so many pages, in so many seconds; the rest waits for the next one."""

    pages: int = ENTRIES_AT_ONCE
    seconds: float = 240.0


USUAL_READING = ReadingLimits()


@dataclass(slots=True)
class EntriesRead:
    """What became of the entries; `reasons` counts why some could not be read."""

    added: list[Added] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Found:
    """An article to save, or one that is there (`is_known`), or None: it was removed, and is not wanted back."""

    article: Article | None
    is_teaser: bool = False
    is_known: bool = False


class FeedIntake:
    """Reads entries and takes them in; `adding` is held from the check that a feed is still there to the saving."""

    def __init__(
        self,
        news: NewsIndex,
        reader: SourceReader,
        catalog: FeedCatalog,
        now: Callable[[], datetime],
        adding: asyncio.Lock,
    ) -> None:
        self._news, self._reader, self._catalog = news, reader, catalog
        self._now, self._adding = now, adding

    async def take_in(self, state: FeedState, limits: ReadingLimits) -> EntriesRead:
        """Takes in the entries of a feed that wait, at most 50: the newest ones, in the order in which they appeared.

        Raises:
            StoreError: the database or the vector index fails.
            ProviderError: the embedder fails. Either way the entries go on waiting.
        """
        waiting = await asyncio.to_thread(self._catalog.waiting, state.feed.id, self._now(), ENTRIES_AT_ONCE)
        deadline = asyncio.get_running_loop().time() + limits.seconds
        done = EntriesRead()
        for entry in reversed(_affordable(waiting, limits.pages)):
            if not await self._take(entry, state, done, deadline):
                break
        return done

    async def _take(self, waiting: WaitingEntry, state: FeedState, done: EntriesRead, deadline: float) -> bool:
        """Takes one entry in; whether to go on with the next."""
        try:
            async with asyncio.timeout_at(deadline):
                found = await self._find(waiting, state)
        except TimeoutError:
            return False
        except SourceError as error:
            await self._skip(waiting, state, error)
            done.reasons[str(error)] += 1
            return not is_busy(error)
        return await self._save(found, waiting, state, done)

    async def _find(self, waiting: WaitingEntry, state: FeedState) -> _Found:
        entry, scope, stored = waiting.entry, state.feed.scope, None
        if waiting.article_id:
            stored = await self._news.article(waiting.article_id, Scopes.of(scope))
            if stored is None:
                return _Found(None)
        elif entry.url and (stored := await self._at(entry.url, scope)) and not _is_newer(entry, stored):
            return _Found(stored, is_known=True)
        article, is_teaser = await read_entry(
            entry,
            state,
            self._reader,
            last_try=next_retry(waiting.tries + 1) is None,
            may_be_teaser=stored is None or waiting.is_teaser,
        )
        if article.url and article.url != entry.url:
            # A login or a consent page, where many links lead, must not become one article after another.
            there = await self._at(article.url, scope)
            if there and await self._is_of_another(state, entry, there):
                return _Found(there, is_known=True)
        if article.url is None:  # without an address, its later forms are recognised by the feed's key
            article = replace(article, id=f"{feed_key(state.feed.url)} {entry.key}")
        return _Found(article, is_teaser)

    async def _save(self, found: _Found, waiting: WaitingEntry, state: FeedState, done: EntriesRead) -> bool:
        feed_id = state.feed.id
        async with self._adding:
            current = await asyncio.to_thread(self._catalog.state, feed_id)
            if current is None:
                return False
            article_id = None
            if found.article is not None:
                if found.is_known:
                    added = Added(AddOutcome.DUPLICATE, found.article, 0)
                else:
                    added = (await self._news.add([found.article], scope=current.feed.scope))[0]
                done.added.append(added)
                article_id = added.article.id
            await asyncio.to_thread(
                self._catalog.note_read,
                feed_id,
                waiting.entry.key,
                article_id,
                self._now(),
                is_teaser=found.is_teaser,
            )
        return True

    async def _skip(self, waiting: WaitingEntry, state: FeedState, error: SourceError) -> None:
        retry_after = error.retry_after if isinstance(error, FetchError) else None
        wait = next_retry(waiting.tries + 1, retry_after)
        again_at = self._now() + wait if isinstance(wait, timedelta) else None
        await asyncio.to_thread(self._catalog.note_skipped, state.feed.id, waiting.entry.key, str(error), again_at)

    async def _is_of_another(self, state: FeedState, entry: FeedEntry, article: Article) -> bool:
        return await asyncio.to_thread(self._catalog.is_of_another, state.feed.id, entry.key, article.id)

    async def _at(self, url: str, scope: str) -> Article | None:
        article_id = await asyncio.to_thread(self._catalog.article_at, url, scope)
        return await self._news.article(article_id, Scopes.of(scope)) if article_id else None


def _affordable(waiting: list[WaitingEntry], pages: int) -> list[WaitingEntry]:
    """As many of the first entries as need no more than so many pages to be fetched."""
    wanted = 0
    for number, one in enumerate(waiting):
        wanted += not one.entry.is_full
        if wanted > pages:
            return waiting[:number]
    return waiting


def _is_newer(entry: FeedEntry, stored: Article) -> bool:
    """Whether the publisher has changed the article since the one that is stored."""
    known = stored.updated_at or stored.published_at
    return bool(entry.updated_at and known and entry.updated_at > known)
