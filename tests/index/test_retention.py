"""Articles go by age and by number, from everywhere, and only those of their collection."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from index.lexical import lexical_search
from index.news_index import NewsIndex
from index.types import PUBLIC, Scopes
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS, make_article


async def open_news(backend: Backend) -> NewsIndex:
    return await backend.open()


async def titles(news: NewsIndex, scopes: Scopes = PUBLIC) -> list[str]:
    return [article.title for article in await news.articles(scopes)]


async def test_age_counts_from_when_an_article_came(backend: Backend) -> None:
    """A story of 2020 that was added today stays when a week is kept, and goes when its own day is over."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS])
        now = datetime.now(UTC)
        assert await news.trim("public", before=now - timedelta(days=7)) == 0
        assert await news.trim("public", before=now + timedelta(seconds=5)) == 1
        assert await titles(news) == []
        assert news._store.ids("public") == set()
        assert lexical_search(news._catalog, "rockets", PUBLIC, 5) == []


async def test_an_update_makes_an_article_young_again(backend: Backend) -> None:
    """What the publisher changed since the day in question is kept."""
    async with await open_news(backend) as news:
        await news.add([ROCKETS, FERRY])
        between = datetime.now(UTC)
        changed = make_article("Other words.", article_id="rockets")
        await news.add([changed])
        assert await news.trim("public", before=between) == 1
        assert await titles(news) == [changed.title]


async def test_the_newest_are_kept_by_number(backend: Backend) -> None:
    """Of five the last two stay; a number that is not reached takes nothing."""
    async with await open_news(backend) as news:
        await news.add([make_article(f"Story number {n}.", title=f"Story {n}", article_id=f"a{n}") for n in range(5)])
        assert await news.trim("public", keep=5) == 0
        assert await news.trim("public", keep=2) == 3
        assert await titles(news) == ["Story 4", "Story 3"]
        assert await news.trim("public", keep=0) == 2
        assert (await news.status()).healthy


async def test_other_collections_stay(backend: Backend) -> None:
    """Trimming one chat's collection leaves another's and the public one alone."""
    async with await open_news(backend) as news:
        for scope in ("public", "chat:1", "chat:2"):
            await news.add([ROCKETS, FERRY], scope=scope)
        assert await news.trim("chat:1", keep=0) == 2
        assert [await news.count(Scopes.of(s)) for s in ("public", "chat:1", "chat:2")] == [2, 0, 2]


async def test_more_articles_than_one_transaction_takes_all_go(backend: Backend) -> None:
    """Twelve hundred go in one call."""
    async with await open_news(backend) as news:
        await news.add([make_article(f"Story number {n}.", article_id=f"a{n}") for n in range(1200)])
        assert await news.trim("public", keep=10) == 1190
        assert (await news.count(PUBLIC), news._store.count("public")) == (10, 10)
