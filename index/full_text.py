"""Makes the catalog's full-text index, folded as `words` folds: registers the function, brings an older index up."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event

from index.catalog_schema import SEARCH_TEXT, SQLITE_FULL_TEXT
from index.database import mapped_errors
from index.postgres import is_postgres, lock_schema
from index.postgres_search import bring_up
from index.words import search_text

_TRIGGERS = ("chunks_inserted", "chunks_deleted")
_CHANGED = f"FROM chunks WHERE {SEARCH_TEXT}(title) <> title OR {SEARCH_TEXT}(text) <> text"
# An index from before there was this function holds the text as it is: what folding changes is replaced.
_REPLACED = (
    f"INSERT INTO chunks_fts(chunks_fts, rowid, title, text) SELECT 'delete', seq, title, text {_CHANGED}",
    f"INSERT INTO chunks_fts(rowid, title, text) SELECT seq, {SEARCH_TEXT}(title), {SEARCH_TEXT}(text) {_CHANGED}",
)
_DROPPED = (
    "DROP TABLE IF EXISTS chunks_vocabulary",
    "DROP TABLE IF EXISTS chunks_fts",
    "DROP VIEW IF EXISTS chunks_searchable",
)
_REBUILT = "INSERT INTO chunks_fts(chunks_fts) VALUES ('rebuild')"


def prepare_full_text(engine: Engine) -> None:
    """Makes the full-text index of an opened database ready; blocking, for some seconds when it is an older one.

    Raises:
        StoreError: when the database fails.
    """
    if is_postgres(engine):
        with mapped_errors("read"), engine.begin() as connection:
            lock_schema(connection)
            bring_up(connection)
        return
    event.listen(engine, "connect", _register)
    engine.dispose()  # the connections made so far lack the function
    with mapped_errors("read"), engine.connect() as connection:
        if not _is_current(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if not _is_current(connection):  # another process may have been quicker
                _bring_up(connection)
            connection.commit()


def _register(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA trusted_schema=ON")  # triggers and the view call the function
    connection.create_function(SEARCH_TEXT, 1, search_text, deterministic=True)


def _is_current(connection: Connection) -> bool:
    texts = _trigger_texts(connection)
    return len(texts) == len(_TRIGGERS) and all(f"{SEARCH_TEXT}(" in sql for sql in texts)


def _bring_up(connection: Connection) -> None:
    texts = _trigger_texts(connection)
    unfolded = texts and not any("search_text_" in sql for sql in texts)
    for name in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
    for statement in (*(() if unfolded else _DROPPED), *SQLITE_FULL_TEXT, *(_REPLACED if unfolded else (_REBUILT,))):
        connection.exec_driver_sql(statement)


def _trigger_texts(connection: Connection) -> list[str]:
    query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?)"
    return list(connection.exec_driver_sql(query, _TRIGGERS).scalars())
