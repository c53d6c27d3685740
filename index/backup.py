"""Backs up a data directory, also while a bot writes to it: one consistent copy of the database.

The catalog holds everything, vectors included, and Chroma's index is built anew from it: see `restoring`.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index.backup_archive import Manifest, sha256_of, write_archive
from index.config import DATABASE
from index.errors import StoreError

OnStep = Callable[[str, int, int], None]
_PAGES = 4096  # copied at once: 16 MB
_BUSY_S = 30.0
# Tables that are part of the full-text index, or SQLite's own.
_INNER = ("sqlite_", "chunks_fts", "chunks_vocabulary")


def write_backup(data_dir: Path, target: Path, on_step: OnStep) -> Manifest:
    """Writes a backup of a data directory to a new file; blocking. What was saved before the call is in it.

    The file is there when it is whole, under its name, or not at all.

    Raises:
        StoreError: when there is nothing to back up, the file is there already or cannot be written, or the database
            cannot be read or is damaged.
    """
    database = data_dir / DATABASE
    if not database.is_file():
        raise StoreError(f"There is nothing to back up in {data_dir}. Is ASKWIRE_DATA_DIR right?")
    if target.exists():
        raise StoreError(f"{target} is there already. Name a new file, so that no backup is lost.")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".askwire-backup-") as folder:
            copy, archive = Path(folder, DATABASE), Path(folder, "archive")
            schema, counts = _copy(database, copy, on_step)
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            size, digest = copy.stat().st_size, sha256_of(copy)
            manifest = Manifest(made_at, version("askwire"), schema, counts, size, digest)
            write_archive(archive, copy, manifest)
            archive.rename(target)
            flush_folder(target.parent)
    except OSError as error:
        raise StoreError(
            f"The backup {target} cannot be written: {error.strerror}. Name a place with enough room."
        ) from error
    except sqlite3.Error as error:
        raise StoreError(
            f"The database {database} cannot be copied: {error}. askwire doctor says what to do."
        ) from error
    return manifest


def check_database(path: Path) -> str | None:
    """What SQLite finds wrong in a database file, in its own words; None when it is whole. Blocking.

    Raises:
        sqlite3.Error: when it cannot be read at all.
    """
    with closing(connect_existing(path)) as connection:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return None if found == "ok" else found.splitlines()[0]


def connect_existing(path: Path) -> sqlite3.Connection:
    """A connection that makes no file; transactions begin when they are told to."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_BUSY_S, isolation_level=None)


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of each table that holds data."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    kept = [name for (name,) in names if not name.startswith(_INNER)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in kept}  # noqa: S608 – names of our own tables


def flush_folder(folder: Path) -> None:
    """Sees a folder's names to the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy(database: Path, copy: Path, on_step: OnStep) -> tuple[str, dict[str, int]]:
    """Copies a database page by page; its schema and the rows of its tables.

    The transaction that is open meanwhile holds all of it at one moment, however much is written beside.
    """

    def on_pages(_status: int, remaining: int, total: int) -> None:
        on_step("Copying the database", total - remaining, total)

    with closing(connect_existing(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("BEGIN")
        (schema,) = source.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        counts = count_rows(source)
        source.backup(target, pages=_PAGES, progress=on_pages, sleep=0)
    if fault := check_database(copy):
        raise sqlite3.DatabaseError(fault)
    return str(schema), counts
