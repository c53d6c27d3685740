"""What differs between the tables that revisions made and those that the code describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, create_engine, text

_COLUMNS = "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo('{}') ORDER BY name"
_REFERENCES = 'SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(\'{}\') ORDER BY 1, 2'
_INDEXES = """SELECT list."unique", group_concat(info.name) FROM pragma_index_list('{}') AS list,
    pragma_index_info(list.name) AS info GROUP BY list.name ORDER BY 1, 2"""


def differences(engine: Engine, tables: Sequence[MetaData]) -> list[Any]:
    """What Alembic would change to bring a database to these tables; others in it do not count."""
    together = MetaData()
    for table in (table for metadata in tables for table in metadata.sorted_tables):
        table.to_metadata(together)

    def counts(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return kind != "table" or name in together.tables

    with engine.connect() as connection:
        options = {"include_object": counts, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), together))


def sqlite_form(connection: Connection, names: Sequence[str]) -> dict[str, Any]:
    """All that SQLite knows of tables: columns, references, indexes, and whether numbers are never given twice."""
    form: dict[str, Any] = {}
    for name in names:
        sql = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar_one()
        asked = (query.format(name) for query in (_COLUMNS, _REFERENCES, _INDEXES))
        rows = [[tuple(row) for row in connection.execute(text(query))] for query in asked]
        form[name] = ("AUTOINCREMENT" in sql, *rows)
    return form


def described_form(tables: Sequence[MetaData]) -> dict[str, Any]:
    """The same of tables that are made at once, by their descriptions."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for metadata in tables:
            metadata.create_all(connection)
        form = sqlite_form(connection, [name for metadata in tables for name in metadata.tables])
    engine.dispose()
    return form
