"""`askwire run` as its own process, with real models, against the fake Bot API server."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.words import words_of
from tests.bot.command import Askwire
from tests.helpers.bot_api.records import Chat, Message, Topic, User
from tests.helpers.bot_api.server import FakeBotApi

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "How many rockets hit?"
QUOTE = "Three rockets hit the compound of the United States embassy in Baghdad on the evening of Sunday"
POST = """Whale visits port

A whale named Ottoline swam into the port of Lindholm on Monday and stayed. Hundreds of people came to see her from the
pier. She left for the open sea on Tuesday evening, the harbour master said."""
LOCAL_MODELS = 60  # seconds to wait, at most, for a reply of the models on a busy machine


@dataclass(frozen=True)
class Running:
    """A bot's process and the server that it talks to."""

    api: FakeBotApi
    process: asyncio.subprocess.Process
    log: Path

    async def reply_to(self, said: Message) -> Message:
        """The bot's next message in the chat once it is finished, which is the only one to this message."""
        reply = await self.api.wait_for_message(
            said.chat, after=said, predicate=lambda one: "Stop" not in one.button_texts, timeout=LOCAL_MODELS
        )
        await self.api.settle()
        assert [other for other in self.api.replies(said.chat) if other.id > said.id] == [reply]
        return reply

    async def ask(self, chat: Chat, user: User, text: str, **options: object) -> Message:
        """The reply to what somebody says."""
        return await self.reply_to(self.api.say(chat, user, text, **options))  # type: ignore[arg-type]  # passed on


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """The sample stories."""
    command = Askwire(tmp_path_factory.mktemp("run"))
    assert command("chat", stdin="/quit\n").code == 0
    return command


