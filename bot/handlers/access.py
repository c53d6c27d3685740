"""Who may use the bot."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.context import AskContext
from bot.replies import Reply
from bot.sending import send
from bot.settings import Settings

log = structlog.get_logger(__name__)

_PRIVATE_BOT = "Sorry, this bot is private. Its owner can let you in; your Telegram id is {user_id}."


def is_allowed(settings: Settings, chat_id: int, user_id: int | None, *, private: bool) -> bool:
    """Whether this user may use the bot in this chat.

    In private the user must be on the list of users. A group that is on the list of groups is open to all its
    members; where all groups are allowed (`*`), the list of users decides there too. Admins always may.
    """
    users, groups = settings.allowed_telegram_user_ids, settings.allowed_telegram_group_ids
    if user_id in settings.admin_user_ids:
        return True
    if not private and groups is not None:
        return chat_id in groups
    return users is None or user_id in users


async def gate(update: Update, context: AskContext) -> None:
    """Stops the updates of strangers: without a word in groups, with one line in private.

    Raises:
        ApplicationHandlerStop: when the update is a stranger's.
    """
    chat, user = update.effective_chat, update.effective_user
    private = chat is None or chat.type == ChatType.PRIVATE
    user_id = user.id if user else None
    if is_allowed(context.settings, chat.id if chat else 0, user_id, private=private):
        return
    log.info("update of a stranger ignored", chat=chat.id if chat else None)
    if private and update.message:
        reply = Reply.text(_PRIVATE_BOT.format(user_id=user_id))
        await send(context.bot, context.read(update.message).place, reply)
    raise ApplicationHandlerStop
