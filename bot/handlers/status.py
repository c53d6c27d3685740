"""/status: how the bot is doing, for its owners."""

from __future__ import annotations

from datetime import UTC, datetime

from telegram import Update

from bot.context import AskContext
from bot.days import day_of
from bot.handlers.help import unknown
from bot.overview import Overview, read_overview
from bot.replies import Reply
from bot.sending import send
from bot.words import Said, Words
from index.index_status import IndexStatus


async def status(update: Update, context: AskContext) -> None:
    """Tells an owner what there is and what is wrong; to others it is a command that does not exist.

    Raises:
        StoreError: when the records cannot be read.
    """
    if not update.message:
        return
    incoming = context.read(update.message)
    if incoming.user_id not in context.settings.admin_user_ids:
        if incoming.private:
            await unknown(update, context)
        return
    database = context.state.database
    await context.problems.keep(database)
    today = day_of(datetime.now(UTC), context.settings.timezone)
    overview = await database.run(lambda connection: read_overview(connection, today))
    text = status_text(await context.news.status(), overview, context.words)
    await send(context, incoming.place, Reply.text(text))


def status_text(index: IndexStatus, overview: Overview, words: Words) -> Said:
    """The lines, with what is wrong behind what there is."""
    lines = [
        words("status-articles", articles=index.articles, passages=index.chunks),
        words("status-models", chat=index.chat_model, embedding=index.embedding_model),
        words("status-feeds", feeds=overview.feeds, failing=overview.failing, paused=overview.paused),
        words("status-queue", waiting=overview.waiting),
        words("status-today", questions=overview.questions, cost=f"{overview.cost_usd:.2f}"),
        words("status-wrong" if index.problems else "status-fine"),
        *(words.foreign(f"– {line}") for line in index.problems),
    ]
    if overview.problems:
        lines.append(words("status-log"))
        lines += [words.foreign(f"– {one.at:%Y-%m-%d %H:%M} UTC: {one.line}") for one in overview.problems]
    return Said("\n".join(lines))
