"""/ask, and every message that asks without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Update

from bot.charging import budget_line, give_back, may_spend, note_cost, refusal_of
from bot.context import AskContext, visible_scopes
from bot.inbox import Kind
from bot.incoming import Incoming
from bot.replies import Reply, answer_reply
from bot.running import StoppedError
from bot.sending import send, typing
from bot.streaming import Stream, streaming
from index.types import Answer, Turn

log = structlog.get_logger(__name__)

# A question that waited longer than this, because the bot was away, is too old to be answered out of the blue.
LATE = timedelta(minutes=15)


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
    if not question:
        await send(context, incoming.place, Reply.text(context.words("question-hint")))
        return
    with context.tracing.work("question", context.update_id):
        await _answer_or_refuse(incoming, question, context, datetime.now(UTC))


async def _answer_or_refuse(incoming: Incoming, question: str, context: AskContext, now: datetime) -> None:
    if _is_late(incoming, context, now):
        await _apologise(incoming, context, now)
    elif refusal := await refusal_of(incoming, context, now):
        context.ended("refused")
        await send(context, incoming.place, Reply.text(refusal))
    else:
        await _answer(incoming, question, context, now)


def _is_late(incoming: Incoming, context: AskContext, now: datetime) -> bool:
    """By how long it waited here, when it came as soon as it was asked; else by the clock, which may be wrong."""
    waited = context.bot_data.arrivals.waited_s(context.update_id)
    if waited is not None:
        return waited > LATE.total_seconds()
    posted_at = incoming.author.posted_at
    return posted_at is not None and now - posted_at > LATE


async def _answer(incoming: Incoming, question: str, context: AskContext, now: datetime) -> None:
    place, words = incoming.place, context.words
    history = await context.state.conversations.history(incoming, now)
    async with (
        typing(context, place),
        streaming(context.outbox, place, words, private=incoming.private) as stream,
    ):
        try:
            found = await _find(incoming, question, history, stream, context, now)
        except StoppedError:
            context.ended("stopped")
            await stream.finish(Reply.text(words("question-stopped")))
            log.info("question stopped", chat=place.chat_id)
            return
        settings = context.chat_settings
        reply = answer_reply(found, words, sources=settings.sources, length=settings.length)
        with context.tracing.part("reply"):
            ids = await stream.finish(reply)
    note = context.state.conversations.note(incoming, ids, _turn(found), datetime.now(UTC))
    await context.state.inbox.noting(note)
    log.info(
        "question answered",
        chat=place.chat_id,
        status=found.status.value,
        citations=len(found.citations),
        model=found.model,
        total_ms=round(found.timings.total_ms),
    )


async def _find(
    incoming: Incoming, question: str, history: Sequence[Turn], stream: Stream, context: AskContext, now: datetime
) -> Answer:
    """Asks the index, within the day's budget, until it answers or the asker stops it."""
    place = incoming.place
    try:
        affordable = await may_spend(context, now)
        work = context.news.ask(
            question,
            visible_scopes(place.chat_id),
            asked_at=incoming.author.posted_at,
            history=history,
            on_progress=stream.show,
            use_model=affordable,
        )
        with context.tracing.part("answer"):
            found = await context.running.run(context.update_id, place.chat_id, incoming.user_id, work)
            context.tracing.answered(found)
    except StoppedError:
        raise
    except Exception:
        context.ended("failed")
        await give_back(incoming, context, now)
        raise
    await note_cost(found, context, now)
    return found if affordable else replace(found, notice=budget_line(context, now))


async def _apologise(incoming: Incoming, context: AskContext, now: datetime) -> None:
    """One line for all questions of a chat that came too late."""
    context.ended("late")
    if not await context.state.inbox.apologised_since(incoming.place.chat_id, now - LATE):
        await context.outbox.send(incoming.place, Reply.text(context.words("question-late")), Kind.APOLOGY)
    log.info("question too old", chat=incoming.place.chat_id)


def _turn(found: Answer) -> Turn:
    return Turn(found.understood_as or found.question, found.short_answer)
