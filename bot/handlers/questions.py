"""/ask, and every message that asks without it."""

from __future__ import annotations

import structlog
from telegram import Update

from bot.context import AskContext, visible_scopes
from bot.incoming import Incoming
from bot.replies import Reply, answer_reply
from bot.sending import send, typing

log = structlog.get_logger(__name__)

_HINT = "What would you like to know? Write it after the command, like this: /ask How many rockets hit?"


async def ask(update: Update, context: AskContext) -> None:
    """/ask QUESTION; without words, as a reply, it asks what the other message says."""
    if update.message:
        await answer(context.read(update.message), context)


async def answer(incoming: Incoming, context: AskContext) -> None:
    """One reply to one question, from the articles this chat may see.

    Raises:
        NewsIndexError: when the question or the store is at fault; its text is for the asker.
    """
    question = incoming.question
    if not question and incoming.reply and not incoming.answers_me:
        question = incoming.reply.question
    place = incoming.place
    if not question:
        await send(context.bot, place, Reply.text(_HINT))
        return
    async with typing(context.bot, place):
        found = await context.news.ask(question, visible_scopes(place.chat_id), asked_at=incoming.author.posted_at)
        await send(context.bot, place, answer_reply(found))
    log.info(
        "question answered",
        chat=place.chat_id,
        status=found.status.value,
        citations=len(found.citations),
        model=found.model,
        total_ms=round(found.timings.total_ms),
    )
