"""Listening in groups that want summaries of their talk; nothing is said, and elsewhere nothing is kept."""

from __future__ import annotations

import structlog
from telegram import Message, Update
from telegram.constants import ChatType

from bot.context import AskContext
from bot.incoming import Me
from bot.talk_messages import first_writer, talk_message
from index.errors import StoreError

log = structlog.get_logger(__name__)

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


async def note_message(update: Update, context: AskContext) -> None:
    """Keeps what was said, or its edited form when the first one was kept.

    What somebody wrote who opted out stays out, also when somebody else forwards it.
    """
    message = update.message or update.edited_message
    if message is None or message.chat.type not in _GROUPS or not context.chat_settings.talk:
        return
    try:
        await _note(message, context, edited=update.message is None)
    except StoreError as error:
        log.warning("a message is not in the log", chat=message.chat_id, reason=str(error))


async def _note(message: Message, context: AskContext, *, edited: bool) -> None:
    kept, chat_id = context.state.messages, message.chat_id
    if edited and not await kept.knows(chat_id, message.message_id):
        return
    said = talk_message(message, Me(context.bot.id, context.bot.username))
    writer = first_writer(message)
    if said is not None and (writer is None or not await kept.is_out(writer, chat_id)):
        await kept.store(chat_id, [said])
    elif edited:
        await kept.remove(chat_id, message.message_id)
