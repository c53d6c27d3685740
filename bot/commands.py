"""The bot's commands: one table for /help and Telegram's menus, by language and by who sees them."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

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
    "status",
    "help",
)
_FOR_ADMINS = {"feeds", "remove", "settings"}
_FOR_OWNERS = {"status"}


def commands(words: Words, *, private: bool, admin: bool, owner: bool = False) -> list[BotCommand]:
    """What a person can do in a private chat, or in a group where they are an admin or not; `owner` is the bot's."""
    hidden = (set() if private or admin else _FOR_ADMINS) | (set() if owner else _FOR_OWNERS)
    names = [name for name in NAMES if name not in hidden]
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
            _publish(application.bot, scope, code, commands(words_of(code), private=private, admin=admin))
            for scope, private, admin in menus
            for code in languages()
        )
    )
    if failed := [reason for reason in reasons if reason is not None]:
        log.warning("command menus not set", failed=len(failed), of=len(reasons), reason=failed[0])
    for user_id in sorted(application.bot_data.settings.admin_user_ids):
        await publish_owner_menu(application.bot, user_id)


async def publish_owner_menu(bot: ExtBot[Any], user_id: int) -> None:
    """Fills the menu of an owner's private chat with the bot; one who never wrote to it has none yet, and gets it then.

    It hides the menu of all private chats there, so it has all of it.
    """
    scope = BotCommandScopeChat(user_id)  # a private chat has its user's id
    menus = ((code, commands(words_of(code), private=True, admin=True, owner=True)) for code in languages())
    reasons = await asyncio.gather(*(_publish(bot, scope, code, menu) for code, menu in menus))
    if failed := [reason for reason in reasons if reason is not None]:
        log.info("an owner has no menu with /status before a /start", user=user_id, reason=failed[0])


async def _publish(bot: ExtBot[Any], scope: BotCommandScope, code: str, menu: list[BotCommand]) -> str | None:
    """Sets one menu and returns why it could not be, if so; the default language's is for all others as well."""
    language = None if code == DEFAULT else code
    try:
        await bot.set_my_commands(menu, scope=scope, language_code=language)
    except TelegramError as error:
        return error.message
    return None
