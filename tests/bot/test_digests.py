"""Where digests are wanted, and that each is taken once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chats import Chats
from bot.database import StateDatabase
from bot.digest_times import OFF, DigestPlan
from bot.digests import Digests, WantedDigest
from bot.state import open_state
from index.database import DatabasePlace

GROUP, SUPERGROUP, TOPIC = -4_000_000_001, -1_002_000_000_001, 77
DUE = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)  # a Tuesday
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
DAILY, WEEKLY = DigestPlan("daily", "08:00"), DigestPlan("tue", "08:00")
ZONE = "UTC"


@pytest.fixture
async def database(place: DatabasePlace) -> AsyncIterator[StateDatabase]:
    async with open_state(place) as state:
        yield state.database


@pytest.fixture
def digests(database: StateDatabase) -> Digests:
    """Where all was chosen two days before."""
    return Digests(database, now=lambda: DUE - 2 * DAY)


async def want(digests: Digests, plan: DigestPlan, chat_id: int = GROUP, topic_id: int | None = None) -> None:
    assert await digests.change(chat_id, topic_id, lambda _: plan) == plan


async def taken(digests: Digests, now: datetime) -> datetime | None:
    """Takes the only digest that is wanted, if it is due; since when it tells."""
    (wanted,) = await digests.wanted()
    since = wanted.since(now, ZONE)
    return since if since and await digests.take(wanted, now) else None


async def test_each_topic_has_its_own(digests: Digests) -> None:
    """What is chosen in a topic holds there alone, and the chat itself has its own; nothing is off."""
    await want(digests, DAILY, topic_id=TOPIC)
    await want(digests, WEEKLY)
    assert [await digests.plan(GROUP, topic) for topic in (None, TOPIC, 78)] == [WEEKLY, DAILY, DigestPlan(OFF)]
    assert await digests.plan(SUPERGROUP, TOPIC) == DigestPlan(OFF)
    wanted = [(one.chat_id, one.topic_id, one.plan) for one in await digests.wanted()]
    assert wanted == [(GROUP, None, WEEKLY), (GROUP, TOPIC, DAILY)]
    await want(digests, replace(DAILY, every=OFF), topic_id=TOPIC)
    assert [one.topic_id for one in await digests.wanted()] == [None]


async def test_a_chat_that_was_left_wants_none(digests: Digests, database: StateDatabase) -> None:
    """Where the bot is not, none is wanted, until it is back."""
    await want(digests, DAILY)
    await Chats(database).left(GROUP)
    assert await digests.wanted() == []
    await Chats(database).came_back(GROUP)
    assert len(await digests.wanted()) == 1


@pytest.mark.parametrize(("plan", "days"), [(DAILY, 1), (WEEKLY, 7)])
async def test_since_the_last_one(digests: Digests, plan: DigestPlan, days: int) -> None:
    """The first one looks back a day or a week, others to when the last was taken, also when some were missed."""
    await want(digests, plan)
    assert await taken(digests, DUE + MINUTE) == DUE - days * DAY
    assert await taken(digests, DUE + 2 * MINUTE) is None
    assert await taken(digests, DUE + days * DAY) == DUE + MINUTE
    assert await taken(digests, DUE + 4 * days * DAY) == DUE + days * DAY


async def test_a_missed_one_is_made_up_for(digests: Digests) -> None:
    """After the bot was away it comes late, within its grace, and the next one is not moved by that."""
    await want(digests, DAILY)
    assert await taken(digests, DUE + timedelta(hours=2, minutes=59)) == DUE - DAY
    assert await taken(digests, DUE + DAY) == DUE + timedelta(hours=2, minutes=59)
    assert await taken(digests, DUE + 2 * DAY + timedelta(hours=3)) is None


async def test_taken_by_one_of_several(place: DatabasePlace) -> None:
    """Processes that see the same digest due at the same moment send it once, also after a restart."""
    async with open_state(place) as one, open_state(place) as other:
        await want(Digests(one.database, now=lambda: DUE - DAY), DAILY)
        for day in range(3):
            now = DUE + day * DAY
            (seen,) = await other.digests.wanted()
            assert seen.since(now, ZONE)
            took = await asyncio.gather(*(state.digests.take(seen, now) for state in (one, other, one, other)))
            assert sorted(took) == [False, False, False, True]
    async with open_state(place) as state:
        assert await taken(state.digests, now) is None


async def test_what_is_changed_meanwhile_is_not_taken(digests: Digests) -> None:
    """A digest that was switched off or put off after it was seen to be due is not sent."""
    await want(digests, DAILY)
    (seen,) = await digests.wanted()
    for plan in (DigestPlan(OFF, "08:00"), DigestPlan("daily", "20:00"), WEEKLY):
        await want(digests, plan)
        assert not await digests.take(seen, DUE)
    await digests.stop(GROUP)
    assert not await digests.take(seen, DUE)


async def test_a_time_that_was_over_when_it_was_chosen(database: StateDatabase) -> None:
    """Who chooses eight o'clock at half past gets the first digest on the next day."""
    digests = Digests(database, now=lambda: DUE + 30 * MINUTE)
    await want(digests, DAILY)
    assert await taken(digests, DUE + 31 * MINUTE) is None
    assert await taken(digests, DUE + DAY) == DUE


