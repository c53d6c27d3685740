"""/start, /help, menus."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import CommandHandler

from bot.commands import COMMANDS, publish_commands
from bot.context import AskContext
from bot.handlers.help import HELP, START
from tests.bot.harness import Bot


async def test_start_and_help(bot: Bot) -> None:
    """/start says in a few lines what the bot is, with a question to try; /help lists the commands."""
    alice = bot.api.user("Alice")
    chat = bot.api.private_chat(alice)
    assert (await bot.reply_to(bot.api.say(chat, alice, "/start"))).text == START
    assert (await bot.reply_to(bot.api.say(chat, alice, "/help"))).text == HELP
    assert "?" in START


async def test_every_handled_command_is_listed(bot: Bot) -> None:
    """The commands in /help are exactly the registered ones, each once."""
    handlers = [handler for group in bot.application.handlers.values() for handler in group]
    registered = {name for handler in handlers if isinstance(handler, CommandHandler) for name in handler.commands}
    assert sorted(command.command for command in COMMANDS) == sorted(registered)
    assert sorted(re.findall(r"^/(\w+)", HELP, re.MULTILINE)) == sorted(registered)


async def test_menus(bot: Bot) -> None:
    """The menus of private chats and groups are set at the start, and a refusal is no failure."""
    await publish_commands(bot.application)
    scopes = {call.params["scope"]["type"] for call in bot.api.calls("setMyCommands")}
    assert scopes == {"all_private_chats", "all_group_chats"}
    bot.api.fail(method="setMyCommands", status=400, description="Bad Request: no")
    await publish_commands(bot.application)


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
