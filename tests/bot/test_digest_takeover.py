"""The daily digests of a database that an earlier version of askwire wrote."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chats import ChatSettings
from bot.digest_times import DigestPlan
from bot.digests import WantedDigest
from bot.state import open_state

DUE = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
EARLIER = """
    CREATE TABLE chat_settings (
        chat_id BIGINT NOT NULL PRIMARY KEY, language VARCHAR, length VARCHAR NOT NULL, sources BOOLEAN NOT NULL,
        who_adds VARCHAR NOT NULL, retention_days INTEGER, digest_at VARCHAR, article_days INTEGER,
        talk BOOLEAN DEFAULT 0 NOT NULL
    );
    CREATE TABLE digests (chat_id BIGINT NOT NULL PRIMARY KEY, taken_at VARCHAR NOT NULL);
    INSERT INTO chat_settings VALUES (-1, 'de', 'long', 0, 'admins', 7, '08:00', 30, 1);
    INSERT INTO chat_settings VALUES (-2, NULL, 'normal', 1, 'everyone', NULL, NULL, NULL, 0);
    INSERT INTO chat_settings VALUES (3, NULL, 'normal', 1, 'everyone', NULL, '20:00', NULL, 0);
    INSERT INTO digests VALUES (-1, '2026-03-10T08:00:07+00:00');
    INSERT INTO digests VALUES (-2, '2026-03-09T08:00:07+00:00');
"""
PLANS = [
    WantedDigest(-1, None, DigestPlan("daily", "08:00"), None, DUE + timedelta(seconds=7)),
    WantedDigest(3, None, DigestPlan("daily", "20:00")),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "askwire.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(EARLIER)
    connection.close()
    return path


async def test_times_are_taken_over_once(file: Path) -> None:
    """Each chat keeps its time and what it was sent, its other settings stay, and later changes are not undone."""
    async with open_state(file) as state:
        assert await state.digests.wanted() == PLANS
        assert await state.chats.settings(-1) == ChatSettings("de", "long", False, "admins", 7, 30, talk=True)
        await state.digests.change(-1, None, lambda _: DigestPlan("off"))
        await state.chats.change(3, lambda settings: settings)
    async with open_state(file) as state:
        assert [one.chat_id for one in await state.digests.wanted()] == [3]
        await state.digests.stop(3)
        await state.digests.forget(-1)
    async with open_state(file) as state:
        assert await state.digests.wanted() == []


async def test_what_was_sent_is_not_sent_again(file: Path) -> None:
    """An update in the middle of a grace neither repeats a digest nor loses one."""
    async with open_state(file) as state:
        sent, waiting = await state.digests.wanted()
    assert sent.since(DUE + timedelta(hours=1), "UTC") is None
    evening = DUE + timedelta(hours=13)
    assert waiting.since(evening, "UTC") == DUE - timedelta(hours=12)


async def test_several_may_do_it_at_once(file: Path) -> None:
    """Processes that start together on an old database all come up, and each chat has one plan."""

    async def start() -> list[WantedDigest]:
        async with open_state(file) as state:
            return await state.digests.wanted()

    await asyncio.gather(*(start() for _ in range(8)))
    assert await start() == PLANS


async def test_a_version_before_digests(tmp_path: Path) -> None:
    """A database that never knew digests opens, too."""
    with sqlite3.connect(tmp_path / "askwire.db") as connection:
        connection.executescript(EARLIER.partition("CREATE TABLE digests")[0])
    connection.close()
    async with open_state(tmp_path / "askwire.db") as state:
        assert await state.digests.wanted() == []
