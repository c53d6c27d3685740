"""The tables that the bot finds or makes when it starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, inspect, text

from bot.database import StateDatabase, database_time
from bot.migrations.missing_parts import make_missing
from bot.state import open_state
from index.database import DatabasePlace
from index.errors import StoreError

OLD_INBOX = """
    CREATE TABLE inbox (
        update_id BIGINT NOT NULL PRIMARY KEY, state VARCHAR NOT NULL, body TEXT, changed_at VARCHAR NOT NULL
    )
"""


@pytest.fixture
async def database(place: DatabasePlace) -> AsyncIterator[StateDatabase]:
    opened = StateDatabase(place)
    yield opened
    await opened.close()


def later(*columns: Column[int] | Column[str]) -> MetaData:
    """A later version of the table `birds`, with more columns and an index."""
    tables = MetaData()
    Table("birds", tables, Column("id", Integer, primary_key=True), *columns, Index("birds_by_name", "name"))
    return tables


async def test_a_table_of_an_earlier_version_gets_its_new_columns(database: StateDatabase) -> None:
    """The rows stay, with the default or nothing in the new columns; the index is made; doing it again does nothing."""
    tables = later(Column("name", String), Column("legs", Integer, server_default="2", nullable=False))
    await database.run(lambda connection: connection.execute(text("CREATE TABLE birds (id INTEGER PRIMARY KEY)")))
    await database.run(lambda connection: connection.execute(text("INSERT INTO birds VALUES (7)")))
    for _ in range(2):
        await database.run(lambda connection: make_missing(connection, tables))
    rows = await database.run(lambda connection: connection.execute(text("SELECT id, name, legs FROM birds")).all())
    assert [tuple(row) for row in rows] == [(7, None, 2)]
    assert await database.run(_indexes) == ["birds_by_name"]


async def test_a_column_that_the_rows_cannot_have_is_refused(database: StateDatabase) -> None:
    """A new column that is never empty and has no default cannot be added, and the bot does not start."""
    tables = later(Column("name", String, nullable=False))
    await database.run(lambda connection: connection.execute(text("CREATE TABLE birds (id INTEGER PRIMARY KEY)")))
    await database.run(lambda connection: connection.execute(text("INSERT INTO birds VALUES (7)")))
    with pytest.raises(StoreError):
        await database.run(lambda connection: make_missing(connection, tables))


async def test_updates_of_an_earlier_version_are_taken_over(database: StateDatabase, place: DatabasePlace) -> None:
    """What an earlier version, which knew no owners, left in its inbox is handled, by one on its own or by several."""
    await database.run(lambda connection: connection.execute(text(OLD_INBOX)))
    await database.run(lambda connection: connection.execute(text("INSERT INTO inbox VALUES (5, 'waiting', '{}', '')")))
    async with open_state(place) as state:
        assert [entry.update_id for entry in await state.inbox.take_over(everything=False)] == [5]


async def test_several_may_make_the_tables_at_once(tmp_path: Path) -> None:
    """Processes that start at the same moment on a new database all come up."""

    async def start(number: int) -> None:
        async with open_state(tmp_path / f"{number // 4}.db"):
            await asyncio.sleep(0)

    await asyncio.gather(*(start(number) for number in range(40)))


async def test_the_databases_clock(database: StateDatabase) -> None:
    """Its time is aware, in UTC, and that of SQLite the machine's, to the second."""
    now = await database.run(database_time)
    assert now.tzinfo is UTC
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)


def _indexes(connection: Connection) -> list[str | None]:
    return [index["name"] for index in inspect(connection).get_indexes("birds")]
