"""Versions stay readable, and an answer says when the cited words came in and who else carries them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from index.news_index import NewsIndex
from index.types import PUBLIC, Appearance, Article, Citation, Scopes
from tests.backends import Backend
from tests.index.builders import ROCKETS

UPDATED = datetime(2020, 5, 5, 9, 0, tzinfo=UTC)
FIRST = replace(
    ROCKETS,
    text="Three rockets hit the American embassy in Baghdad on Sunday evening. Nobody has claimed the attack.",
)
SECOND = replace(
    FIRST,
    text=f"{FIRST.text} Forty windows of the canteen were broken, the ministry said later.",
    updated_at=UPDATED,
)


async def open_news(backend: Backend) -> NewsIndex:
    return await backend.open()


async def cited(news: NewsIndex, question: str) -> Citation:
    return (await news.ask(question, PUBLIC)).citations[0]


async def test_words_of_an_update_are_said_to_be_updated(backend: Backend) -> None:
    """A quote that came in with the second version carries its time, a quote of the first none."""
    async with await open_news(backend) as news:
        await news.add([FIRST])
        await news.add([SECOND])
        new = await cited(news, "How many windows of the canteen were broken?")
        assert (new.version, new.updated_at) == (2, UPDATED)
        assert "Forty windows" in new.quote
        old = await cited(news, "How many rockets hit the American embassy?")
        assert (old.version, old.updated_at) == (2, None)


async def test_without_the_publishers_word_it_is_when_askwire_got_it(backend: Backend) -> None:
    """An update without a time of its own is dated by its arrival."""
    before = datetime.now(UTC)
    async with await open_news(backend) as news:
        await news.add([FIRST])
        await news.add([replace(SECOND, updated_at=None)])
        new = await cited(news, "How many windows of the canteen were broken?")
        assert new.updated_at is not None
        assert before <= new.updated_at <= datetime.now(UTC)


async def test_a_later_date_of_publication_is_an_update(backend: Backend) -> None:
    """The first day stays the day of the article, the second is told as its update."""
    async with await open_news(backend) as news:
        await news.add([FIRST])
        await news.add([replace(SECOND, published_at=UPDATED, updated_at=None)])
        article = await news.article("rockets", PUBLIC)
        assert article is not None
        assert (article.published_at, article.updated_at) == (FIRST.published_at, UPDATED)


async def test_old_versions_stay_readable(backend: Backend) -> None:
    """By number, with their own words and times, to whoever may see the article and to nobody else."""
    async with await open_news(backend) as news:
        await news.add([FIRST])
        await news.add([SECOND])
        assert [(v.version, v.text) for v in await news.versions("rockets", PUBLIC)] == [
            (1, FIRST.text),
            (2, SECOND.text),
        ]
        old = await news.article("rockets", PUBLIC, 1)
        assert old == FIRST
        assert await news.article("rockets", PUBLIC, 3) is None
        assert await news.article("rockets", Scopes.of("chat:1"), 1) is None
        assert await news.versions("rockets", Scopes.of("chat:1")) == []
        assert await news.remove("rockets", PUBLIC)
        assert await news.versions("rockets", PUBLIC) == []


def copy_of(article: Article, source: str, url: str) -> Article:
    return replace(article, id="", source=source, url=url)


async def test_a_copy_elsewhere_is_named_with_the_answer(backend: Backend) -> None:
    """The same words in another paper add nothing but its name and address."""
    async with await open_news(backend) as news:
        await news.add([FIRST, copy_of(FIRST, "Harbour News", "https://b.example/1"), FIRST])
        await news.add([copy_of(FIRST, "Harbour News", "https://b.example/2")])
        assert await news.count(PUBLIC) == 1
        assert (await cited(news, "How many rockets hit the American embassy?")).also == ("Harbour News",)
        article = await news.article("rockets", PUBLIC)
        assert article is not None
        assert article.also == (
            Appearance("https://b.example/1", "Harbour News"),
            Appearance("https://b.example/2", "Harbour News"),
        )
