"""Restores a backup of an index in files into an empty PostgreSQL database; vectors follow at the next start."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from index.backup_archive import read_manifest
from index.catalog import Catalog
from index.catalog_schema import chunks
from index.config import DATABASE
from index.database import DatabasePlace, mapped_errors, open_engine
from index.database_copy import OnStep, check_empty, copy_rows
from index.errors import StoreError
from index.feed_catalog import FeedCatalog
from index.lexical import lexical_search
from index.restoring import Restored, put_database
from index.types import Scopes

_SAMPLE = 20  # chunks that are searched for by their words
_NEIGHBOURS = 10


def restore_into_database(
    archive: Path, place: DatabasePlace, prepare: Callable[[DatabasePlace], None], on_step: OnStep
) -> Restored:
    """Copies all that a backup holds into an empty database; all of it or nothing. Blocking.

    `prepare` makes the bot's own tables at a place, or brings those of an earlier version up. The vectors are among
    the rows, so that nothing is embedded again.

    Raises:
        UnreadableError: when the backup is missing, damaged or a newer askwire's.
        StoreError: when the database is not empty or fails, or what was copied is not found.
    """
    manifest = read_manifest(archive)
    check_database_empty(place)
    try:
        with tempfile.TemporaryDirectory(prefix="askwire-restore-") as folder:
            put_database(archive, manifest, Path(folder), on_step)
            copy_database(Path(folder, DATABASE), place, prepare, on_step)
    except OSError as error:
        raise StoreError(
            f"The backup cannot be unpacked for copying: {error.strerror}. Give the temporary directory room (TMPDIR)."
        ) from error
    catalog = Catalog(place)
    try:
        articles, total = catalog.totals()
        return Restored(articles, total, manifest.made_at, _search_sample(catalog, total))
    finally:
        catalog.close()


def check_database_empty(place: DatabasePlace) -> None:
    """Refuses a database that holds anything.

    Raises:
        StoreError: when it does, or cannot be reached.
    """
    engine = open_engine(place)
    try:
        check_empty(engine)
    finally:
        engine.dispose()


def copy_database(
    source: DatabasePlace, target: DatabasePlace, prepare: Callable[[DatabasePlace], None], on_step: OnStep
) -> None:
    """Copies everything from one place to another, empty one; blocking.

    Raises:
        StoreError: when one of the databases fails; nothing is copied then.
    """
    opened = [Catalog(source), Catalog(target)]
    try:
        for catalog, place in zip(opened, (source, target), strict=True):
            FeedCatalog(catalog.engine)
            prepare(place)
        copy_rows(opened[0].engine, opened[1].engine, on_step)
    finally:
        for catalog in opened:
            catalog.close()


def _search_sample(catalog: Catalog, total: int) -> int:
    """Searches for chunks from all over the collection by their words; how many.

    Raises:
        StoreError: when not even half of them are found.
    """
    step = max(1, total // _SAMPLE)
    query = select(chunks.c.id, chunks.c.scope, chunks.c.text).order_by(chunks.c.seq)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        rows = [row for number, row in enumerate(connection.execute(query)) if number % step == 0]
    found = [row.id in dict(lexical_search(catalog, row.text, Scopes.of(row.scope), _NEIGHBOURS)) for row in rows]
    if 2 * sum(found) < len(rows):
        raise StoreError("The copied articles are not found by a search. Empty the database, and try again.")
    return len(rows)
