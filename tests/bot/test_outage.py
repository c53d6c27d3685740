"""The database is away, as a server may be: what cannot be answered is not acknowledged, and answered afterwards."""

from __future__ import annotations

import asyncio
import io
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path

import pytest

from bot.state import State
from bot.words import words_of
from index.errors import StoreError
from tests.bot.harness import QUESTION, STORY, Bot
from tests.bot.test_faults import bot_in, refused_writes
from tests.helpers.bot_api.server import FakeBotApi

LATER = words_of("en")("errors-store-later")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.updates._FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.updates._LONGEST_WAIT", 0.2)


def away(bot: Bot, state: State) -> AbstractContextManager[None]:
    """Lets every statement fail."""
    return refused_writes(bot, state, "the server is away", reads=True)


async def test_a_question_is_answered_when_the_database_is_back(
    api: FakeBotApi, log: io.StringIO, tmp_path: Path
) -> None:
    """Once; meanwhile its asker is told, and Telegram is not told that it arrived."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with bot_in(tmp_path, api) as (bot, state):
        await bot.news.add([STORY])
        with away(bot, state):
            told = await bot.reply_to(api.say(chat, alice, QUESTION))
            assert told.text == LATER
        answer = await api.wait_for_message(chat, after=told)
        assert "Three rockets" in answer.text
        await api.settle()
        assert await state.inbox.depth() == (0, 0)
        assert len(api.replies(chat)) == 2
        assert "Three rockets" in (await bot.reply_to(api.say(chat, alice, QUESTION))).text
    assert log.getvalue().count("the database cannot be written") == 1


async def test_a_question_outlives_the_process_that_could_not_store_it(api: FakeBotApi, tmp_path: Path) -> None:
    """A bot that ends while the database is away is sent it again at its next start."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    with suppress(StoreError), ExitStack() as until_it_has_ended:  # the index cannot be closed in order
        async with bot_in(tmp_path, api) as (bot, state):
            await bot.news.add([STORY])
            until_it_has_ended.enter_context(away(bot, state))
            told = await bot.reply_to(api.say(chat, alice, QUESTION))
            await asyncio.sleep(0.5)  # time to acknowledge it, if that were done
    async with bot_in(tmp_path, api):
        answer = await api.wait_for_message(chat, after=told)
        assert "Three rockets" in answer.text
