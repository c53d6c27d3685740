"""Where the bot is: added, removed, blocked, or moved along when a group becomes a supergroup."""

from __future__ import annotations

import structlog
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.context import AskContext
from bot.handlers.access import is_admitted
from bot.incoming import Place
from bot.replies import Reply
from bot.sending import send
from bot.words import Said

log = structlog.get_logger(__name__)

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_ADMINS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}
_PRESENT = {*_ADMINS, ChatMemberStatus.MEMBER}


async def membership(update: Update, context: AskContext) -> None:
    """Notes that the bot was added, removed, blocked or unblocked; where it is new in a group, it says hello."""
    change = update.my_chat_member
    if change is None:
        return
    chat, chats = change.chat, context.state.chats
    if not _is_present(change.new_chat_member):
        await chats.left(chat.id)
        log.info("the bot is out of a chat", chat=chat.id, kind=chat.type)
    elif chat.type == ChatType.PRIVATE:
        await chats.came_back(chat.id)
    elif chat.type in _GROUPS and await chats.joined(chat.id, chat.type):
        log.info("the bot is in a chat", chat=chat.id, kind=chat.type)
        if not _is_present(change.old_chat_member) and await is_admitted(update, context):
            await _say_hello(change, context)


async def migration(update: Update, context: AskContext) -> None:
    """The service messages of a group that became a supergroup, one at each end; either may come first, or alone."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await context.move_chat(message.chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await context.move_chat(message.migrate_from_chat_id, message.chat_id)


async def _say_hello(change: ChatMemberUpdated, context: AskContext) -> None:
    """What the bot reads and keeps and how to ask it; once in a chat, what Telegram's privacy mode means."""
    chat_id, words = change.chat.id, context.words
    lines = [words("membership-hello", name=Said(f"@{context.bot.username}")), words("membership-keeps")]
    sees_all = context.bot.can_read_all_group_messages or change.new_chat_member.status in _ADMINS
    if not sees_all and await context.state.chats.first_time(chat_id, "privacy mode"):
        lines.append(words("membership-privacy-mode"))
    await send(context, Place(chat_id), Reply.text("\n\n".join(lines)))


def _is_present(member: ChatMember) -> bool:
    return member.status in _PRESENT or (isinstance(member, ChatMemberRestricted) and member.is_member)
