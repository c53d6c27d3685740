"""What the bot does by the clock: it sends digests, and forgets what it need not keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.article_replies import digest_reply
from bot.chats import ChatSettings
from bot.context import AskContext, BotApplication, chat_scope, visible_scopes
from bot.digests import due_time
from bot.incoming import Place
from bot.words import words_of
from index.errors import StoreError

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=1)
_FIRST = timedelta(minutes=1)
_DIGESTS_EVERY = timedelta(minutes=1)
_LISTED, _MOST = 10, 1000


def start_jobs(application: BotApplication) -> None:
    """Plans the jobs; they end with the application."""
    jobs = application.job_queue
    assert jobs is not None  # noqa: S101 - the builder makes one
    jobs.run_repeating(tidy_up, _EVERY, first=_FIRST, name="tidy up")
    jobs.run_repeating(send_digests, _DIGESTS_EVERY, first=_FIRST, name="digests")


async def send_digests(context: AskContext) -> None:
    """Sends the digests that are due, each once; a chat without news gets none."""
    now = datetime.now(UTC)
    try:
        for chat_id, settings in (await context.state.chats.with_digest()).items():
            due = due_time(settings.digest_at or "", now, context.settings.timezone)
            since = await context.state.digests.take(chat_id, due, now) if due else None
            if since:
                await _send_digest(context, chat_id, settings, since)
    except (StoreError, TelegramError) as error:
        log.warning("digests failed", reason=type(error).__name__)


async def _send_digest(context: AskContext, chat_id: int, settings: ChatSettings, since: datetime) -> None:
    """Lists what came into a chat's collections since its last digest."""
    new = await context.news.articles(visible_scopes(chat_id), limit=_MOST, added_after=since)
    if new:
        words = words_of(settings.language)
        await context.outbox.send(Place(chat_id), digest_reply(new[:_LISTED], words, len(new)))
        log.info("digest sent", chat=chat_id, articles=len(new))


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
                await state.digests.forget(chat_id)
                await state.chats.forget(chat_id)
                log.info("a chat that was left is forgotten", chat=chat_id)
    except StoreError as error:
        log.warning("tidying up failed", reason=str(error))


async def _is_over(chat_id: int, context: AskContext, now: datetime) -> bool:
    """Whether a chat that the bot has left was kept for as long as it was to be."""
    own = (await context.state.chats.settings(chat_id)).retention_days
    days = context.settings.message_retention_days if own is None else own
    return chat_id in await context.state.chats.left_before(now - timedelta(days=days))
