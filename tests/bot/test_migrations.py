"""Revisions of the bot's tables: they lead to the tables of the code, beside those of the catalog."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot import problems, state
from bot.database import BOT, StateDatabase, metadata
from bot.state import open_state
from index.database import DatabasePlace, open_database, open_engine
from index.errors import StoreError
from tests.schema_comparison import described_form, differences, sqlite_form

TABLES = [metadata]
assert {state, problems}  # all modules with tables


async def test_revisions_lead_to_the_tables_of_the_code(place: DatabasePlace) -> None:
    """Alembic finds nothing to change in a new database, whether the catalog is in it already or not."""
    open_database(place).dispose()
    async with open_state(place):
        engine = open_engine(place)
        assert differences(engine, TABLES) == []
        engine.dispose()


async def test_sqlite_tables_are_those_of_the_code(tmp_path: Path) -> None:
    """What Alembic does not compare is the same, too."""
    expected = described_form(TABLES)
    async with open_state(tmp_path / "askwire.db"):
        engine = open_engine(tmp_path / "askwire.db")
        with engine.connect() as connection:
            assert sqlite_form(connection, list(expected)) == expected
        engine.dispose()


def test_the_code_names_the_last_revision() -> None:
    """There is one last revision, the one that an opened database is compared with."""
    config = Config()
    config.set_main_option("script_location", str(BOT.scripts))
    assert ScriptDirectory.from_config(config).get_heads() == [BOT.head]


async def test_a_newer_database_is_refused(place: DatabasePlace) -> None:
    """One line says what to do."""
    async with open_state(place) as opened:
        await opened.database.run(lambda c: c.execute(text("UPDATE bot_revision SET version_num = '0099'")))
    database = StateDatabase(place)
    with pytest.raises(StoreError) as caught:
        await database.prepare()
    await database.close()
    assert str(caught.value).startswith("The bot's part of the database ")
    assert str(caught.value).endswith(
        "is of schema 99; this askwire reads schema 2. Update askwire, or restore an older backup."
    )


def test_an_up_to_date_database_needs_no_alembic(tmp_path: Path) -> None:
    """A start of the bot imports it only when there is something to do."""
    code = """if True:
        import asyncio, sys, pathlib
        from bot.state import open_state
        async def main():
            async with open_state(pathlib.Path(sys.argv[1])):
                print("alembic" in sys.modules)
        asyncio.run(main())"""
    command = [sys.executable, "-c", code, str(tmp_path / "askwire.db")]
    printed = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert printed == ["True\n", "False\n"]
