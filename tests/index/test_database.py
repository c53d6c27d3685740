"""The catalog's database: how it is opened, and what is said when it cannot be."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from index.catalog_schema import SCHEMA_VERSION
from index.database import mapped_errors, open_database
from index.errors import StoreError


def fault(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_database(path)
    message = str(caught.value)
    assert "\n" not in message
    assert caught.value.__cause__ is not None or "schema" in message
    return message


def test_commits_are_flushed_and_readers_do_not_wait(tmp_path: Path) -> None:
    """Write-ahead logging with a flush at each commit, and references that are enforced."""
    engine = open_database(tmp_path / "askwire.db")
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_missing_folders_are_made_and_a_second_opening_finds_the_same(tmp_path: Path) -> None:
    """Opening is the same whether the database is new or not."""
    path = tmp_path / "a" / "b" / "askwire.db"
    open_database(path).dispose()
    engine = open_database(path)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar() == SCHEMA_VERSION
    engine.dispose()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    """The line names the folder and the setting."""
    (tmp_path / "file").write_text("in the way")
    message = fault(tmp_path / "file" / "data" / "askwire.db")
    assert "cannot be written" in message
    assert "ASKWIRE_DATA_DIR" in message


def test_a_file_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    """A folder in the place of the database is not taken for a database."""
    (tmp_path / "askwire.db").mkdir()
    assert "cannot be written" in fault(tmp_path / "askwire.db")


def test_a_damaged_file_is_one_clear_line_and_left_alone(tmp_path: Path) -> None:
    """What cannot be read is neither overwritten nor deleted."""
    path = tmp_path / "askwire.db"
    path.write_bytes(b"this is no database" * 1000)
    assert "cannot be used: file is not a database" in fault(path)
    assert path.read_bytes() == b"this is no database" * 1000


def test_another_schema_is_refused(tmp_path: Path) -> None:
    """A database of another askwire is named as such."""
    path = tmp_path / "askwire.db"
    open_database(path).dispose()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    assert f"is of schema 99; this askwire reads schema {SCHEMA_VERSION}" in fault(path)


def test_a_failing_statement_is_a_store_error(tmp_path: Path) -> None:
    """The database's own words come after ours, in one sentence."""
    engine = open_database(tmp_path / "askwire.db")
    with pytest.raises(StoreError, match=r"^The articles cannot be read: no such table: nowhere\.$"):  # noqa: SIM117 – the order matters
        with mapped_errors("read"), engine.connect() as connection:
            connection.execute(text("SELECT * FROM nowhere"))
    engine.dispose()
