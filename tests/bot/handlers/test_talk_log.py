"""What the bot keeps of what is said around it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.context import AskContext
from index.errors import StoreError
from index.news_index import NewsIndex
from tests.bot.group_senders import say_as_chat, until_handled
from tests.bot.harness import QUESTION, STORY, Bot, running_bot
from tests.bot.talk import log_of, say_all, switch_on, texts_kept
from tests.helpers.bot_api.records import Message
from tests.helpers.bot_api.server import FakeBotApi

SECRET = "Zebra-Quartz"


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """A bot that sees all that is said in groups."""
    async with FakeBotApi(privacy=False) as server:
        yield server
        assert server.violations == []


async def test_only_where_it_is_switched_on(bot: Bot) -> None:
    """A group keeps nothing until its admins want it; then a group, a supergroup and a topic do."""
    alice = bot.api.user("Alice")
    group, silent = bot.api.group("G", members=[alice]), bot.api.supergroup("S", members=[alice])
    forum = bot.api.supergroup("F", members=[alice], forum=True)
    topic = forum.topic("Rain")
    await say_all(bot, group, alice, "too early")
    await switch_on(bot, group, forum)
    await say_all(bot, group, alice, "in the group")
    await say_all(bot, silent, alice, "where it is off")
    await say_all(bot, forum, alice, "in General")
    [said] = await say_all(bot, forum, alice, "in a topic", topic=topic)
    assert await texts_kept(bot, group) == ["in the group"]
    assert await texts_kept(bot, silent) == []
    assert await texts_kept(bot, forum) == ["in General", "in a topic"]
    [in_topic] = await log_of(bot).read(forum.id, topic.id)
    assert (in_topic.message_id, in_topic.author, in_topic.author_id) == (said.id, "Alice", alice.id)
    assert [bot.api.replies(chat) for chat in (group, silent, forum)] == [[], [], []]


async def test_never_in_private(bot: Bot) -> None:
    """A private chat is kept by no means, not even if the option were set there."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    await switch_on(bot, chat)
    await say_all(bot, chat, alice, "How are you?")
    assert list(await log_of(bot).chats()) == []


async def test_what_is_not_talk(bot: Bot) -> None:
    """Commands, bots, what comes through bots, and service messages are left out; what the bot says as well."""
    alice, robot = bot.api.user("Alice"), bot.api.user("Robot")
    robot.is_bot = True
    group = bot.api.group("G", members=[alice])
    await switch_on(bot, group)
    await say_all(bot, group, alice, "/help", "/ask@other_bot how many?", "talk")
    await say_all(bot, group, robot, "I am a robot")
    updates = bot.api.state.updates
    for text, extra in (("a gif", {"via_bot": robot.json()}), ("", {"new_chat_title": "Better"})):
        updates.add("message", Message(group, group.take_id(), alice, text=text).json() | extra)
    bot.api.upload(group, alice, "a.txt", b"Rain", caption="/add")
    bot.api.upload(group, alice, "b.txt", b"Rain", caption="the map")
    await until_handled(bot)
    assert bot.api.replies(group)
    assert await texts_kept(bot, group) == ["talk", "the map"]


async def test_questions_to_the_bot_are_talk(bot: Bot) -> None:
    """A question with the bot's name is kept, answered or not, and the answer is not."""
    alice = bot.api.user("Alice")
    group = bot.api.group("G", members=[alice])
    await switch_on(bot, group)
    await bot.news.add([STORY])
    question = f"@{bot.api.bot.username} {QUESTION}"
    await say_all(bot, group, alice, question)
    assert len(bot.api.replies(group)) == 1
    assert await texts_kept(bot, group) == [question]


async def test_edits(bot: Bot) -> None:
    """An edit takes the place of what was kept; one of a message that is not kept brings it in by no means."""
    alice = bot.api.user("Alice")
    group = bot.api.group("G", members=[alice])
    [before] = await say_all(bot, group, alice, "before it was on")
    await switch_on(bot, group)
    kept, other = await say_all(bot, group, alice, "at two", "bring a map")
    bot.api.edit(kept, "at three")
    bot.api.edit(before, "sneaked in")
    await until_handled(bot)
    assert await texts_kept(bot, group) == ["at three", "bring a map"]
    bot.api.edit(other, "/ask bring a map?")
    await until_handled(bot)
    assert await texts_kept(bot, group) == ["at three"]


