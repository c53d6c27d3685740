"""/forget, /optout and /optin: what a person wrote leaves the groups' logs, and stays out of them."""

from __future__ import annotations

import structlog
from telegram import Update

from bot.context import AskContext
from bot.message_log import EVERYWHERE
from bot.replies import Reply
from bot.sending import send
from bot.talk_messages import author_of

log = structlog.get_logger(__name__)


async def forget(update: Update, context: AskContext) -> None:
    """/forget removes what the sender wrote in this group; in a private chat, in all groups.

    Raises:
        StoreError: when the records fail.
    """
    author = author_of(update.message) if update.message else None
    if update.message is None or author is None:
        return
    incoming = context.read(update.message)
    chat_id = None if incoming.private else incoming.place.chat_id
    count = await context.state.messages.forget_person(author, chat_id)
    await send(context, incoming.place, Reply.text(context.words("privacy-forgotten", count=count)))
    log.info("a person's messages were forgotten", chat=incoming.place.chat_id, messages=count)


async def opt_out(update: Update, context: AskContext) -> None:
    """/optout removes them as well, and keeps out what the sender writes from now on.

    Raises:
        StoreError: when the records fail.
    """
    await _set(update, context, out=True)


async def opt_in(update: Update, context: AskContext) -> None:
    """/optin lets what the sender writes in again.

    Raises:
        StoreError: when the records fail.
    """
    await _set(update, context, out=False)


async def _set(update: Update, context: AskContext, *, out: bool) -> None:
    author = author_of(update.message) if update.message else None
    if update.message is None or author is None:
        return
    incoming, kept = context.read(update.message), context.state.messages
    chat_id = EVERYWHERE if incoming.private else incoming.place.chat_id
    await kept.set_opt_out(author, chat_id, out=out)
    if out:
        await kept.forget_person(author, None if incoming.private else chat_id)
        line = "privacy-out-private" if incoming.private else "privacy-out-group"
    elif await kept.is_out(author, chat_id):
        line = "privacy-still-out"
    else:
        line = "privacy-in-private" if incoming.private else "privacy-in-group"
    await send(context, incoming.place, Reply.text(context.words(line)))
    log.info("a person opted out of the log" if out else "a person is in the log again", chat=incoming.place.chat_id)
