"""Opens the catalog's database: SQLite in WAL mode, every commit flushed to disk, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from index.catalog_schema import REVISION, REVISION_TABLE, SCHEMA_VERSION, meta
from index.errors import StoreError
from index.postgres import NAME, is_postgres, open_fault, postgres_engine
from index.schema_upgrade import Migrations, newer_schema, upgrade_schema
from index.signature_renewal import renew_signatures

DatabasePlace: TypeAlias = Path | URL  # the file of a SQLite database, or the address of a PostgreSQL one

_BUSY_MS = 10_000
_CACHE_KIB = 16_384  # at most, for each connection


def open_database(place: DatabasePlace) -> Engine:
    """The engine of the database at a place, its tables made when they are not there.

    Raises:
        StoreError: when it cannot be reached or written, or is no catalog of this version.
    """
    engine = open_engine(place)
    try:
        _bring_up(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_engine(place: DatabasePlace) -> Engine:
    """An engine for the database at a place.

    Raises:
        StoreError: when the folder of a file cannot be made, or a driver is missing.
    """
    return sqlite_engine(place) if isinstance(place, Path) else postgres_engine(place)


def place_of(engine: Engine) -> DatabasePlace:
    """The place that an engine was opened at."""
    return engine.url if is_postgres(engine) else Path(engine.url.database or "")


def place_text(place: DatabasePlace) -> str:
    """A place with all that is needed to open it, a password too, for another process of ours."""
    return str(place) if isinstance(place, Path) else place.render_as_string(hide_password=False)


def place_in(text: str) -> DatabasePlace:
    """The place that `place_text` wrote."""
    return make_url(text) if text.startswith(f"{NAME}+") else Path(text)


def insert_new(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Inserts a row unless one with its key is there; whether it was inserted."""
    from sqlalchemy.dialects import postgresql, sqlite

    make = postgresql.insert if is_postgres(connection) else sqlite.insert
    return connection.execute(make(table).values(values).on_conflict_do_nothing()).rowcount > 0


def _bring_up(engine: Engine, place: DatabasePlace) -> None:
    try:
        upgrade_schema(engine, CATALOG)
        with engine.connect() as connection:
            found = _schema(connection)
    except SQLAlchemyError as error:
        raise StoreError(_open_fault(place, error)) from error
    if found != SCHEMA_VERSION:
        raise newer_schema(engine, CATALOG, found or "0")
    with mapped_errors("read"), engine.begin() as connection:
        renew_signatures(connection)


def _schema(connection: Connection) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()


def _earlier_revision(connection: Connection) -> str | None:
    """The revision of a catalog from before there were revisions; it had schema 1 or 2."""
    found = _schema(connection) if inspect(connection).has_table(meta.name) else None
    return found and found.zfill(len(REVISION))


def _note_schema(connection: Connection) -> None:
    connection.execute(meta.delete().where(meta.c.key == "schema"))
    connection.execute(meta.insert().values(key="schema", value=SCHEMA_VERSION))


CATALOG = Migrations(
    scripts=Path(__file__).parent / "migrations",
    table=REVISION_TABLE,
    head=REVISION,
    name="The database",
    before=_earlier_revision,
    finish=_note_schema,
)


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
    # A search over 300,000 chunks reads more pages than SQLite's own 2 MB hold.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{_CACHE_KIB}"):
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
    original = getattr(error, "orig", None)
    # PostgreSQL's own first line: the next ones quote what was written.
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    lines = str(primary or original or "").splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _open_fault(path: DatabasePlace, error: SQLAlchemyError) -> str:
    cause = _cause(error)
    if not isinstance(path, Path):
        return open_fault(path, cause)
    if "unable to open" in cause or "readonly" in cause:
        return _unwritable(path.parent, cause)
    return f"The database {path} cannot be used: {cause}. Restore a backup, or name another ASKWIRE_DATA_DIR."


def _unwritable(folder: Path, cause: str) -> str:
    return f"The data directory {folder} cannot be written ({cause}). Give it to this user, or set ASKWIRE_DATA_DIR."
