"""What the bot does by the clock: it sends digests, and forgets what it need not keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import structlog
from telegram.error import TelegramError

from bot.context import AskContext, BotApplication, chat_scope
from bot.digests import WantedDigest
from bot.handlers.digest import digest_reply
from bot.incoming import Place
from bot.retention import trim_collections
from bot.words import words_of
from index.errors import ProviderError, StoreError

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=1)
_FIRST = timedelta(minutes=1)
_DIGESTS_EVERY = timedelta(minutes=1)
_PROBLEMS_EVERY = timedelta(minutes=1)
_FEEDS_EVERY = timedelta(minutes=1)
# What is being stored carries the time at which that began, so a digest ends a little before now.
_SETTLED = timedelta(seconds=15)


def start_jobs(application: BotApplication) -> None:
    """Plans the jobs; they end with the application."""
    jobs = application.job_queue
    assert jobs is not None  # noqa: S101 - the builder makes one
    jobs.run_repeating(tidy_up, _EVERY, first=_FIRST, name="tidy up")
    jobs.run_repeating(keep_problems, _PROBLEMS_EVERY, name="problems")
    # A round may take longer than a minute: the next one then waits for its turn, and one is enough.
    once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    jobs.run_repeating(send_digests, _DIGESTS_EVERY, first=_FIRST, name="digests", job_kwargs=once)
    jobs.run_repeating(poll_feeds, _FEEDS_EVERY, first=_FEEDS_EVERY, name="feeds", job_kwargs=once)


async def keep_problems(context: AskContext) -> None:
    """Writes the last warnings and errors down, for `askwire status`."""
    try:
        await context.problems.keep(context.state.database)
    except StoreError as error:
        log.info("problems not written down", cause=type(error.__cause__).__name__)


async def poll_feeds(context: AskContext) -> None:
    """Looks at the feeds whose time has come, also those whose time came while the bot was away."""
    try:
        reports = await context.feeds.poll()
    except (StoreError, ProviderError) as error:
        log.warning("feeds not taken in", reason=str(error))
        return
    if reports:
        added = sum(len(report.added) for report in reports)
        failed = sum(report.problem is not None for report in reports)
        context.metrics.looked_at_feeds(well=len(reports) - failed, failed=failed, articles=added)
        log.info("feeds looked at", feeds=len(reports), articles=added, failed=failed)


async def send_digests(context: AskContext) -> None:
    """Sends the digests that are due, each once; where nothing is new, none. One that fails holds up no other."""
    try:
        wanted = await context.state.digests.wanted()
    except StoreError as error:
        log.warning("digests failed", reason=str(error))
        return
    for digest in wanted:
        now = datetime.now(UTC)
        if since := digest.since(now, context.settings.timezone):
            try:
                await _send_digest(context, digest, since, now)
            except (StoreError, ProviderError, TelegramError) as error:
                log.warning("a digest failed", chat=digest.chat_id, reason=type(error).__name__)


async def _send_digest(context: AskContext, digest: WantedDigest, since: datetime, now: datetime) -> None:
    """Tells what came into a chat's collections between its last digest and now; nothing when that is nothing.

    It is made before it is taken, so that one that cannot be made now is tried again within its grace.
    """
    chat_id, state = digest.chat_id, context.state
    words = words_of((await state.chats.settings(chat_id)).language)
    with context.tracing.work("scheduled digest"):
        reply = await digest_reply(context, chat_id, since - _SETTLED, now - _SETTLED, words=words)
        if await state.digests.take(digest, now) and reply:
            await context.outbox.send(Place(chat_id, digest.topic_id), reply)
            log.info("digest sent", chat=chat_id, topic=digest.topic_id)


async def tidy_up(context: AskContext) -> None:
    """Drops what is older than it may be: handled updates, conversations, counts, articles, chats that were left."""
    now = datetime.now(UTC)
    state = context.state
    try:
        await state.inbox.purge(now)
        await state.conversations.purge(now)
        await state.usage.purge(now)
        await trim_collections(context.news, state.chats, context.settings, now)
        for chat_id in await state.messages.chats():
            await state.messages.purge(chat_id, now - timedelta(days=await _days_kept(chat_id, context)))
        for chat_id in await state.chats.left_before(now):
            if await _is_over(chat_id, context, now):
                await context.feeds.remove_scope(chat_scope(chat_id))
                await context.news.remove_scope(chat_scope(chat_id))
                await state.conversations.forget(chat_id)
                await state.digests.forget(chat_id)
                await state.messages.forget_chat(chat_id)
                await state.chats.forget(chat_id)
                log.info("a chat that was left is forgotten", chat=chat_id)
    except StoreError as error:
        log.warning("tidying up failed", reason=str(error))


async def _is_over(chat_id: int, context: AskContext, now: datetime) -> bool:
    """Whether a chat that the bot has left was kept for as long as it was to be."""
    days = await _days_kept(chat_id, context)
    return chat_id in await context.state.chats.left_before(now - timedelta(days=days))


async def _days_kept(chat_id: int, context: AskContext) -> int:
    """The days for which a chat's data is kept: its own number, else the deployment's."""
    own = (await context.state.chats.settings(chat_id)).retention_days
    return context.settings.message_retention_days if own is None else own