async def test_who_opted_out(bot: Bot) -> None:
    """Nothing of a person who opted out is kept, here or everywhere, also when somebody forwards it."""
    alice, bob, cem = (bot.api.user(name) for name in ("Alice", "Bob", "Cem"))
    group = bot.api.group("G", members=[alice, bob, cem])
    await switch_on(bot, group)
    await log_of(bot).set_opt_out(bob.id, group.id, out=True)
    await log_of(bot).set_opt_out(cem.id, 0, out=True)
    for person in (alice, bob, cem):
        [said] = await say_all(bot, group, person, f"{person.first_name} speaks")
        bot.api.edit(said, f"{person.first_name} corrects")
        bot.api.forward(group, alice, f"{person.first_name} forwarded", from_user=person)
        await until_handled(bot)
    assert await texts_kept(bot, group) == ["Alice corrects", "Alice forwarded"]


async def test_anonymous_admins(bot: Bot) -> None:
    """What is said in the name of the group is talk."""
    group = bot.api.supergroup("News room", members=[bot.api.user("Alice")])
    await switch_on(bot, group)
    say_as_chat(bot.api, group, "We meet at two")
    await until_handled(bot)
    [kept] = await log_of(bot).read(group.id)
    assert (kept.author, kept.author_id) == ("News room", group.id)


async def test_strangers(api: FakeBotApi, news: NewsIndex) -> None:
    """What is said by people or in groups that the bot is not for is not kept."""
    alice, bob = api.user("Alice"), api.user("Bob")
    group = api.group("G", members=[alice, bob])
    async with running_bot(api, news, allowed_telegram_user_ids=str(alice.id)) as bot:
        await switch_on(bot, group)
        [said] = await say_all(bot, group, bob, "I am a stranger")
        api.edit(said, "still one")
        await say_all(bot, group, alice, "I am not")
        assert await texts_kept(bot, group) == ["I am not"]


async def test_nothing_of_it_is_logged(api: FakeBotApi, news: NewsIndex, log: io.StringIO) -> None:
    """What is said, and by whom, stands in no log, also when it cannot be kept; the bot says nothing of that."""
    alice = api.user(f"Alice {SECRET}")
    group = api.group(f"Group {SECRET}", members=[alice])
    async with running_bot(api, news) as bot:
        await switch_on(bot, group)
        await say_all(bot, group, alice, f"Rain {SECRET}")

        async def fail(*_: object) -> int:
            raise StoreError("no space")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(log_of(bot)), "store", fail)
            await say_all(bot, group, alice, f"More rain {SECRET}")
        assert await bot.said_nothing(group)
        assert await texts_kept(bot, group) == [f"Rain {SECRET}"]
    assert "a message is not in the log" in log.getvalue()
    assert SECRET not in log.getvalue()


async def test_a_group_that_becomes_a_supergroup(bot: Bot) -> None:
    """The talk goes on in the supergroup, whose messages are counted anew, and opt-outs hold there."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    group = bot.api.group("G", members=[alice, bob])
    await switch_on(bot, group)
    await log_of(bot).set_opt_out(bob.id, group.id, out=True)
    await say_all(bot, group, alice, "in the group")
    supergroup = bot.api.migrate(group)
    supergroup.next_id = 2
    await until_handled(bot)
    await say_all(bot, supergroup, alice, "in the supergroup")
    await say_all(bot, supergroup, bob, "not me")
    assert await texts_kept(bot, supergroup) == ["in the group", "in the supergroup"]
    assert await texts_kept(bot, group) == []
    await AskContext(bot.application).move_chat(group.id, supergroup.id)
    assert await texts_kept(bot, supergroup) == ["in the group", "in the supergroup"]


async def test_a_message_that_is_handled_again(bot: Bot) -> None:
    """After a crash a message may come twice, and is kept once."""
    alice = bot.api.user("Alice")
    group = bot.api.group("G", members=[alice])
    await switch_on(bot, group)
    [said] = await say_all(bot, group, alice, "once")
    bot.api.state.updates.add("message", replace(said).json())
    await until_handled(bot)
    assert await texts_kept(bot, group) == ["once"]
