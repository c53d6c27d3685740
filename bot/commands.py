"""The bot's commands: one table for /help and Telegram's menus, by language and by who sees them."""

from __future__ import annotations

import asyncio

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.context import BotApplication
from bot.words import DEFAULT, Words, languages, words_of

log = structlog.get_logger(__name__)

# Shown in this order; a description, `commands-…` in the catalogues, has at most 256 characters. /start is not shown:
# Telegram has a button for it.
NAMES = (
    "ask",
    "new",
    "cancel",
    "summary",
    "digest",
    "timeline",
    "catchup",
    "add",
    "feeds",
    "sources",
    "remove",
    "forget",
    "optout",
    "optin",
    "settings",
    "help",
)
_FOR_ADMINS = {"feeds", "remove", "settings"}


def commands(words: Words, *, private: bool, admin: bool) -> list[BotCommand]:
    """What a person can do in a private chat, or in a group where they are an admin or not."""
    names = [name for name in NAMES if private or admin or name not in _FOR_ADMINS]
    return [BotCommand(name, words(f"commands-{name}")) for name in names]


async def publish_commands(application: BotApplication) -> None:
    """Fills the command menus in all languages; without them the bot works all the same."""
    menus = (
        (BotCommandScopeAllPrivateChats(), True, False),
        (BotCommandScopeAllGroupChats(), False, False),
        (BotCommandScopeAllChatAdministrators(), False, True),
    )
    reasons = await asyncio.gather(
        *(
            _publish(application, scope, code, commands(words_of(code), private=private, admin=admin))
            for scope, private, admin in menus
            for code in languages()
        )
    )
    if failed := [reason for reason in reasons if reason is not None]:
        log.warning("command menus not set", failed=len(failed), of=len(reasons), reason=failed[0])


async def _publish(
    application: BotApplication, scope: BotCommandScope, code: str, menu: list[BotCommand]
) -> str | None:
    """Sets one menu and returns why it could not be, if so; the default language's is for all others as well."""
    language = None if code == DEFAULT else code
    try:
        await application.bot.set_my_commands(menu, scope=scope, language_code=language)
    except TelegramError as error:
        return error.message
    return None
