"""Copies all rows of one database into the empty tables of another, from SQLite to PostgreSQL or back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, Table, delete, func, insert, inspect, select
from sqlalchemy import text as sql

from index.database import mapped_errors
from index.errors import StoreError
from index.postgres import is_postgres
from index.postgres_search import chunk_words

OnStep = Callable[[str, int, int], None]
_BATCH = 500
_META = "meta"  # what a database says of itself; the copy says what the original did
_REVISIONS = "_revision"  # how far a database's tables are brought up, each one's own
# Made anew from the chunks: SQLite's by triggers, PostgreSQL's when the catalog is opened next.
_FULL_TEXT = ("chunks_fts", "chunks_vocabulary", chunk_words.name)
_WORDS_KEY = "search_words"
_LABEL = "Copying the database"


def check_empty(engine: Engine) -> None:
    """Refuses a database that holds anything.

    Raises:
        StoreError: when there is a row in any of its tables but those of versions, or it cannot be read.
    """
    with mapped_errors("read"), engine.connect() as connection:
        for name in (name for name in _names(connection) if name != _META and not name.endswith(_REVISIONS)):
            table = Table(name, MetaData(), autoload_with=connection)
            if connection.execute(select(sql("1")).select_from(table).limit(1)).first():
                raise StoreError(
                    "The database of DATABASE_URL is not empty. Name an empty one, made with createdb: "
                    "nothing there is replaced."
                )


def copy_rows(source: Engine, target: Engine, on_step: OnStep) -> dict[str, int]:
    """Copies every table's rows in one transaction, batch by batch; how many of each that has any.

    Raises:
        StoreError: when rows have no table to go to, or a database fails; nothing is copied then.
    """
    with mapped_errors("copied"), source.connect() as old, target.begin() as new:
        there, here = _reflected(old), _reflected(new)
        counts = {name: count for name, table in there.tables.items() if (count := _count(old, table))}
        if differing := {name for name in counts if not _same_columns(there.tables[name], here)}:
            raise StoreError(f"These tables are not the same in both databases: {', '.join(sorted(differing))}.")
        _empty_meta(new, here)
        total, done = sum(counts.values()), 0
        for table in here.sorted_tables:
            if table.name not in counts:
                continue
            rows = old.execution_options(yield_per=_BATCH).execute(select(there.tables[table.name])).mappings()
            while batch := [dict(row) for row in islice(rows, _BATCH)]:
                new.execute(insert(table), batch)
                done += len(batch)
                on_step(_LABEL, done, total)
            if _count(new, table) != counts[table.name]:
                raise StoreError(f"Not every row of {table.name} was copied. Nothing was kept: try again.")
            _continue_numbers(new, table)
        _forget_words(new, here)
    return counts


def _names(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if not name.startswith(_FULL_TEXT)]


def _reflected(connection: Connection) -> MetaData:
    tables = MetaData()
    tables.reflect(connection, only=[name for name in _names(connection) if not name.endswith(_REVISIONS)])
    return tables


def _same_columns(table: Table, tables: MetaData) -> bool:
    other = tables.tables.get(table.name)
    return other is not None and set(other.columns.keys()) == set(table.columns.keys())


def _empty_meta(connection: Connection, tables: MetaData) -> None:
    if _META in tables.tables:
        connection.execute(delete(tables.tables[_META]))


def _forget_words(connection: Connection, tables: MetaData) -> None:
    """Tells PostgreSQL's full-text index that it is to be made."""
    if (meta := tables.tables.get(_META)) is not None:
        connection.execute(delete(meta).where(meta.c.key == _WORDS_KEY))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _continue_numbers(connection: Connection, table: Table) -> None:
    """New rows get numbers behind those that were copied; SQLite sees to that by itself."""
    keys: Iterable[str] = [column.name for column in table.primary_key if isinstance(column.type, Integer | BigInteger)]
    if not is_postgres(connection):
        return
    for key in keys:
        quoted = connection.dialect.identifier_preparer.quote(table.name)
        sequence = connection.execute(func.pg_get_serial_sequence(quoted, key).select()).scalar()
        last = connection.execute(select(func.max(table.c[key]))).scalar()
        if sequence and last is not None:
            connection.execute(select(func.setval(sequence, last)))
