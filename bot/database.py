"""The bot's own tables, in the catalog's database: one thread, one transaction at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, MetaData, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.schema import CreateColumn

from index.database import DatabasePlace, open_engine
from index.errors import StoreError
from index.postgres import is_postgres, lock_schema

metadata = MetaData()
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
        """Makes the tables that are not there, and adds the columns that tables of an earlier version lack.

        Raises:
            StoreError: when the database cannot be written.
        """
        await self.run(make_tables)

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """Runs `work` in one transaction in the database's thread.

        Cancelling the wait does not stop work that was begun. It is done again when another process on a PostgreSQL
        database was quicker with the same rows.

        Raises:
            StoreError: when the database fails; nothing of the transaction is kept.
        """

        def transaction() -> Result:
            try:
                return self._transaction(work)
            except SQLAlchemyError as error:
                raise StoreError("The bot's own records cannot be read or written; its log says more.") from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, transaction)

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


def make_tables(connection: Connection, tables: MetaData = metadata) -> None:
    """Makes what is missing of `tables`: whole tables, and in existing ones columns and indexes.

    A column that a later version of askwire adds to a table allows NULL or has a default of the server's, for the rows
    that are there already.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # of several processes that start at once, one makes them
    lock_schema(connection)
    tables.create_all(connection)
    names = connection.dialect.identifier_preparer
    known = inspect(connection)
    for table in tables.sorted_tables:
        there = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {names.format_table(table)} ADD COLUMN {definition}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _lost_a_race(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _LOST_A_RACE