@pytest.mark.parametrize(("plan", "days"), [(DAILY, 1), (WEEKLY, 7)])
@pytest.mark.parametrize("off_for", [0.5, 30])
async def test_switched_on_again(digests: Digests, plan: DigestPlan, days: int, off_for: float) -> None:
    """After a long time it begins anew, a day or a week back; after a short one it goes on where it was."""
    await want(digests, plan)
    await taken(digests, DUE)
    later = Digests(digests._database, now=lambda: DUE + off_for * DAY)
    await want(later, DigestPlan(OFF))
    await want(later, plan)
    next_due = DUE + (7 if off_for < 7 else 35) * DAY
    assert await taken(later, next_due) == (DUE if off_for < 1 else next_due - days * DAY)


async def test_from_daily_to_weekly_and_back(digests: Digests) -> None:
    """A change of days loses no news and tells none twice."""
    await want(digests, DAILY)
    await taken(digests, DUE)
    await want(digests, WEEKLY)
    assert await taken(digests, DUE + DAY) is None
    assert await taken(digests, DUE + 7 * DAY) == DUE
    await want(digests, DAILY)
    assert await taken(digests, DUE + 8 * DAY) == DUE + 7 * DAY


async def test_a_lost_topic(digests: Digests) -> None:
    """A topic that is gone wants nothing; a chat that is gone wants nothing in any topic."""
    for topic in (None, TOPIC, 78):
        await want(digests, DAILY, topic_id=topic)
    await want(digests, DAILY, SUPERGROUP, TOPIC)
    await digests.stop(GROUP, TOPIC)
    assert [one.topic_id for one in await digests.wanted() if one.chat_id == GROUP] == [None, 78]
    await digests.stop(GROUP)
    assert [(one.chat_id, one.topic_id) for one in await digests.wanted()] == [(SUPERGROUP, TOPIC)]
    await digests.forget(SUPERGROUP)
    assert await digests.wanted() == []


async def test_a_group_that_becomes_a_supergroup(digests: Digests) -> None:
    """Its plans and what it was sent move along, topic by topic; hearing of it again changes nothing."""
    for topic in (None, TOPIC):
        await want(digests, DAILY, topic_id=topic)
    before = await digests.wanted()
    assert all([await digests.take(one, DUE) for one in before])
    for _ in range(2):
        await digests.migrate(GROUP, SUPERGROUP)
        assert await digests.wanted() == [
            WantedDigest(SUPERGROUP, topic, DAILY, DUE - 2 * DAY, DUE) for topic in (None, TOPIC)
        ]
    await digests.migrate(SUPERGROUP, SUPERGROUP)
    assert len(await digests.wanted()) == 2


async def test_a_supergroup_that_has_its_own(digests: Digests) -> None:
    """What was chosen in the supergroup stays, and what either was sent is not sent again."""
    await want(digests, DAILY)
    await want(digests, DAILY, topic_id=TOPIC)
    (first, second) = await digests.wanted()
    assert await digests.take(first, DUE) and await digests.take(second, DUE)
    await want(digests, WEEKLY, SUPERGROUP)
    await digests.migrate(GROUP, SUPERGROUP)
    moved = [(one.chat_id, one.topic_id, one.plan, one.taken_at) for one in await digests.wanted()]
    assert moved == [(SUPERGROUP, None, WEEKLY, DUE), (SUPERGROUP, TOPIC, DAILY, DUE)]
