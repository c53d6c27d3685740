"""After a crash or a restart: what is answered, what is taken back."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import CallbackQuery, Update, User

from bot.app import build_application
from bot.context import BotApplication
from bot.inbox import Kind
from bot.recovery import recover
from bot.run import ALLOWED_UPDATES
from bot.settings import Settings
from bot.state import open_state
from index.sources.reader import open_reader
from index.types import Answer, Status
from tests.bot.harness import Scripted
from tests.helpers.bot_api.records import Message
from tests.helpers.bot_api.server import FakeBotApi


async def say_three(question: str) -> Answer:
    return Answer(question, Status.ANSWERED, short_answer=f"Three, to: {question}")


async def never(_: str) -> Answer:
    await asyncio.Event().wait()
    raise AssertionError


@contextlib.asynccontextmanager
async def a_life(api: FakeBotApi, folder: Path, news: object) -> AsyncIterator[BotApplication]:
    """One life of the bot on the records in `folder`, ended without finishing anything."""
    settings = Settings.model_validate({"telegram_bot_token": api.token, "telegram_api_url": api.url})
    async with open_reader() as reader, open_state(folder / "askwire.db") as state:
        application = build_application(settings, news, reader, state)  # type: ignore[arg-type]  # only `ask`
        assert application.updater is not None
        await application.initialize()
        await recover(application)
        await application.start()
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        yield application
        await application.updater.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await application.stop()
        await application.shutdown()


def texts(api: FakeBotApi, message: Message) -> list[str]:
    return [reply.text for reply in api.replies(message.chat)]


async def test_what_was_not_answered_is_answered(api: FakeBotApi, tmp_path: Path) -> None:
    """Questions of the last life are answered in the next, in their order, each once."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with a_life(api, tmp_path, Scripted(never)):
        asked = [api.say(chat, alice, f"Question {number}?") for number in range(3)]
        await api.settle()
    assert texts(api, asked[0]) == []
    async with a_life(api, tmp_path, Scripted(say_three)):
        await api.wait_until(lambda: len(api.replies(chat)) == 3)
        await api.settle()
    assert texts(api, asked[0]) == [f"Three, to: Question {number}?" for number in range(3)]
    async with a_life(api, tmp_path, Scripted(say_three)):
        await api.settle()
    assert len(api.replies(chat)) == 3


async def test_late_questions_get_one_apology(api: FakeBotApi, tmp_path: Path) -> None:
    """Questions older than fifteen minutes get one line in their chat; a new one is answered."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with a_life(api, tmp_path, Scripted(never)):
        for number in range(3):
            api.say(chat, alice, f"Question {number}?").date -= 3600
        await api.settle()
    old = {message.id: message for message in chat.messages.values()}
    assert old
    updates = api.state.updates
    for number in range(3, 5):  # these wait at Telegram while the bot is away
        message = api.say(chat, alice, f"Question {number}?")
        message.date = time.time() - 1000
        updates.pending[-1]["message"] = message.json()
    async with a_life(api, tmp_path, Scripted(say_three)):
        await api.wait_until(lambda: not updates.pending)
        await api.settle()
        apologies = [text for text in texts(api, message) if "I was away when you asked" in text]
        assert len(apologies) == 1
        fresh = api.say(chat, alice, "And now?")
        assert (await api.wait_for_message(chat, after=fresh)).text == "Three, to: And now?"


async def test_what_was_begun_is_taken_back(api: FakeBotApi, tmp_path: Path) -> None:
    """Messages of an interrupted answer go, noted or not; the answer comes once."""
    alice = api.user("Alice")
    group = api.supergroup("News room", members=[alice])
    async with a_life(api, tmp_path, Scripted(never)) as application:
        asked = api.say(group, alice, "/ask How many?")
        await api.settle()
        inbox = application.bot_data.state.inbox
        (entry,) = await inbox.unfinished()
        noted = await application.bot.send_message(group.id, "Looking …")
        await inbox.note_sent(group.id, noted.message_id, entry.update_id, Kind.PASSING)
        api.say(group, alice, "Hello?")
        await application.bot.send_message(group.id, "Three, half noted")
    async with a_life(api, tmp_path, Scripted(say_three)):
        await api.wait_for_message(group, predicate=lambda message: "Three, to" in message.text)
        await api.settle()
    assert texts(api, asked) == ["Three, to: How many?"]


async def test_a_delivered_answer_is_not_given_again(api: FakeBotApi, tmp_path: Path) -> None:
    """When only the tick was missing, nothing is sent and nothing is deleted."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with a_life(api, tmp_path, Scripted(never)) as application:
        asked = api.say(chat, alice, "How many?")
        await api.settle()
        inbox = application.bot_data.state.inbox
        (entry,) = await inbox.unfinished()
        sent = await application.bot.send_message(chat.id, "Three")
        await inbox.note_sent(chat.id, sent.message_id, entry.update_id, Kind.FINAL)
    async with a_life(api, tmp_path, Scripted(say_three)) as application:
        await api.settle()
        assert await application.bot_data.state.inbox.unfinished() == []
    assert texts(api, asked) == ["Three"]


async def test_presses_of_the_last_life_are_forgotten(api: FakeBotApi, tmp_path: Path) -> None:
    """Nobody waits any more for what a button of the last life would have shown."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    press = CallbackQuery("1", User(alice.id, "Alice", is_bot=False), "x", data="s:0")
    async with open_state(tmp_path / "askwire.db") as state:
        await state.inbox.store(Update(1, callback_query=press))
    async with a_life(api, tmp_path, Scripted(say_three)) as application:
        assert await application.bot_data.state.inbox.unfinished() == []
        await api.settle()
    assert api.calls("answerCallbackQuery") == []
    assert api.replies(chat) == []


async def test_two_processes_answer_once(api: FakeBotApi, tmp_path: Path) -> None:
    """An update that reaches two processes on one database is answered by one of them."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with (
        a_life(api, tmp_path, Scripted(say_three)) as one,
        open_state(tmp_path / "askwire.db") as state,
        open_reader() as reader,
    ):
        settings = Settings.model_validate({"telegram_bot_token": api.token, "telegram_api_url": api.url})
        other = build_application(settings, Scripted(say_three), reader, state)  # type: ignore[arg-type]  # only `ask`
        await other.initialize()
        await other.start()
        taken = one.update_queue.put

        async def to_both(item: object) -> None:
            await asyncio.gather(other.update_queue.put(item), taken(item))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(one.update_queue, "put", to_both)
            asked = [api.say(chat, alice, f"Question {number}?") for number in range(20)]
            await api.wait_until(lambda: len(api.replies(chat)) >= 20)
            await api.settle()
        assert sorted(texts(api, asked[0])) == sorted(f"Three, to: {message.text}" for message in asked)
        await other.stop()
        await other.shutdown()
