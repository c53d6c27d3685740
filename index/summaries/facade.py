"""Summaries: the facade over everything in `index/summaries`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.summaries.article import POINTS, extracted_summary
from index.summaries.budget import Budget, paid_writers
from index.summaries.cache import MemoryCache
from index.summaries.digest import make_digest
from index.summaries.digest_writing import write_digest
from index.summaries.material import article_passages
from index.summaries.timeline import make_timeline
from index.summaries.timeline_writing import write_timeline
from index.summaries.types import ArticleSummary, ChatMessage, Digest, TalkSummary, Timeline, Written
from index.summaries.writers import Writers
from index.summaries.written import write_points
from index.types import Article, Evidence, Scopes

if TYPE_CHECKING:
    from index.news_index import NewsIndex


class Summaries:
    """Sums up what an index holds. A capable model writes where there is one and the `budget` allows it.

    Of a chain, the next capable model writes what one that failed did not.
    """

    def __init__(self, news: NewsIndex, budget: Budget | None = None) -> None:
        self._news = news
        self._budget = budget
        self._catalog = news.retriever.catalog
        self._embedder = news.retriever.embedder
        # In memory alone: what models wrote of people's messages goes with the process, and with /forget soon after.
        self._talk_cache = MemoryCache()
        # Of articles: a key holds the passages themselves, which are looked up in the asking chat's collections first.
        self._cache = MemoryCache()

    async def article(self, article_id: str, scopes: Scopes) -> ArticleSummary | None:
        """An article in one line and up to four points; None when these scopes have no such article.

        A capable model writes it, and each point is checked; without one, or when it fails or nothing it wrote holds,
        its own sentences are chosen.

        Raises:
            UnreadableError: when the article has no sentence to stand for it.
            StoreError: when the database fails.
            ProviderError: when the embedder fails.
        """
        article = await self._news.article(article_id, scopes)
        if article is None:
            return None
        notice = None
        async with self._writers() as writers:
            if writers:
                summary, notice = await self._written(article, writers)
                if summary is not None:
                    return summary
        extracted = await extracted_summary(article, self._embedder)
        if extracted is None:
            raise UnreadableError("This article is too short to sum up. It can be asked about all the same.")
        return replace(extracted, written=Written(None, notice))

    async def digest(
        self, scopes: Scopes, since: datetime, until: datetime, *, offset: int = 0, limit: int = 8
    ) -> Digest:
        """A page of the stories that came in between two times (UTC).

        A capable model writes their sentences in at most one request; where none holds, the article's own stands.

        Raises:
            StoreError: when the database fails.
            ProviderError: when the embedder fails.
        """
        page, clusters = await make_digest(self._catalog, self._embedder, scopes, since, until, offset, limit)
        async with self._writers() as writers:
            return await write_digest(page, clusters, writers, self._cache) if writers and clusters else page

    async def timeline(self, subject: str, scopes: Scopes) -> Timeline:
        """The dated points of a subject, the earliest first.

        A capable model writes them in at most one request; where one does not hold, the article's own sentence stands.

        Raises:
            QuestionError: when the subject is empty or over 2,000 characters.
            StoreError: when the database fails.
            ProviderError: when the embedder fails.
        """
        timeline, sentences = await make_timeline(subject, self._news.retriever, scopes)
        async with self._writers() as writers:
            if not writers or not sentences:
                return timeline
            return await write_timeline(timeline, sentences, writers, self._cache)

    async def talk(self, messages: Sequence[ChatMessage], scopes: Scopes) -> TalkSummary:
        """A group's discussion by topic of conversation, with what the articles of these scopes say on it.

        Raises:
            StoreError: when the database fails.
            ProviderError: when the embedder fails.
        """
        from index.summaries.talk import summarize_talk

        async def search(query: str) -> Sequence[Evidence]:
            return await self._news.search(query, scopes)

        async with self._writers() as writers:
            return await summarize_talk(
                messages, embedder=self._embedder, search=search, writers=writers, cache=self._talk_cache
            )

    def _writers(self) -> AbstractAsyncContextManager[Writers | None]:
        return paid_writers(self._news.chat_model, self._budget)

    async def _written(self, article: Article, writers: Writers) -> tuple[ArticleSummary | None, str | None]:
        """The summary that a model writes, and why there is none or less of it."""
        passages = await asyncio.to_thread(article_passages, self._catalog, article)
        result = await write_points(article.title, passages, writers, self._embedder, POINTS + 1, self._cache)
        if not result.points:
            return None, result.fault
        notice = f"{result.fault} Its end is not summed up." if result.fault else None
        header = replace(article, text="")
        return ArticleSummary(header, result.points[0], result.points[1:], Written(result.model, notice)), None
