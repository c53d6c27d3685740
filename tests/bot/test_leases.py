"""Which of several processes on one database works on an update."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot import leases as leases_module
from bot.database import StateDatabase
from bot.inbox import Inbox, Kind
from bot.leases import LEASE, RENEW_EVERY, Leases, leases
from bot.state import open_state
from index.database import DatabasePlace
from index.errors import StoreError
from tests.bot.test_inbox import asked


class Clock:
    """The database's clock, which a test puts forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

    def __call__(self, _: Connection) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(leases_module, "database_time", made)
    return made


class Process:
    """The part of a process that concerns its updates."""

    def __init__(self, database: StateDatabase) -> None:
        self.leases = Leases(database, renew_every=0.01)
        self.inbox = Inbox(database, self.leases)

    async def takes(self, *, everything: bool = False) -> list[int]:
        return [entry.update_id for entry in await self.inbox.take_over(everything=everything)]


@asynccontextmanager
async def processes(place: DatabasePlace, count: int) -> AsyncIterator[list[Process]]:
    async with AsyncExitStack() as stack:
        states = [await stack.enter_async_context(open_state(place)) for _ in range(count)]
        yield [Process(state.database) for state in states]


async def until(process: Process) -> datetime:
    """When the lease of a process ends."""
    query = select(leases.c.until).where(leases.c.owner == process.leases.owner)
    text = await process.inbox._database.run(lambda connection: connection.execute(query).scalar_one())
    return datetime.fromisoformat(text)


def test_a_lease_outlives_some_failed_renewals() -> None:
    """Three renewals in a row may fail before others think that the process is dead."""
    assert 30 <= LEASE.total_seconds() <= 45
    assert LEASE.total_seconds() > RENEW_EVERY * 4


async def test_a_living_process_keeps_its_updates(place: DatabasePlace, clock: Clock) -> None:
    """While a lease is held nobody takes what is its holder's, and once it ran out others do."""
    async with processes(place, 2) as (one, other):
        await one.leases.renew()
        await other.leases.renew()
        await one.inbox.store(asked(1))
        await other.inbox.store(asked(2))
        clock.pass_seconds(LEASE.total_seconds() - 1)
        await other.leases.renew()
        assert await other.takes() == []
        clock.pass_seconds(2)
        assert await other.takes() == [1]
        assert await other.takes() == []
        assert [entry.update_id for entry in await other.inbox.unfinished()] == [1, 2]


async def test_a_lease_is_renewed_and_given_up(place: DatabasePlace, clock: Clock) -> None:
    """For as long as a process works its lease is renewed; when it ends in order others need not wait."""
    async with processes(place, 2) as (one, other):
        async with one.leases.held():
            await one.inbox.store(asked(1))
            for _ in range(3):
                clock.pass_seconds(LEASE.total_seconds() - 1)
                async with asyncio.timeout(5):
                    while await until(one) < clock.now + LEASE:  # noqa: ASYNC110 - no event tells
                        await asyncio.sleep(0.01)
            assert await other.takes() == []
        assert await other.takes() == [1]


async def test_a_database_that_fails_for_a_while(place: DatabasePlace, clock: Clock, log: io.StringIO) -> None:
    """A renewal that fails is told in the log and tried again, and giving up may fail, too."""
    async with processes(place, 1) as (one,):
        with pytest.MonkeyPatch.context() as patch:
            async with one.leases.held():
                patch.setattr(one.leases, "_database", Failing())
                while log.getvalue().count("cannot be renewed") < 2:  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.01)
                patch.undo()
                clock.pass_seconds(5)
                while await until(one) < clock.now + LEASE:  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.01)
                patch.setattr(one.leases, "_database", Failing())
    assert "the lease stays until it runs out" in log.getvalue()


class Failing:
    """A database that fails."""

    async def run(self, _: object) -> None:
        raise StoreError("no space")


async def test_alone_every_other_process_is_dead(place: DatabasePlace, clock: Clock) -> None:
    """Who is alone on the database takes everything over at once, also from a lease that has not run out."""
    async with processes(place, 2) as (one, other):
        await one.leases.renew()
        await one.inbox.store(asked(1))
        await other.inbox.store(asked(2))
        assert await other.takes(everything=True) == [1]
        assert await other.takes(everything=True) == []


async def test_those_who_race_split_what_is_left(place: DatabasePlace) -> None:
    """Of four that look for the updates of thirty dead processes at the same moment, one gets each."""
    async with processes(place, 4) as living, processes(place, 30) as dead:
        for number in range(240):
            await dead[number % 30].inbox.store(asked(number))
        for process in living:
            await process.leases.renew()
        taken = await asyncio.gather(*(process.takes() for process in living))
        assert sorted(number for one in taken for number in one) == list(range(240))


async def test_who_slept_too_long_notices(place: DatabasePlace, clock: Clock) -> None:
    """What another has taken over is neither begun nor ticked off, and a message sent for it does not count for it."""
    async with processes(place, 2) as (one, other):
        one.leases.shared = True
        await one.leases.renew()
        await one.inbox.store(asked(1))
        assert await one.inbox.begin(1)
        assert await one.inbox.owns(1)
        clock.pass_seconds(2 * LEASE.total_seconds())
        assert await other.takes() == [1]
        assert not await one.inbox.begin(1)
        assert not await one.inbox.owns(1)
        await one.inbox.note_sent(7, 50, 1, Kind.FINAL)
        await one.inbox.finish(1)
        (entry,) = await other.inbox.unfinished()
        assert entry.sent == ()
        assert await one.inbox.noted(7, 0) == {50}
        assert await other.inbox.begin(1)


async def test_what_was_handled_is_not_begun_again(place: DatabasePlace) -> None:
    """An update that comes back to a process which handled it meanwhile is left alone; an unknown one is not."""
    async with processes(place, 1) as (one,):
        await one.inbox.store(asked(1))
        assert await one.inbox.begin(1)
        await one.inbox.finish(1)
        assert not await one.inbox.begin(1)
        assert await one.inbox.begin(2)


async def test_leases_that_ran_out_leave_nothing(place: DatabasePlace, clock: Clock) -> None:
    """The table of leases does not grow with every process that was killed."""
    async with processes(place, 3) as all_:
        for process in all_:
            await process.leases.renew()
        clock.pass_seconds(2 * LEASE.total_seconds())
        await all_[0].leases.renew()
        await all_[0].takes()
        rows = await all_[0].inbox._database.run(lambda connection: connection.execute(select(leases.c.owner)).all())
        assert [row.owner for row in rows] == [all_[0].leases.owner]
