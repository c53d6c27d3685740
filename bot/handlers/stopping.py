"""/cancel, and the button under a message that is still being written."""

from __future__ import annotations

import re

from telegram import Update

from bot.context import AskContext
from bot.replies import Reply
from bot.rights import is_admin
from bot.sending import send
from bot.streaming import STOP_DATA

STOP_PATTERN = re.compile(rf"{STOP_DATA}(\d{{1,12}})\Z")


async def cancel(update: Update, context: AskContext) -> None:
    """/cancel: stops the sender's own question in this chat."""
    if update.message is None:
        return
    incoming = context.read(update.message)
    running = context.running.of(incoming.place.chat_id, incoming.user_id)
    if running is None or not context.running.stop(running):
        await send(context, incoming.place, Reply.text(context.words("nothing-to-stop")))


async def stop(update: Update, context: AskContext) -> None:
    """The button stops the question it stands under, for whoever asked it and for the admins of the group."""
    query = update.callback_query
    match = STOP_PATTERN.match(query.data or "") if query else None
    if query is None or match is None:
        return
    update_id, user_id = int(match[1]), query.from_user.id
    chat_id = query.message.chat.id if query.message else user_id
    # The data of a button can be forged: a question of another chat is none of theirs.
    if not context.running.is_in(update_id, chat_id):
        await query.answer()
    elif context.running.asked_by(update_id, user_id) or await is_admin(chat_id, user_id, context):
        context.running.stop(update_id)
        await query.answer()
    else:
        await query.answer(context.words("stop-not-yours"), show_alert=True)