@asynccontextmanager
async def started(askwire: Askwire, api: FakeBotApi, token: str) -> AsyncIterator[Running]:
    """A bot's process, told to stop at the end and killed when it does not."""
    log = askwire.folder / f"log-of-{token.partition(':')[0]}.txt"
    env = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": api.url, "CHAT_MODEL": "local:gemma-3-270m"}
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *askwire.words("run"), cwd=askwire.folder, env=askwire.environment(env), stdout=file, stderr=file
        )
    try:
        yield Running(api, process, log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(askwire: Askwire) -> AsyncIterator[Running]:
    """A bot that the tests of this module share; it sees every message of its groups."""
    async with FakeBotApi(privacy=False) as api, started(askwire, api, api.token) as running:
        yield running
        assert api.violations == []


async def test_start_says_what_the_bot_is(bot: Running) -> None:
    """/start is answered with what the bot does and a question to try."""
    alice = bot.api.user("Alice")
    reply = await bot.ask(bot.api.private_chat(alice), alice, "/start")
    assert "I read the news" in reply.text
    assert "rockets" in reply.text


async def test_a_question_in_private_is_answered(bot: Running) -> None:
    """The local model answers, with the sentence it rests on, a numbered source and its paragraph at a button."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    reply = await bot.ask(chat, alice, QUESTION)
    assert reply.text.startswith("Three [1]")
    assert f"“{QUOTE}" in reply.text
    assert ". Three rockets hit US embassy compound in Baghdad – askwire sample, 26 January 2020" in reply.text
    press = bot.api.press(reply, alice, "Passage 1")
    shown = await bot.api.wait_for_message(chat, after=reply)
    await bot.api.wait_for_answer(press)
    assert shown.html is not None
    assert f"<b>{QUOTE}" in shown.html
    assert "One of them struck a dining hall" in shown.text


async def test_an_added_text_can_be_asked_about_at_once(bot: Running) -> None:
    """What /add takes in answers the next question in that chat, and stays out of another person's."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    chat = bot.api.private_chat(alice)
    text = "/add Whale visits port\n\nA whale named Ottoline swam into the port of Lindholm on Monday and stayed."
    added = await bot.ask(chat, alice, text)
    assert added.text.startswith("Added: ")
    reply = await bot.ask(chat, alice, "What is the name of the whale in the port?")
    assert "Ottoline" in reply.text
    assert "Ottoline" not in (await bot.ask(bot.api.private_chat(bob), bob, "What is the whale's name?")).text


async def test_a_group_is_answered_when_it_asks(bot: Running) -> None:
    """/ask, a mention and a reply get one reply each, in their topic; what others say to each other gets none."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    forum = bot.api.supergroup("News room", members=[alice, bob], forum=True)
    topic = forum.topic("Baghdad")
    bot.api.say(forum, bob, QUESTION, topic=topic)
    await bot.api.settle()
    assert bot.api.replies(forum) == []
    replies = [await bot.ask(forum, alice, f"/ask {QUESTION}", topic=topic)]
    replies.append(await bot.ask(forum, bob, f"@{bot.api.bot.username} {QUESTION}", topic=topic))
    replies.append(await bot.ask(forum, alice, QUESTION, reply_to=replies[0], topic=topic))
    for reply in replies:
        assert QUOTE in reply.text
        assert reply.topic is topic


def place_of(api: FakeBotApi, kind: str, alice: User, bob: User) -> tuple[Chat, Topic | None]:
    """A place of its kind, where Alice is an admin and Bob, who has never started the bot, a member."""
    if kind == "private chat":
        return api.private_chat(alice), None
    api.private_chat(bob)
    api.block(bob)
    if kind == "group":
        return api.group(kind, members=[bob], admins=[alice]), None
    chat = api.supergroup(kind, members=[bob], admins=[alice], forum=kind == "topic")
    return chat, chat.topic("Baghdad") if kind == "topic" else None


@pytest.mark.parametrize("kind", ["private chat", "group", "supergroup", "topic"])
async def test_summaries(bot: Running, kind: str) -> None:
    """With the local model an article, the news, a subject and a group's talk are summed up in their own sentences."""
    words, alice, bob = words_of("en"), bot.api.user("Alice"), bot.api.user("Bob")
    chat, topic = place_of(bot.api, kind, alice, bob)
    if kind == "private chat":
        post = bot.api.forward(chat, alice, POST, from_name="Harbour News")
        await bot.reply_to(post)
        assert (await bot.ask(chat, alice, "/catchup")).text == words("talk-only-groups")
    else:
        post = bot.api.say(chat, bob, POST, topic=topic)
    summary = await bot.ask(chat, alice, "/summary", topic=topic, reply_to=post)
    assert "Ottoline" in summary.text
    assert summary.text.endswith(words("summary-chosen"))
    digest = await bot.ask(chat, alice, "/digest", topic=topic)
    assert digest.text.startswith("What is new: ")
    assert "Lindholm" in digest.text
    timeline = await bot.ask(chat, alice, "/timeline rockets at the embassy in Baghdad", topic=topic)
    assert QUOTE in timeline.text
    assert "26 January 2020" in timeline.text
    assert all((reply.chat, reply.topic) == (chat, topic) for reply in (summary, digest, timeline))


@pytest.mark.parametrize("kind", ["group", "supergroup", "topic"])
async def test_a_groups_talk(bot: Running, kind: str) -> None:
    """Once an admin has switched it on, what is said in a group or topic is told there in people's own words."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    chat, topic = place_of(bot.api, kind, alice, bob)
    menu = await bot.ask(chat, alice, "/settings", topic=topic)
    await bot.api.wait_for_answer(bot.api.press(menu, alice, "Talk is kept for summaries: off"), LOCAL_MODELS)
    await bot.api.wait_for_message(chat, after=menu, timeout=LOCAL_MODELS)
    for text in ("Shall we meet at the station at two o'clock on Monday?", "Yes, at the station at two, agreed."):
        bot.api.say(chat, alice, text, topic=topic)
    await bot.api.settle()
    told = await bot.ask(chat, bob, "/catchup", topic=topic)
    assert "at the station at two o'clock on Monday" in told.text
    assert words_of("en")("talk-chosen") in told.text
    assert (told.chat, told.topic) == (chat, topic)


async def test_the_end_is_in_order_and_the_log_discreet(bot: Running) -> None:
    """SIGTERM ends the bot with exit code 0; its log holds no token and nothing that anybody said."""
    await bot.api.wait_until(lambda: bool(bot.api.calls("getUpdates")), LOCAL_MODELS)
    bot.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(bot.process.wait(), 30) == 0
    log = bot.log.read_text()
    assert "the bot is running" in log
    assert "the bot is stopping" in log
    for secret in (bot.api.token, bot.api.token.partition(":")[2], "rockets", "whale", "Ottoline", "station"):
        assert secret.casefold() not in log.casefold()
    assert "Traceback" not in log


async def test_a_wrong_token_is_one_clear_line(askwire: Askwire) -> None:
    """Telegram's 401 ends the command before any model is loaded, and the token shows nowhere."""
    token = "987654321:BBWrongWrongWrongWrongWrongWrong_-22"
    async with FakeBotApi() as api, started(askwire, api, token) as running:
        assert await asyncio.wait_for(running.process.wait(), 30) == 1
        output = running.log.read_text()
    assert output == (
        "askwire: Telegram refused the token in TELEGRAM_BOT_TOKEN. Get the right one from @BotFather with /token.\n"
    )
