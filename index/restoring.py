"""Restores a backup into an empty data directory: the database is checked, the vector index built anew and searched."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from index.backup import OnStep, check_database, count_rows, flush_folder
from index.backup_archive import Manifest, damaged, extract_database, read_manifest
from index.catalog import Catalog
from index.catalog_schema import chunks
from index.config import DATABASE, lock_data_dir
from index.database import mapped_errors
from index.errors import StoreError
from index.lexical import lexical_search
from index.store import VectorStore
from index.stored_embedder import stored_embedder
from index.types import Scopes
from index.upkeep import rebuild
from index.vector_files import VectorIndexFiles

_PART = f"{DATABASE}.restoring"
_LOCKS = {"askwire.lock", _PART}  # what an earlier attempt may have left
_SAMPLE = 20  # chunks that are searched for
_NEIGHBOURS = 10
_SAME = 0.9999  # cosine
_NOT_FOUND = "The restored articles are not found by a search. Nothing was restored: look whether the disk is full."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: how much, when the backup was made (UTC, ISO 8601), and how many chunks were searched for."""

    articles: int
    chunks: int
    made_at: str
    searched: int


def restore_backup(archive: Path, data_dir: Path, on_step: OnStep) -> Restored:
    """Restores a backup into an empty or new data directory; all of it or nothing. Blocking.

    Raises:
        UnreadableError: when the backup is missing, damaged or a newer askwire's.
        StoreError: when the directory is not empty or cannot be written, or what was restored is not found.
        StoreLockedError: when another process has the directory.
    """
    manifest = read_manifest(archive)
    lock = lock_data_dir(data_dir)
    try:
        if any(path.name not in _LOCKS for path in data_dir.iterdir()):
            raise StoreError(
                f"The data directory {data_dir} is not empty. Name an empty one with ASKWIRE_DATA_DIR, "
                "or move what is in this one away."
            )
        with _all_or_nothing(data_dir):
            put_database(archive, manifest, data_dir, on_step)
            return _index(data_dir, manifest, on_step)
    finally:
        lock.release()


def put_database(archive: Path, manifest: Manifest, data_dir: Path, on_step: OnStep) -> None:
    """The database in its place in an empty directory, once each byte and its own structure are checked.

    Raises:
        UnreadableError: when the backup is damaged.
        OSError: when the directory cannot be written.
    """
    part = data_dir / _PART
    part.unlink(missing_ok=True)
    label = "Reading the backup"
    extract_database(archive, manifest, part, lambda done: on_step(label, done, manifest.bytes))
    try:
        with closing(sqlite3.connect(part)) as connection:
            counts = count_rows(connection)
        if check_database(part) or counts != manifest.counts:
            raise damaged(archive)
    except sqlite3.Error as error:
        raise damaged(archive) from error
    part.rename(data_dir / DATABASE)
    flush_folder(data_dir)


def _index(data_dir: Path, manifest: Manifest, on_step: OnStep) -> Restored:
    catalog = Catalog(data_dir / DATABASE)
    try:
        articles, total = catalog.totals()
        embedder = stored_embedder(catalog)
        if embedder is None:
            return Restored(articles, total, manifest.made_at, 0)
        files = VectorIndexFiles(data_dir, catalog)
        store = rebuild(files, catalog, embedder, on_step)
        try:
            files.use(store.folder)
            searched = _search_sample(catalog, store, embedder.name, total)
        finally:
            store.close()
        files.mark_whole()
        return Restored(articles, total, manifest.made_at, searched)
    finally:
        catalog.close()


def _search_sample(catalog: Catalog, store: VectorStore, embedder: str, total: int) -> int:
    """Searches for chunks from all over the collection by meaning and by words; how many.

    Raises:
        StoreError: when vectors are missing, or one of the chunks is not found.
    """
    step = max(1, total // _SAMPLE)
    query = select(chunks.c.id, chunks.c.scope, chunks.c.text).order_by(chunks.c.seq)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        rows = [row for number, row in enumerate(connection.execute(query)) if number % step == 0]
    by_words = 0
    for row in rows:
        scopes = Scopes.of(row.scope)
        near = [
            pair
            for _, _, vector in catalog.vectors([row.id], embedder)
            for pair in store.search(vector.copy(), scopes, _NEIGHBOURS)
        ]
        if not any(chunk_id == row.id or similarity > _SAME for chunk_id, similarity in near):
            raise StoreError(_NOT_FOUND)
        by_words += row.id in dict(lexical_search(catalog, row.text, scopes, _NEIGHBOURS))
    if sum(map(store.count, store.scopes())) != total or 2 * by_words < len(rows):
        raise StoreError(_NOT_FOUND)
    return len(rows)


@contextmanager
def _all_or_nothing(data_dir: Path) -> Iterator[None]:
    """Leaves the directory as empty as it was when the block fails.

    Raises:
        StoreError: when the directory cannot be written.
    """
    try:
        yield
    except BaseException as error:
        for path in data_dir.iterdir():
            if path.name == "askwire.lock":
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(
                f"The data directory {data_dir} cannot be written: {error.strerror}. Nothing was restored."
            ) from error
        raise
