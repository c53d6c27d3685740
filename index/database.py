"""Opens the catalog's database: SQLite in WAL mode, every commit flushed to disk."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from index.catalog_schema import SCHEMA_VERSION, SQLITE_FULL_TEXT, meta, metadata
from index.errors import StoreError
from index.schema_upgrade import renew_signatures, upgrade_schema

_BUSY_MS = 10_000


def open_database(path: Path) -> Engine:
    """The engine of the database at `path`, its tables made when they are not there.

    Raises:
        StoreError: when the folder cannot be written, or the file is no catalog of this version.
    """
    engine = sqlite_engine(path)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            for statement in SQLITE_FULL_TEXT:
                connection.execute(text(statement))
            connection.execute(meta.insert().prefix_with("OR IGNORE").values(key="schema", value=SCHEMA_VERSION))
            upgrade_schema(connection)
            found = connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar_one()
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(_open_fault(path, error)) from error
    if found != SCHEMA_VERSION:
        engine.dispose()
        raise StoreError(f"The database {path} is of schema {found}; this askwire reads schema {SCHEMA_VERSION}.")
    with mapped_errors("read"), engine.begin() as connection:
        renew_signatures(connection)
    return engine


def sqlite_engine(path: Path) -> Engine:
    """An engine for the SQLite file at `path`, in WAL mode and with every commit flushed to disk; makes its folder.

    Raises:
        StoreError: when the folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_unwritable(path.parent, error.strerror or "refused")) from error
    # The texts of its errors would else quote what was written: articles, and messages of people.
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    return engine


@contextmanager
def mapped_errors(action: str) -> Iterator[None]:
    """Maps a database error in the block to StoreError, for a person: "The articles cannot be {action}: …"."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"The articles cannot be {action}: {_cause(error)}.") from error


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Of several that open a new file at once one changes its mode; SQLite refuses the others without any waiting."""
    until = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _cause(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or type(error).__name__).rstrip(".")


def _open_fault(path: Path, error: SQLAlchemyError) -> str:
    cause = _cause(error)
    if "unable to open" in cause or "readonly" in cause:
        return _unwritable(path.parent, cause)
    return f"The database {path} cannot be used: {cause}. Restore a backup, or name another ASKWIRE_DATA_DIR."


def _unwritable(folder: Path, cause: str) -> str:
    return f"The data directory {folder} cannot be written ({cause}). Give it to this user, or set ASKWIRE_DATA_DIR."
