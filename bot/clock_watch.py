"""Notices that the system's clock was set: what was planned by the old time is planned anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from bot.context import BotApplication
from index.errors import StoreError
from index.feed_replanning import replan_feeds

log = structlog.get_logger(__name__)

_EVERY_S = 20.0
_JUMP_S = 60.0  # less than this is a clock that is kept right
_SOON = timedelta(seconds=5)


async def watch_clock(application: BotApplication, wall: Callable[[], float] = time.time) -> None:
    """Compares the clock with one that cannot be set, until cancelled; at the start, looks at the feeds' plans alone.

    `wall` is the time in seconds since 1970.
    """
    await _replan_feeds(application)
    ahead = wall() - time.monotonic()
    while True:
        await asyncio.sleep(_EVERY_S)
        before, ahead = ahead, wall() - time.monotonic()
        if abs(ahead - before) > _JUMP_S:
            log.warning("the clock was set: jobs and feeds are planned anew", seconds=round(ahead - before))
            _replan_jobs(application)
            await _replan_feeds(application)


def _replan_jobs(application: BotApplication) -> None:
    """A job that is planned by a clock that was set back would wait for all of that time."""
    jobs = application.job_queue
    for job in jobs.jobs() if jobs else ():
        job.job.modify(next_run_time=datetime.now(UTC) + _SOON)


async def _replan_feeds(application: BotApplication) -> None:
    news = application.bot_data.news
    try:
        engine = news.retriever.catalog.engine
        moved = await asyncio.to_thread(replan_feeds, engine, datetime.now(UTC))
    except StoreError as error:
        log.warning("feeds not planned anew", reason=str(error))
        return
    if moved:
        log.warning("feeds were planned by a clock that was ahead; they are looked at now", feeds=moved)
