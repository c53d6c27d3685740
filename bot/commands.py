"""The bot's commands: one table for /help, Telegram's menus and the handlers."""

from __future__ import annotations

import structlog
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.context import BotApplication

log = structlog.get_logger(__name__)

# Shown in this order; a description is at most 256 characters.
COMMANDS = (
    BotCommand("ask", "ask about the news: /ask How many rockets hit?"),
    BotCommand("add", "add a link, a text, a file, or the message you reply to"),
    BotCommand("sources", "list the articles I answer from"),
    BotCommand("help", "what I can do"),
    BotCommand("start", "what I am"),
)
_MENU = tuple(command for command in COMMANDS if command.command != "start")


async def publish_commands(application: BotApplication) -> None:
    """Fills the command menus; without them the bot works all the same."""
    try:
        await application.bot.set_my_commands(_MENU, scope=BotCommandScopeAllPrivateChats())
        await application.bot.set_my_commands(_MENU, scope=BotCommandScopeAllGroupChats())
    except TelegramError as error:
        log.warning("command menus not set", reason=error.message)
