"""The bot is added, removed, blocked, and moved along with its group."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Literal

import pytest

from bot.chats import ChatSettings
from bot.context import AskContext, chat_scope, visible_scopes
from bot.digest_times import DigestPlan
from bot.usage import Limits
from bot.words import languages, words_of
from index.news_index import NewsIndex
from index.types import Scopes
from tests.bot.group_senders import until_handled
from tests.bot.harness import STORY, Bot, running_bot
from tests.helpers.bot_api.records import Chat, Message, User
from tests.helpers.bot_api.server import FakeBotApi

PRIVACY = words_of("en")("membership-privacy-mode")


def added(bot: Bot, title: str, by: User, status: Literal["member", "administrator"] = "member") -> Chat:
    """A group that somebody has just put the bot into."""
    group = bot.api.supergroup(title, members=[by])
    group.statuses[bot.api.bot.id] = "left"
    bot.api.member_update(group, status, by=by)
    return group


async def test_hello(bot: Bot) -> None:
    """A group that gets the bot reads once how to ask it, what it reads and keeps, and what privacy mode means."""
    alice = bot.api.user("Alice")
    group = added(bot, "News room", alice)
    hello = await bot.api.wait_for_message(group)
    await until_handled(bot)
    assert bot.api.replies(group) == [hello]
    assert f"@{bot.api.bot.username}" in hello.text
    assert "/ask" in hello.text
    assert words_of("en")("membership-keeps") in hello.text
    assert hello.text.endswith(PRIVACY)
    assert hello.reply_to is None


@pytest.mark.parametrize("code", languages())
async def test_hello_is_short_and_in_the_language_of_who_adds(bot: Bot, code: str) -> None:
    """It is one message that fits on a phone, in the language of the person who added the bot."""
    group = added(bot, "News room", bot.api.user("Alice", language_code=code))
    hello = await bot.api.wait_for_message(group)
    assert words_of(code)("membership-keeps") in hello.text
    assert len(hello.text) < 800


async def test_the_privacy_hint_is_given_once(bot: Bot) -> None:
    """Who removes the bot and adds it again reads the hello again, without the hint."""
    alice = bot.api.user("Alice")
    group = added(bot, "News room", alice)
    await bot.api.wait_for_message(group)
    bot.api.member_update(group, "left", by=alice)
    bot.api.member_update(group, "member", by=alice)
    await until_handled(bot)
    first, second = bot.api.replies(group)
    assert PRIVACY in first.text
    assert PRIVACY not in second.text
    assert not await bot.gone_from(group)


async def test_an_admin_sees_everything(bot: Bot) -> None:
    """As an admin the bot sees all messages, so there is nothing to hint at."""
    group = added(bot, "News room", bot.api.user("Alice"), "administrator")
    assert PRIVACY not in (await bot.api.wait_for_message(group)).text


async def test_without_privacy_mode(news: NewsIndex) -> None:
    """A bot whose privacy mode is off has nothing to hint at either."""
    async with FakeBotApi(privacy=False) as api, running_bot(api, news) as bot:
        group = added(bot, "News room", api.user("Alice"))
        assert PRIVACY not in (await api.wait_for_message(group)).text
        assert api.violations == []


async def test_promotion_is_no_arrival(bot: Bot) -> None:
    """A group that the bot is in already gets no hello when its rights change, seen before or not."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    bot.api.member_update(group, "administrator", by=alice)
    bot.api.member_update(group, "member", by=alice)
    assert await bot.said_nothing(group)
    assert not await bot.gone_from(group)


async def test_a_group_that_lets_the_bot_not_speak(bot: Bot) -> None:
    """Where the hello cannot be sent, the bot goes on."""
    alice = bot.api.user("Alice")
    bot.api.fail(method="sendMessage", status=400, description="Bad Request: not enough rights to send text messages")
    group = added(bot, "News room", alice)
    assert await bot.said_nothing(group)
    assert (await bot.reply_to(bot.api.say(group, alice, "/help"))).text


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_removed(bot: Bot, status: Literal["left", "kicked"]) -> None:
    """A group without the bot is noted as left, and its data stays."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    await bot.application.bot_data.state.chats.save(group.id, ChatSettings("de"))
    bot.api.member_update(group, status, by=alice)
    await until_handled(bot)
    assert await bot.gone_from(group)
    assert await bot.application.bot_data.state.chats.settings(group.id) == ChatSettings("de")
    assert bot.api.replies(group) == []


async def test_blocked_and_unblocked(bot: Bot) -> None:
    """A person who blocks the bot is gone until they unblock it, and is not told anything."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    bot.api.member_update(chat, "kicked", by=alice)
    await until_handled(bot)
    assert await bot.gone_from(chat)
    bot.api.member_update(chat, "member", by=alice)
    await until_handled(bot)
    assert not await bot.gone_from(chat)
    assert bot.api.replies(chat) == []


