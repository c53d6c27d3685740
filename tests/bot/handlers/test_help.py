"""/start and /help."""

from __future__ import annotations

import re

import pytest
from telegram import Update
from telegram.ext import CommandHandler

from bot.context import AskContext
from bot.handlers.help import help_text
from bot.words import languages, words_of
from tests.bot.harness import Bot


@pytest.mark.parametrize("code", languages())
async def test_start_and_help(bot: Bot, code: str) -> None:
    """In the user's language /start says what the bot is, with a question to try; /help lists the commands."""
    words = words_of(code)
    alice = bot.api.user("Alice", language_code=code)
    chat = bot.api.private_chat(alice)
    begun = (await bot.reply_to(bot.api.say(chat, alice, "/start"))).text
    assert begun == words("help-start")
    assert "?" in begun or "؟" in begun
    assert (await bot.reply_to(bot.api.say(chat, alice, "/help"))).text == help_text(words, private=True)


async def test_every_handled_command_is_listed(bot: Bot) -> None:
    """The commands in /help are the registered ones, each once; /start is a button, /status is for the owners."""
    handlers = [handler for group in bot.application.handlers.values() for handler in group]
    registered = {name for handler in handlers if isinstance(handler, CommandHandler) for name in handler.commands}
    for private in (True, False):
        listed = re.findall(r"^/(\w+) – \S", help_text(words_of("en"), private=private), re.MULTILINE)
        assert sorted([*listed, "start", "status"]) == sorted(registered)


async def test_unknown_command(bot: Bot) -> None:
    """An unknown command in private gets a pointer to /help; another bot's, and one in a group, get none."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    reply = await bot.reply_to(bot.api.say(chat, alice, "/weather in Baghdad"))
    assert "/help" in reply.text
    group = bot.api.group("News room", members=[alice])
    bot.api.say(group, alice, "/weather")
    bot.api.say(chat, alice, "/ask@other_bot How many?")
    await bot.api.settle()
    assert bot.api.replies(group) == []
    assert len(bot.api.replies(chat)) == 1


async def test_words_for_nothing(bot: Bot) -> None:
    """A private message without text, such as a file of an unknown kind, is told what can be read."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    message = bot.api.forward(chat, alice, "  x ", from_name="Somebody")
    reply = await bot.reply_to(message)
    assert len(reply.text.splitlines()) == 1


async def test_only_messages_and_buttons_reach_handlers(bot: Bot) -> None:
    """An update of another kind is passed over without an error."""
    context = AskContext(bot.application)
    assert context.news is bot.news
    await bot.application.process_update(Update(1))
    await bot.api.settle()
    assert bot.api.calls("sendMessage") == []
