"""/new: the next question stands alone."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import Update

from bot.context import AskContext
from bot.replies import Reply
from bot.sending import send


async def start_over(update: Update, context: AskContext) -> None:
    """/new forgets what was said before in this chat and topic.

    In a group there is nothing to forget: only a reply continues a conversation there. So a /new that replies to the
    bot gets a message to reply to, which begins one, and any other an explanation.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    place = incoming.place
    if incoming.private:
        await context.state.conversations.start_over(place.chat_id, place.thread_id, datetime.now(UTC))
        text = context.words("conversation-new")
    elif incoming.answers_me:
        text = context.words("conversation-new-thread")
    else:
        text = context.words("conversation-in-groups")
    await send(context, place, Reply.text(text))
