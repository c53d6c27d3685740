"""/new, in private and in groups."""

from __future__ import annotations

from datetime import UTC, datetime

import telegram

from bot.incoming import Incoming, Me, read_message
from index.types import Turn
from tests.bot.harness import Bot
from tests.helpers.bot_api.records import Message

TURN = Turn("How many rockets hit?", "three")


def incoming(bot: Bot, message: Message) -> Incoming:
    """A message as the bot reads it."""
    read = telegram.Message.de_json(message.json(), bot.application.bot)
    return read_message(read, Me(bot.api.bot.id, bot.api.bot.username or ""))


async def test_new_in_private(bot: Bot) -> None:
    """/new forgets what was said in this chat, says so in one line, and leaves other chats alone."""
    alice, bob = bot.api.user("Alice"), bot.api.user("Bob")
    kept = bot.application.bot_data.state.conversations
    hers, his = (bot.api.say(bot.api.private_chat(user), user, "/start") for user in (alice, bob))
    for asked in (hers, his):
        answer = await bot.reply_to(asked)
        await kept.note(incoming(bot, asked), [answer.id], TURN, datetime.now(UTC))
    new = bot.api.say(hers.chat, alice, "/new")
    reply = await bot.reply_to(new)
    assert reply.text == "A new start. What would you like to know?"
    assert reply.reply_to is new
    assert await kept.history(incoming(bot, new), datetime.now(UTC)) == []
    next_of_bob = bot.api.say(his.chat, bob, "/start")
    assert await kept.history(incoming(bot, next_of_bob), datetime.now(UTC)) == [TURN]


async def test_new_in_a_topic_of_a_private_chat_or_group(bot: Bot) -> None:
    """In a topic of a group, /new is answered in that topic."""
    alice = bot.api.user("Alice")
    forum = bot.api.supergroup("News room", members=[alice], forum=True)
    topic = forum.topic("Baghdad")
    reply = await bot.reply_to(bot.api.say(forum, alice, "/new", topic=topic))
    assert reply.topic is topic


async def test_new_in_a_group(bot: Bot) -> None:
    """In a group /new explains how a conversation goes on and ends there; other threads go on."""
    alice = bot.api.user("Alice")
    group = bot.api.supergroup("News room", members=[alice])
    kept = bot.application.bot_data.state.conversations
    asked = bot.api.say(group, alice, "/help")
    answer = await bot.reply_to(asked)
    await kept.note(incoming(bot, asked), [answer.id], TURN, datetime.now(UTC))
    reply = await bot.reply_to(bot.api.say(group, alice, "/new"))
    assert "reply to one of my answers continues" in reply.text
    assert "/ask" in reply.text
    follow_up = bot.api.say(group, alice, "And where?", reply_to=answer)
    assert await kept.history(incoming(bot, follow_up), datetime.now(UTC)) == [TURN]


async def test_new_in_a_thread_of_a_group(bot: Bot) -> None:
    """A /new that replies to an answer is followed by a message to reply to, which begins a conversation."""
    alice = bot.api.user("Alice")
    group = bot.api.group("News room", members=[alice])
    kept = bot.application.bot_data.state.conversations
    asked = bot.api.say(group, alice, "/help")
    answer = await bot.reply_to(asked)
    await kept.note(incoming(bot, asked), [answer.id], TURN, datetime.now(UTC))
    reply = await bot.reply_to(bot.api.say(group, alice, "/new", reply_to=answer))
    assert reply.text == "A new start. Reply to this message with your question."
    next_question = bot.api.say(group, alice, "Who won?", reply_to=reply)
    assert await kept.history(incoming(bot, next_question), datetime.now(UTC)) == []


async def test_new_in_the_users_language(bot: Bot) -> None:
    """The line is in the language of whoever wrote."""
    anna = bot.api.user("Anna", language_code="de")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(anna), anna, "/new"))
    assert reply.text.startswith("Neu angefangen.")
