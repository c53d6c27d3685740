"""The bot's own tables, in the catalog's database: one thread, one transaction at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, MetaData, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from index.database import DatabasePlace, open_engine
from index.errors import StoreError
from index.postgres import is_postgres
from index.schema_upgrade import Migrations, upgrade_schema

metadata = MetaData()
BOT = Migrations(
    scripts=Path(__file__).parent / "migrations",
    table="bot_revision",
    head="0002",  # the last one in migrations/versions
    name="The bot's part of the database",
    before=lambda _: None,  # the first revision takes any earlier tables
    finish=lambda _: None,
)
Result = TypeVar("Result")
_TRIES = 5
_LOST_A_RACE = {"40001", "40P01"}  # PostgreSQL's codes: serialization failure, deadlock


def utc_text(moment: datetime) -> str:
    """An aware moment as it stands in the tables: all with the same digits, so that texts compare as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def database_time(connection: Connection) -> datetime:
    """The time by the database's own clock, the same for all processes on it (UTC, exact to a second or better)."""
    now: datetime = connection.execute(select(func.current_timestamp())).scalar_one()
    return now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)


class StateDatabase:
    """Runs work on the bot's tables; what `run` returned from is on disk.

    Its single thread keeps writers of this process from waiting for each other's locks, and keeps all work in order.
    """

    def __init__(self, place: DatabasePlace) -> None:
        self._engine = open_engine(place)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="state")

    async def prepare(self) -> None:
        """Makes the tables, or brings those of an earlier version up.

        Raises:
            StoreError: when the database cannot be written, or is a newer version's.
        """
        await self._in_thread(lambda: upgrade_schema(self._engine, BOT))

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """Runs `work` in one transaction in the database's thread.

        Cancelling the wait does not stop work that was begun. It is done again when another process on a PostgreSQL
        database was quicker with the same rows.

        Raises:
            StoreError: when the database fails; nothing of the transaction is kept.
        """
        return await self._in_thread(lambda: self._transaction(work))

    async def _in_thread(self, step: Callable[[], Result]) -> Result:
        def mapped() -> Result:
            try:
                return step()
            except SQLAlchemyError as error:
                raise StoreError("The bot's own records cannot be read or written; its log says more.") from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, mapped)

    def _transaction(self, work: Callable[[Connection], Result]) -> Result:
        for tries_left in reversed(range(_TRIES)):
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if not (tries_left and is_postgres(self._engine) and _lost_a_race(error)):
                    raise
        raise AssertionError("the last try returns or raises")

    async def close(self) -> None:
        """Finishes what was begun and closes the database."""
        await asyncio.to_thread(self._thread.shutdown)
        self._engine.dispose()


def _lost_a_race(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _LOST_A_RACE
