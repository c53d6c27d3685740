"""A clock that jumps: questions are answered, and jobs and feeds do not wait for a time that is far away."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot import arrivals, clock_watch, heartbeat
from bot.clock_watch import watch_clock
from bot.handlers import questions
from bot.jobs import start_jobs
from index.feed_replanning import replan_feeds
from index.feed_schema import feed_metadata, feeds, stamp
from tests.bot.harness import QUESTION, STORY, Bot
from tests.bot.test_faults import bot_in
from tests.helpers.bot_api.server import FakeBotApi


class Ahead(datetime):
    """A clock that is an hour ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Ahead:
        return cls.fromtimestamp(datetime.now(tz).timestamp() + 3600, tz)


@pytest.mark.parametrize("in_touch", [True, False])
async def test_a_clock_that_is_ahead_makes_no_question_late(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, in_touch: bool
) -> None:
    """What comes while the bot is in touch with Telegram was asked just now, whatever the clock says."""
    monkeypatch.setattr(arrivals, "_IN_TOUCH_S", 0.0 if in_touch else 60.0)
    monkeypatch.setattr(questions, "datetime", Ahead)
    await bot.news.add([STORY])
    alice = bot.api.user("Alice")
    reply = await bot.reply_to(bot.api.say(bot.api.private_chat(alice), alice, QUESTION))
    assert ("Three rockets" in reply.text) is in_touch


def test_being_in_touch_ends_with_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a minute without an answer what comes in may have waited at Telegram."""
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    beats = heartbeat.Heartbeat()
    came = arrivals.Arrivals(beats)
    came.note(1)
    for _ in range(8):
        beats.reached()
        now += 10
    came.note(2)
    now += 100
    came.note(3)
    beats.reached()
    came.note(4)
    now += 5
    assert [came.waited_s(number) for number in (1, 2, 3, 4)] == [None, 105.0, None, None]


async def test_a_clock_that_was_set_back(
    api: FakeBotApi, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs that were planned for a far time run soon, and so do looks at feeds; the log says it in a line."""
    monkeypatch.setattr(clock_watch, "_EVERY_S", 0.01)
    times: Iterator[float] = iter([2e9, 2e9, 2e9 - 86_400])
    last = 2e9 - 86_400
    async with bot_in(tmp_path, api) as (bot, _):
        start_jobs(bot.application)
        assert bot.application.job_queue is not None
        jobs = bot.application.job_queue.jobs()
        far = datetime.now(UTC) + timedelta(days=1)
        for job in jobs:
            job.job.modify(next_run_time=far)
        watching = asyncio.create_task(watch_clock(bot.application, lambda: next(times, last)))
        async with asyncio.timeout(5):
            while "the clock was set" not in log.getvalue():  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        watching.cancel()
        assert len(jobs) > 3
        assert all(job.job.next_run_time < datetime.now(UTC) + timedelta(minutes=1) for job in jobs)
    assert log.getvalue().count("the clock was set") == 1
    assert "seconds=-86400" in log.getvalue()


async def test_feeds_that_a_wrong_clock_planned(api: FakeBotApi, tmp_path: Path) -> None:
    """A look further away than any interval is brought forward; others and paused feeds stay as they are."""
    now = datetime.now(UTC)
    days = {"soon": 0.5, "next year": 365.0, "paused": 365.0}
    common = {"scope": "public", "title": "A feed", "interval": 60.0, "failures": 0, "articles": 0, "added_at": "2026"}
    async with bot_in(tmp_path, api) as (bot, _):
        engine = bot.news.retriever.catalog.engine
        assert replan_feeds(engine, now) == 0  # without any table of feeds
        feed_metadata.create_all(engine)
        rows = [
            {**common, "url": name, "key": name, "paused": name == "paused", "next_at": stamp(now + timedelta(ahead))}
            for name, ahead in days.items()
        ]
        with engine.begin() as connection:
            connection.execute(insert(feeds), rows)
        assert replan_feeds(engine, now) == 1
        with engine.connect() as connection:
            planned = {row.key: row.next_at for row in connection.execute(select(feeds))}
    assert planned == {
        "soon": stamp(now + timedelta(0.5)),
        "next year": stamp(now),
        "paused": stamp(now + timedelta(365)),
    }
