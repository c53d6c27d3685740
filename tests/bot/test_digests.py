"""Digests: at their time, once a day, and only when there is news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import jobs
from bot.chats import ChatSettings
from bot.context import AskContext, chat_scope
from bot.digests import GRACE, Digests, due_time
from bot.jobs import send_digests
from bot.state import open_state
from index.database import DatabasePlace
from tests.bot.harness import STORY, Bot, a_state
from tests.helpers.bot_api.records import Chat, User

BERLIN = "Europe/Berlin"
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def local(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_due_from_its_time_on() -> None:
    """A digest is due from its time on, for three hours, by the clock of the deployment's zone."""
    due = local("2026-03-10 08:00")
    assert due_time("08:00", due - timedelta(seconds=1), BERLIN) is None
    assert due_time("08:00", due, BERLIN) == due
    assert due_time("08:00", due + GRACE - timedelta(seconds=1), BERLIN) == due
    assert due_time("08:00", due + GRACE, BERLIN) is None


@pytest.mark.parametrize(
    ("at", "day", "expected"),
    [
        ("08:00", "2026-03-28", "2026-03-28 07:00"),
        ("08:00", "2026-03-29", "2026-03-29 06:00"),
        ("02:30", "2026-03-29", "2026-03-29 01:30"),  # left out: clocks go from 02:00 to 03:00
        ("02:30", "2026-10-25", "2026-10-25 00:30"),  # comes twice: the first one
        ("08:00", "2026-10-25", "2026-10-25 07:00"),
    ],
)
def test_clocks_that_are_changed(at: str, day: str, expected: str) -> None:
    """Across both changes of the clocks a digest comes at its time on the wall."""
    due = datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert due.astimezone(ZoneInfo(BERLIN)).date().isoformat() == day
    assert due_time(at, due, BERLIN) == due
    assert due_time(at, due - timedelta(seconds=1), BERLIN) is None


async def test_taken_once(place: DatabasePlace) -> None:
    """A digest is taken once a day, also across a restart and by two processes, and tells since when there is news."""
    due, later = NOON, NOON + timedelta(minutes=1)
    async with open_state(place) as one, open_state(place) as other:
        assert await one.digests.take(7, due, later) == due - timedelta(days=1)
        assert await other.digests.take(7, due, later) is None
        assert await other.digests.take(8, due, later) is not None
    async with open_state(place) as state:
        assert await state.digests.take(7, due, later) is None
        assert await state.digests.take(7, due + timedelta(days=1), later + timedelta(days=1)) == later


async def test_moved_and_forgotten() -> None:
    """A supergroup goes on where the group was; a forgotten chat begins anew."""
    async with a_state() as state:
        await state.digests.take(-1, NOON, NOON)
        await state.digests.migrate(-1, -2)
        assert await state.digests.take(-2, NOON, NOON) is None
        await Digests(state.database).forget(-2)
        assert await state.digests.take(-2, NOON, NOON) is not None


class Clock:
    """The time of day that the jobs see."""

    def __init__(self) -> None:
        self.now_at = datetime.now(UTC)

    def now(self, _: object = None) -> datetime:
        return self.now_at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(jobs, "datetime", clock)
    return clock


@pytest.fixture
def alice(bot: Bot) -> User:
    return bot.api.user("Alice")


async def wants_digest(bot: Bot, chat: Chat, clock: Clock, **settings: str) -> Callable[[], int]:
    """Lets a chat have its digest at the next full minute; what counts the messages it got."""
    clock.now_at = datetime.now(UTC) + timedelta(minutes=1)
    await bot.application.bot_data.state.chats.save(
        chat.id,
        ChatSettings(digest_at=f"{clock.now_at:%H:%M}", **settings),  # type: ignore[arg-type]  # languages
    )
    return lambda: len(bot.api.replies(chat))


async def test_news_is_sent_once(bot: Bot, alice: User, clock: Clock) -> None:
    """What came in since yesterday is told, once; the next day brings what came since, and a quiet day nothing."""
    chat = bot.api.private_chat(alice)
    count = await wants_digest(bot, chat, clock, language="de")
    await bot.news.add([replace(STORY, url=None, title=f"Story {n}", text=f"{STORY.text} {n}") for n in range(12)])
    context = AskContext(bot.application)
    await send_digests(context)
    await send_digests(context)
    assert count() == 1
    (message,) = bot.api.replies(chat)
    assert "Neu: 1 Thema in 12 Artikeln" in message.text
    assert "– und 8 weitere Artikel" in message.text
    assert "26. Januar 2020" in message.text
    clock.now_at += timedelta(days=1)
    await send_digests(context)
    assert count() == 1


async def test_only_what_the_chat_may_see(bot: Bot, alice: User, clock: Clock) -> None:
    """A digest has no article of another chat."""
    chat = bot.api.private_chat(alice)
    count = await wants_digest(bot, chat, clock)
    await bot.news.add([STORY], scope=chat_scope(chat.id + 1))
    await send_digests(AskContext(bot.application))
    assert count() == 0


async def test_a_chat_that_was_left_gets_none(bot: Bot, alice: User, clock: Clock) -> None:
    """Where the bot was removed or blocked, no digest is tried."""
    chat = bot.api.private_chat(alice)
    count = await wants_digest(bot, chat, clock)
    await bot.news.add([STORY])
    await bot.application.bot_data.state.chats.left(chat.id)
    await send_digests(AskContext(bot.application))
    assert count() == 0
    assert not bot.api.calls("sendMessage")
