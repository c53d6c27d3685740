"""Which process works on what: several on one database each hold a lease, and what a dead one held goes to others.

Every row of the inbox has the process that works on it as its owner. An owner whose lease ran out, that gave it up, or
that never had one, is dead as far as the others are concerned.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from sqlalchemy import Column, Connection, String, Table, delete, insert, select, update

from bot.database import StateDatabase, database_time, metadata, utc_text
from index.errors import StoreError

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
RENEW_EVERY = 6.0  # seconds

leases = Table(
    "leases",
    metadata,
    Column("owner", String, primary_key=True),
    Column("until", String, nullable=False),  # by the database's clock
)


class Leases:
    """The lease of this process, `owner` its name among the others. Methods raise StoreError when the database fails.

    A lease that ran out can be renewed as well; what another took over meanwhile stays with the other. `shared` tells
    whether there may be others at all.
    """

    def __init__(self, database: StateDatabase, lease: timedelta = LEASE, renew_every: float = RENEW_EVERY) -> None:
        self._database = database
        self._lease = lease
        self._renew_every = renew_every
        self.owner = secrets.token_hex(8)
        self.shared = False

    async def renew(self) -> None:
        """Holds the lease for its whole time from now on."""

        def work(connection: Connection) -> None:
            until = utc_text(database_time(connection) + self._lease)
            held = update(leases).where(leases.c.owner == self.owner).values(until=until)
            if not connection.execute(held).rowcount:
                connection.execute(insert(leases).values(owner=self.owner, until=until))

        await self._database.run(work)

    async def give_up(self) -> None:
        """Ends the lease, so that others need not wait for its end."""
        mine = delete(leases).where(leases.c.owner == self.owner)
        await self._database.run(lambda connection: connection.execute(mine) and None)

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Holds the lease for as long as the block runs, and then gives it up.

        Raises:
            StoreError: when it cannot be taken.
        """
        self.shared = True
        await self.renew()
        renewing = asyncio.create_task(self._renew_forever(), name="lease")
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            try:
                await self.give_up()
            except StoreError as error:
                log.warning("the lease stays until it runs out", reason=str(error.__cause__))

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(self._renew_every)
            try:
                await self.renew()
            except StoreError as error:
                log.warning("the lease cannot be renewed, trying again", reason=str(error.__cause__))


def end_lapsed(connection: Connection) -> None:
    """Drops the leases that ran out; an owner who is alive after all takes a new one."""
    connection.execute(delete(leases).where(leases.c.until <= utc_text(database_time(connection))))


def living_owners(connection: Connection) -> set[str]:
    """The owners whose lease has not run out."""
    query = select(leases.c.owner).where(leases.c.until > utc_text(database_time(connection)))
    return set(connection.execute(query).scalars())
