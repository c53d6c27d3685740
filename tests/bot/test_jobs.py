"""What the bot forgets by the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.chats import Chats, ChatSettings
from bot.context import AskContext, chat_scope
from bot.jobs import start_jobs, tidy_up
from index.errors import StoreError
from index.types import Scopes
from tests.bot.harness import STORY, Bot


async def left(bot: Bot, chat_id: int, days: int, settings: ChatSettings | None = None) -> None:
    """Lets the bot have left a chat, with one article, so many days ago."""
    state = bot.application.bot_data.state
    await bot.news.add([STORY], scope=chat_scope(chat_id))
    if settings:
        await state.chats.save(chat_id, settings)
    await Chats(state.database, now=lambda: datetime.now(UTC) - timedelta(days=days)).left(chat_id)


async def kept(bot: Bot, chat_id: int) -> bool:
    return bool(await bot.news.count(Scopes.of(chat_scope(chat_id))))


async def test_chats_that_were_left_are_forgotten_in_time(bot: Bot) -> None:
    """What a chat added goes when the deployment's days, or the chat's own, are over, and not before."""
    await left(bot, -1, 31)
    await left(bot, -2, 29)
    await left(bot, -3, 8, ChatSettings(retention_days=7))
    await left(bot, -4, 31, ChatSettings(retention_days=90))
    await bot.news.add([STORY], scope=chat_scope(-5))
    await tidy_up(AskContext(bot.application))
    assert [await kept(bot, chat_id) for chat_id in (-1, -2, -3, -4, -5)] == [False, True, False, True, True]
    assert (await bot.application.bot_data.state.chats.settings(-3)).retention_days is None


async def test_a_failing_store_ends_a_round(bot: Bot) -> None:
    """A failing store ends a round with a line in the log, not the job."""
    state = bot.application.bot_data.state
    with pytest.MonkeyPatch.context() as patch:

        async def fail(_: datetime) -> None:
            raise StoreError("no space")

        patch.setattr(state.inbox, "purge", fail)
        await tidy_up(AskContext(bot.application))


async def test_the_jobs_are_planned(bot: Bot) -> None:
    """Tidying up comes again every hour, and digests are looked for every minute, for as long as the bot runs."""
    start_jobs(bot.application)
    assert bot.application.job_queue
    planned = {job.name: job.job.trigger.interval for job in bot.application.job_queue.jobs()}
    assert planned == {"tidy up": timedelta(hours=1), "digests": timedelta(minutes=1)}
