"""/timeline: what happened on a subject, day by day."""

from __future__ import annotations

from telegram import Update

from bot.context import AskContext, visible_scopes
from bot.replies import Reply
from bot.sending import send, typing
from bot.summary_replies import timeline_reply

_LONGEST = 300


async def timeline(update: Update, context: AskContext) -> None:
    """/timeline SUBJECT.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    subject = incoming.question[:_LONGEST].strip()
    if not subject:
        await send(context, incoming.place, Reply.text(context.words("timeline-which")))
        return
    async with typing(context, incoming.place):
        found = await context.summaries.timeline(subject, visible_scopes(incoming.place.chat_id))
        await send(context, incoming.place, timeline_reply(found, context.words))
