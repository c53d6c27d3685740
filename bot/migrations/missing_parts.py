"""Makes what a database lacks of some tables, whatever part of them it has."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.schema import CreateColumn


def make_missing(connection: Connection, tables: MetaData) -> None:
    """Makes whole tables, and in those that are there columns and indexes.

    A column that is added allows NULL or has a default of the server's, for the rows that are there already.
    """
    tables.create_all(connection)
    names = connection.dialect.identifier_preparer
    known = inspect(connection)
    for table in tables.sorted_tables:
        there = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {names.format_table(table)} ADD COLUMN {definition}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)
