"""What the bot does by the clock: it forgets what it need not keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog

from bot.context import AskContext, BotApplication, chat_scope
from index.errors import StoreError

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=1)
_FIRST = timedelta(minutes=1)


def start_jobs(application: BotApplication) -> None:
    """Plans the jobs; they end with the application."""
    jobs = application.job_queue
    assert jobs is not None  # noqa: S101 - the builder makes one
    jobs.run_repeating(tidy_up, _EVERY, first=_FIRST, name="tidy up")


async def tidy_up(context: AskContext) -> None:
    """Drops what is older than it may be: handled updates, conversations, counts, and chats that the bot has left."""
    now = datetime.now(UTC)
    state = context.state
    try:
        await state.inbox.purge(now)
        await state.conversations.purge(now)
        await state.usage.purge(now)
        for chat_id in await state.chats.left_before(now):
            if await _is_over(chat_id, context, now):
                await context.news.remove_scope(chat_scope(chat_id))
                await state.conversations.forget(chat_id)
                await state.chats.forget(chat_id)
                log.info("a chat that was left is forgotten", chat=chat_id)
    except StoreError as error:
        log.warning("tidying up failed", reason=str(error))


async def _is_over(chat_id: int, context: AskContext, now: datetime) -> bool:
    """Whether a chat that the bot has left was kept for as long as it was to be."""
    own = (await context.state.chats.settings(chat_id)).retention_days
    days = context.settings.message_retention_days if own is None else own
    return chat_id in await context.state.chats.left_before(now - timedelta(days=days))
