"""Articles are dropped by the clock, as the deployment and each chat want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chats import ChatSettings
from bot.context import AskContext, chat_scope
from bot.jobs import tidy_up
from bot.retention import trim_collections
from bot.settings import Settings
from index.types import Scopes
from tests.bot.harness import STORY, Bot
from tests.index.builders import FERRY, ROCKETS


async def counts(bot: Bot, *scopes: str) -> list[int]:
    return [await bot.news.count(Scopes.of(scope)) for scope in scopes]


async def trim(bot: Bot, settings: Settings, days: float) -> None:
    """Trims as if so many days had gone by."""
    later = datetime.now(UTC) + timedelta(days=days)
    await trim_collections(bot.news, bot.application.bot_data.state.chats, settings, later)


async def test_articles_go_when_their_days_are_over(bot: Bot) -> None:
    """The deployment's days hold everywhere; a chat's shorter ones there alone, and its longer ones nowhere."""
    state = bot.application.bot_data.state
    scopes = ["public", *(chat_scope(chat) for chat in (1, 2, 3))]
    for scope in scopes:
        await bot.news.add([STORY], scope=scope)
    await state.chats.save(1, ChatSettings(article_days=7))
    await state.chats.save(2, ChatSettings(article_days=365))
    await state.chats.save(3, ChatSettings(article_days=0))
    settings = bot.application.bot_data.settings
    await trim(bot, settings, 1000)
    assert await counts(bot, *scopes) == [1, 0, 0, 1]
    limited = settings.model_copy(update={"article_retention_days": 30})
    await trim(bot, limited, 29)
    assert await counts(bot, *scopes) == [1, 0, 0, 1]
    await trim(bot, limited, 31)
    assert await counts(bot, *scopes) == [0, 0, 0, 0]


async def test_the_oldest_go_when_there_are_too_many(bot: Bot) -> None:
    """Each collection keeps so many."""
    for scope in ("public", chat_scope(1)):
        await bot.news.add([ROCKETS, FERRY], scope=scope)
    await trim(bot, bot.application.bot_data.settings.model_copy(update={"articles_per_collection": 1}), 0)
    assert await counts(bot, "public", chat_scope(1)) == [1, 1]
    assert [article.title for article in await bot.news.articles(Scopes.of("public"))] == [FERRY.title]


async def test_tidying_up_trims(bot: Bot) -> None:
    """The hourly job does it with the deployment's settings, which keep everything unless told otherwise."""
    await bot.news.add([ROCKETS, FERRY])
    await tidy_up(AskContext(bot.application))
    assert await counts(bot, "public") == [2]
