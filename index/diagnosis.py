"""What is wrong with a data directory, looked for without changing anything: the database and the vector index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from index import probe
from index.backup import check_database, connect_existing
from index.config import DATABASE, IndexConfig, lock_data_dir
from index.repair_process import IndexFiles, run_repair

_REBUILT = "It is rebuilt from the database at the next start; askwire reindex does it now."
_RESTORE = "Stop askwire, move the data directory away, and restore a backup: askwire restore FILE."
_TIMES = (("articles", "added_at"), ("inbox", "changed_at"))


def database_fault(data_dir: Path) -> str | None:
    """What is wrong with the database and what to do; None when it is whole, or not made yet. Blocking.

    It may be in use.
    """
    path = data_dir / DATABASE
    if not path.exists():
        return None
    try:
        found = check_database(path)
    except sqlite3.Error as error:
        return f"The database {path} cannot be read: {error}. {_what_to_do(error)}"
    return f"The database {path} is damaged: {found}. {_RESTORE}" if found else None


def server_line(config: IndexConfig) -> str:
    """How many articles the database on a server holds. Blocking.

    Raises:
        StoreError: when it cannot be reached or read.
    """
    from index.catalog import Catalog

    catalog = Catalog(config.database)
    try:
        return f"The server answers; it holds {catalog.totals()[0]:,} articles."
    finally:
        catalog.close()


def vector_index_fault(config: IndexConfig) -> str | None:
    """What is wrong with the vector index of a data directory that no process has open; None when it is whole.

    Every vector is searched for by itself. Blocking.

    Raises:
        StoreLockedError: when another process has it open.
        StoreError: when the database cannot be read.
    """
    if not (config.data_dir / DATABASE).exists():
        return None
    lock = lock_data_dir(config.data_dir)
    try:
        return _vector_fault(config)
    finally:
        lock.release()


def newest_time(data_dir: Path) -> datetime | None:
    """The latest time that stands in the records of articles and updates (UTC); None without any. Blocking."""
    if not (data_dir / DATABASE).exists():
        return None
    found: list[str] = []
    try:
        with closing(connect_existing(data_dir / DATABASE)) as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for table, column in _TIMES:
                if table in there:
                    found += connection.execute(f"SELECT max({column}) FROM {table}").fetchone()  # noqa: S608 – our own names
    except sqlite3.Error:
        return None  # said by the check of the database
    times = [datetime.fromisoformat(text) for text in found if text]
    return max((time if time.tzinfo else time.replace(tzinfo=UTC) for time in times), default=None)


def _vector_fault(config: IndexConfig) -> str | None:
    from index.catalog import Catalog
    from index.embedder_switch import is_prepared
    from index.store import VectorStore
    from index.stored_embedder import stored_embedder
    from index.vector_files import VectorIndexFiles

    catalog = Catalog(config.data_dir / DATABASE)
    try:
        embedder, total = stored_embedder(catalog), catalog.totals()[1]
        if embedder is None or total == 0:
            return None
        if embedder.name != config.embedding_model and not is_prepared(catalog, config.embedding_model):
            return (
                f"The articles are embedded with {embedder.name}, but EMBEDDING_MODEL is {config.embedding_model}. "
                "Run askwire reindex, or set EMBEDDING_MODEL back."
            )
        folder = VectorIndexFiles(config.data_dir, catalog).folder
        if not folder.is_dir():
            return f"The vector index is missing. {_REBUILT}"
        given = IndexFiles(folder, config.data_dir / DATABASE, embedder.name, embedder.dimension)
        if run_repair(probe.MODULE, given, lambda *_: None, None) is None:
            return f"The vector index is damaged. {_REBUILT}"
        store = VectorStore(folder, embedder.name, embedder.dimension)
        there = sum(map(store.count, store.scopes()))
        store.close()
        return None if there == total else f"{abs(total - there):,} chunks are not in step. {_REBUILT}"
    finally:
        catalog.close()


def _what_to_do(error: sqlite3.Error) -> str:
    text = str(error)
    if "unable to open" in text or "readonly" in text:
        return "Give the data directory to this user."
    if "locked" in text:
        return "Another program keeps it locked: find it, and end it."
    return _RESTORE
