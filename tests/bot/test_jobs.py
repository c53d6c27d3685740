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
from tests.bot.talk import message


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


async def test_talk_is_purged_in_time(bot: Bot) -> None:
    """What was said goes after the deployment's days, or the group's own, whether the bot is still there or not."""
    state, now = bot.application.bot_data.state, datetime.now(UTC)
    own = {-1: None, -2: 7, -3: 90, -4: 0}
    ages = (0, 6, 8, 29, 31, 89, 91)
    for chat_id, days in own.items():
        await state.chats.save(chat_id, ChatSettings(talk=True, retention_days=days))
        said = [message(100 - age, str(age), at=now - timedelta(days=age, minutes=1)) for age in ages]
        await state.messages.store(chat_id, said)
    await tidy_up(AskContext(bot.application))
    left_over = {chat_id: [int(one.text) for one in await state.messages.read(chat_id)][::-1] for chat_id in own}
    assert left_over == {-1: [0, 6, 8, 29], -2: [0, 6], -3: [0, 6, 8, 29, 31, 89], -4: []}


async def test_talk_of_a_chat_that_was_left(bot: Bot) -> None:
    """All that is known of a group's talk goes with the group, when its days are over."""
    messages = bot.application.bot_data.state.messages
    for chat_id in (-1, -2):
        await messages.store(chat_id, [message(1, at=datetime.now(UTC))])
        await messages.note_caught_up(chat_id, None, 7, 1)
        await messages.set_opt_out(8, chat_id, out=True)
    await left(bot, -1, 31)
    await left(bot, -2, 29)
    await tidy_up(AskContext(bot.application))
    assert [await messages.count(chat_id) for chat_id in (-1, -2)] == [0, 1]
    assert [await messages.caught_up(chat_id, None, 7) for chat_id in (-1, -2)] == [None, 1]
    assert [await messages.is_out(8, chat_id) for chat_id in (-1, -2)] == [False, True]


async def test_a_failing_store_ends_a_round(bot: Bot) -> None:
    """A failing store ends a round with a line in the log, not the job."""
    state = bot.application.bot_data.state
    with pytest.MonkeyPatch.context() as patch:

        async def fail(_: datetime) -> None:
            raise StoreError("no space")

        patch.setattr(state.inbox, "purge", fail)
        await tidy_up(AskContext(bot.application))


async def test_the_jobs_are_planned(bot: Bot) -> None:
    """Tidying up comes again every hour, digests and feeds are looked for every minute, for as long as the bot runs."""
    start_jobs(bot.application)
    assert bot.application.job_queue
    planned = {job.name: job.job.trigger.interval for job in bot.application.job_queue.jobs()}
    minute = timedelta(minutes=1)
    assert planned == {"tidy up": timedelta(hours=1), "digests": minute, "feeds": minute, "problems": minute}
