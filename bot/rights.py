"""Who may decide for a group: its admins, and the bot's owners."""

from __future__ import annotations

import structlog
from telegram import Message
from telegram.constants import ChatID, ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.context import AskContext
from bot.incoming import Incoming

log = structlog.get_logger(__name__)

_ADMINS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


async def is_admin(chat_id: int, user_id: int, context: AskContext) -> bool:
    """Whether a person is an admin of a group at this moment, or an owner of the bot; no when Telegram won't tell.

    Raises:
        TelegramError: when Telegram cannot be reached.
    """
    if user_id in context.settings.admin_user_ids:
        return True
    try:
        member = await context.bot.get_chat_member(chat_id, user_id)
    except (BadRequest, Forbidden) as error:
        log.info("not known whether an admin", chat=chat_id, reason=error.message)
        return False
    return member.status in _ADMINS


async def is_by_admin(message: Message, context: AskContext) -> bool:
    """Whether an admin of the group wrote a message, under their own name or as the group itself.

    Raises:
        TelegramError: when Telegram cannot be reached.
    """
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id
    return message.from_user is not None and await is_admin(message.chat_id, message.from_user.id, context)


async def may_change(incoming: Incoming, context: AskContext) -> bool:
    """Whether the sender may change what the chat has: anybody in private, an admin in a group.

    Raises:
        TelegramError: when Telegram cannot be reached.
    """
    if incoming.private or incoming.user_id == ChatID.ANONYMOUS_ADMIN:  # Telegram's stand-in for an admin
        return True
    return incoming.user_id is not None and await is_admin(incoming.place.chat_id, incoming.user_id, context)


async def may_add(incoming: Incoming, context: AskContext) -> bool:
    """Whether the sender may add articles to the chat.

    Raises:
        TelegramError: when Telegram cannot be reached.
    """
    return context.chat_settings.who_adds == "everyone" or await may_change(incoming, context)
