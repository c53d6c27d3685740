"""Delivery: limits, refusals, and chats that take no message."""

from __future__ import annotations

import pytest

from index.types import Answer, Status
from tests.bot.harness import QUESTION, Bot, Scripted, declined, running_bot
from tests.helpers.bot_api.server import FakeBotApi


async def test_flood_control(bot: Bot) -> None:
    """When Telegram says to wait, the reply comes afterwards, once."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    fault = bot.api.flood(method="sendMessage", retry_after=1)
    await bot.reply_to(bot.api.say(chat, alice, QUESTION))
    await bot.api.settle()
    assert fault.times == 0
    assert len(bot.api.replies(chat)) == 1


async def test_typing_that_fails_is_no_failure(api: FakeBotApi) -> None:
    """A refused typing action changes nothing about the reply, and is not waited for."""
    fault = api.flood(method="sendChatAction", retry_after=30)

    async def act(question: str) -> Answer:
        await api.wait_until(lambda: fault.times == 0)
        return declined(question)

    async with running_bot(api, Scripted(act)) as bot:
        alice = api.user("Alice")
        reply = await bot.reply_to(api.say(api.private_chat(alice), alice, QUESTION))
        assert "don't say" in reply.text


async def test_long_answers_are_split(api: FakeBotApi) -> None:
    """A long answer comes as several messages in the same topic, the first one as the reply, buttons at the end."""
    text = "Alpha beta gamma delta. " * 500

    async def act(question: str) -> Answer:
        return Answer(question, Status.ANSWERED, sentences=((text, ()),))

    async with running_bot(api, Scripted(act)):
        alice = api.user("Alice")
        forum = api.supergroup("News room", members=[alice], forum=True)
        topic = forum.topic("Baghdad")
        asked = api.say(forum, alice, "/ask Everything?", topic=topic)
        await api.settle()
        parts = api.replies(forum)
        assert len(parts) == 3
        assert [part.reply_to for part in parts] == [asked, None, None]
        assert all(part.topic is topic for part in parts)
        assert " ".join(part.text for part in parts) == text.strip()


async def test_deleted_question(api: FakeBotApi) -> None:
    """When the question is deleted meanwhile, the answer still comes."""

    async def act(question: str) -> Answer:
        asked.deleted = True
        return declined(question)

    async with running_bot(api, Scripted(act)) as bot:
        alice = api.user("Alice")
        asked = api.say(api.private_chat(alice), alice, QUESTION)
        assert (await bot.reply_to(asked)).reply_to is None


async def test_gateway_trouble(bot: Bot) -> None:
    """A gateway error is tried again and leads to one reply."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    bot.api.fail(method="sendMessage", status=502)
    await bot.reply_to(bot.api.say(chat, alice, QUESTION))
    await bot.api.settle()
    assert len(bot.api.replies(chat)) == 1


@pytest.mark.parametrize("trouble", ["blocked", "kicked", "closed"])
async def test_nobody_to_hear_it(api: FakeBotApi, trouble: str) -> None:
    """A reply that cannot be delivered is given up quietly, and the next chat is served."""

    async def act(question: str) -> Answer:
        if trouble == "blocked":
            api.block(alice)
        elif trouble == "kicked":
            api.kick(forum)
        else:
            topic.closed = True
        return declined(question)

    async with running_bot(api, Scripted(act)) as bot:
        alice, bob = api.user("Alice"), api.user("Bob")
        forum = api.supergroup("News room", members=[alice], forum=True)
        topic = forum.topic("Baghdad")
        if trouble == "blocked":
            chat = api.private_chat(alice)
            api.say(chat, alice, QUESTION)
        else:
            chat = forum
            api.say(forum, alice, f"/ask {QUESTION}", topic=topic)
        await api.settle()
        assert api.replies(chat) == []
        assert len(api.calls("sendMessage")) == 1
        assert (await bot.gone_from(chat)) == (trouble != "closed")
        bobs = api.private_chat(bob)
        assert await bot.reply_to(api.say(bobs, bob, "/help"))