async def test_a_channel(bot: Bot) -> None:
    """A channel gets no hello: nobody can ask there."""
    channel = bot.api.channel("Daily Example")
    bot.api.member_update(channel, "administrator", by=bot.api.user("Alice"))
    assert await bot.said_nothing(channel)


async def filled(bot: Bot, group: Chat) -> None:
    """Gives a group an article, settings and a question."""
    await bot.news.add([STORY], scope=chat_scope(group.id))
    state = bot.application.bot_data.state
    await state.chats.save(group.id, ChatSettings("de", who_adds="admins"))
    await state.usage.take_question(1, group.id, Limits(per_chat=1), datetime.now(UTC), "UTC")


async def check_moved(bot: Bot, old: int, new: int) -> None:
    """Everything is found under the new id, and nothing under the old one."""
    state = bot.application.bot_data.state
    assert await state.chats.settings(new) == ChatSettings("de", who_adds="admins")
    assert await state.chats.settings(old) == ChatSettings()
    assert await bot.news.count(visible_scopes(new)) == 1
    assert await bot.news.count(Scopes.of(chat_scope(old))) == 0
    refusal = await state.usage.take_question(1, new, Limits(per_chat=1), datetime.now(UTC), "UTC")
    assert refusal is not None


async def test_a_group_becomes_a_supergroup(bot: Bot) -> None:
    """Articles, settings and the day's count move along; nobody is greeted again."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    await filled(bot, group)
    supergroup = bot.api.migrate(group)
    await until_handled(bot)
    await check_moved(bot, group.id, supergroup.id)
    bot.api.member_update(supergroup, "member", by=alice)
    assert await bot.said_nothing(supergroup)


def _service(bot: Bot, chat: Chat, sender: User, **what: int) -> None:
    message = Message(chat, chat.take_id(), sender, service=dict(what))
    bot.api.state.updates.add("message", bot.api.state.store(message).json())


@pytest.mark.parametrize("told", ["to", "from", "from to", "to to from from"])
async def test_either_end_may_tell_it(bot: Bot, told: str) -> None:
    """One of the two service messages is enough, in any order, and hearing it again changes nothing."""
    alice = bot.api.user("Alice")
    group, supergroup = bot.api.group("News room", members=[alice]), bot.api.supergroup("News room", members=[alice])
    await filled(bot, group)
    for end in told.split():
        if end == "to":
            _service(bot, group, alice, migrate_to_chat_id=supergroup.id)
        else:
            _service(bot, supergroup, alice, migrate_from_chat_id=group.id)
    await until_handled(bot)
    await check_moved(bot, group.id, supergroup.id)


async def test_moved_from_several_sides_at_once(bot: Bot) -> None:
    """The sending side may move a chat at the same moment as the messages that tell of it."""
    group, supergroup = bot.api.group("News room"), bot.api.supergroup("News room")
    await filled(bot, group)
    await asyncio.gather(
        *(AskContext(bot.application).move_chat(group.id, supergroup.id) for _ in range(4)),
    )
    await check_moved(bot, group.id, supergroup.id)


@pytest.mark.parametrize("service", [False, True], ids=["reply alone", "service messages too"])
async def test_a_reply_finds_that_the_group_has_moved(bot: Bot, service: bool) -> None:
    """A reply that meets the new id moves all that the service messages do, once, whether or not they come as well."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    await filled(bot, group)
    digests, plan = bot.application.bot_data.state.digests, DigestPlan("fri", "20:00")
    await digests.change(group.id, None, lambda _: plan)
    updates = bot.api.state.updates
    if service:
        asked = bot.api.say(group, alice, "/help")
        supergroup = bot.api.migrate(group)
    else:
        supergroup = bot.api.supergroup("News room", members=[alice])
        group.migrated_to = supergroup
        message = Message(group, group.take_id(), alice, text="/help")
        asked = bot.api.state.store(message)
        updates.add("message", {**message.json(), "entities": [{"type": "bot_command", "offset": 0, "length": 5}]})
    reply = await bot.api.wait_for_message(supergroup)
    await until_handled(bot)
    assert bot.api.replies(supergroup) == [reply]
    assert bot.api.replies(asked.chat) == []
    await check_moved(bot, group.id, supergroup.id)
    assert [(one.chat_id, one.plan) for one in await digests.wanted()] == [(supergroup.id, plan)]
