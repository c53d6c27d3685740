"""Brings a database's tables up to those of this askwire by Alembic's revisions: all of it or nothing.

Alembic is imported only for a database that is new or older, so that opening stays quick.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from index.errors import StoreError
from index.postgres import is_postgres, lock_schema

_alembic = threading.Lock()  # it keeps what it works on in globals


@dataclass(frozen=True, slots=True)
class Migrations:
    """The revisions of some tables, which others in the same database know nothing of.

    `scripts` is the folder of `env.py` and `versions`; `table` holds the revision that a database is at, `head` is the
    last one. `before` tells the revision of a database without that table, None when it is new. `finish` runs behind
    the revisions, in their transaction. `name` is how a message calls these tables.
    """

    scripts: Path
    table: str
    head: str
    name: str
    before: Callable[[Connection], str | None]
    finish: Callable[[Connection], None]


def upgrade_schema(engine: Engine, migrations: Migrations) -> None:
    """Applies the revisions that a database lacks; of several processes that do so at once, one does.

    Raises:
        StoreError: when it is of a newer schema.
        SQLAlchemyError: when a revision fails or the database cannot be written; nothing is changed then.
    """
    with engine.connect() as connection:
        if _stored(connection, migrations) == migrations.head:
            return
    with _alembic, _alone(engine) as connection:
        found = _stored(connection, migrations)
        if found != migrations.head:  # else another process was quicker
            _apply(connection, migrations, found)
            migrations.finish(connection)


def newer_schema(engine: Engine, migrations: Migrations, found: str) -> StoreError:
    """The error of a database of a revision, or a schema's number, that this askwire does not know."""
    where = engine.url.database
    numbers = f"{found.lstrip('0')}; this askwire reads schema {migrations.head.lstrip('0')}"
    return StoreError(f"{migrations.name} {where} is of schema {numbers}. Update askwire, or restore an older backup.")


def _stored(connection: Connection, migrations: Migrations) -> str | None:
    """The revision that a database says it is at."""
    if not inspect(connection).has_table(migrations.table):
        return None
    found: str | None = connection.execute(select(column("version_num")).select_from(table(migrations.table))).scalar()
    return found


def _apply(connection: Connection, migrations: Migrations, stored: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection, "version_table": migrations.table})
    config.set_main_option("script_location", str(migrations.scripts).replace("%", "%%"))
    at = stored or migrations.before(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if at and at not in known:
        raise newer_schema(connection.engine, migrations, at)
    if at and not stored:
        command.stamp(config, at)
    command.upgrade(config, migrations.head)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """One transaction, also around statements that change tables, with no other such block beside it."""
    with engine.connect() as connection:
        if is_postgres(connection):
            lock_schema(connection)
            yield connection
            connection.commit()
            return
        # Else a table that is made anew would take along all that refers to it. It works only outside a transaction.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's driver begins none before such statements
            yield connection
            _check_references(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(f"An upgrade would leave {broken[0]} without what they belong to. It was not done: report it.")
