"""Revisions of a database's tables: they lead to the tables of the code, and to nothing when one of them fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, literal_column, select, table, text

from index.catalog import Catalog
from index.catalog_schema import REVISION, SCHEMA_VERSION, metadata
from index.database import CATALOG, DatabasePlace, open_database, open_engine, place_text
from index.errors import StoreError
from index.feed_schema import feed_metadata
from index.postgres import is_postgres
from index.postgres_search import search_metadata
from index.schema_upgrade import Migrations, upgrade_schema
from index.types import PUBLIC
from tests.index.builders import FERRY, ROCKETS
from tests.index.test_catalog import save
from tests.schema_comparison import described_form, differences, sqlite_form

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
"""
FAILS = """
    op.create_table("birds", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE articles SET source = 'changed'")
    op.add_column("articles", sa.Column("bird", sa.Integer))
    op.drop_table("feed_entries")
    op.execute("SELECT * FROM nowhere")
"""
REBUILDS = """
    with op.batch_alter_table("articles") as table:
        table.alter_column("source", nullable=False)
"""
LOSES = """
    op.execute("DELETE FROM articles WHERE id = 'ferry'")
"""


def with_next(folder: Path, body: str) -> Migrations:
    """The catalog's revisions, and one more."""
    shutil.copytree(CATALOG.scripts, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r0005_next.py").write_text(NEXT + body)
    return replace(CATALOG, scripts=folder, head="0005", finish=lambda _: None)


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, and the tables' columns."""
    with engine.connect() as connection:
        tables = sorted(name for name in inspect(connection).get_table_names() if not name.startswith("chunks_"))
        rows: dict[str, list[tuple[object, ...]]] = {
            name: sorted(map(tuple, connection.execute(select(literal_column("*")).select_from(table(name)))))
            for name in tables
        }
        return rows | {f"{name}'s": [tuple(c["name"] for c in inspect(connection).get_columns(name))] for name in rows}


def filled(place: DatabasePlace) -> Engine:
    catalog = Catalog(place)
    save(catalog, ROCKETS)
    save(catalog, FERRY)
    return catalog.engine


def test_revisions_lead_to_the_tables_of_the_code(place: DatabasePlace) -> None:
    """Alembic finds nothing to change in a new database, neither in SQLite nor in PostgreSQL."""
    engine = open_database(place)
    also = [search_metadata] if is_postgres(engine) else []
    assert differences(engine, [metadata, feed_metadata, *also]) == []
    engine.dispose()


def test_sqlite_tables_are_those_of_the_code(tmp_path: Path) -> None:
    """What Alembic does not compare is the same, too: rules of references, and whether numbers are given twice."""
    expected = described_form([metadata, feed_metadata])
    engine = open_database(tmp_path / "askwire.db")
    with engine.connect() as connection:
        assert sqlite_form(connection, list(expected)) == expected
    engine.dispose()


def test_the_code_names_the_last_revision() -> None:
    """There is one last revision, the one that an opened database is compared with."""
    config = Config()
    config.set_main_option("script_location", str(CATALOG.scripts))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]
    assert int(REVISION) == int(SCHEMA_VERSION)


def test_a_failed_revision_leaves_everything_as_it_was(place: DatabasePlace, tmp_path: Path) -> None:
    """Tables made, changed and dropped and rows changed before the fault are as before, and references hold."""
    engine = filled(place)
    before = contents(engine)
    with pytest.raises(Exception, match="nowhere"):
        upgrade_schema(engine, with_next(tmp_path / "next", FAILS))
    assert contents(engine) == before
    engine.dispose()
    catalog = Catalog(place)
    assert catalog.article("ferry", PUBLIC) == FERRY
    assert catalog.remove("ferry", PUBLIC)
    catalog.close()


def test_a_failed_first_opening_leaves_an_empty_database(
    place: DatabasePlace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A new database is made at once or not at all, the opening says so in a line, and the next one goes through."""
    with monkeypatch.context() as patch:
        patch.setattr("index.database.CATALOG", with_next(tmp_path / "next", FAILS))
        with pytest.raises(StoreError, match="cannot be used: ") as caught:
            open_database(place)
    assert "\n" not in str(caught.value)
    engine = open_engine(place)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    open_database(place).dispose()


def test_a_table_is_made_anew_without_loss(place: DatabasePlace, tmp_path: Path) -> None:
    """SQLite changes some things only by a new table; dropping the old one takes nothing along that refers to it."""
    engine = filled(place)
    before = contents(engine)
    upgrade_schema(engine, with_next(tmp_path / "next", REBUILDS))
    assert contents(engine) == before | {"catalog_revision": [("0005",)]}
    (source,) = (column for column in inspect(engine).get_columns("articles") if column["name"] == "source")
    assert not source["nullable"]
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM articles WHERE id = 'ferry'"))
        left = connection.execute(text("SELECT count(*) FROM versions WHERE article_id = 'ferry'")).scalar()
    assert left == 0
    engine.dispose()


def test_rows_that_nothing_owns_are_a_fault(tmp_path: Path) -> None:
    """SQLite minds no references while a revision runs; one that breaks some is undone."""
    engine = filled(tmp_path / "askwire.db")
    before = contents(engine)
    with pytest.raises(StoreError, match="without what they belong to"):
        upgrade_schema(engine, with_next(tmp_path / "next", LOSES))
    assert contents(engine) == before
    engine.dispose()


def test_a_newer_database_is_refused(place: DatabasePlace) -> None:
    """One line says what to do, and nothing of it is changed."""
    engine = filled(place)
    with engine.begin() as connection:
        connection.execute(text("UPDATE catalog_revision SET version_num = '0099'"))
    before = contents(engine)
    with pytest.raises(StoreError) as caught:
        open_database(place)
    rest = f"is of schema 99; this askwire reads schema {SCHEMA_VERSION}. Update askwire, or restore an older backup."
    assert str(caught.value) == f"The database {engine.url.database} {rest}"
    assert contents(engine) == before
    engine.dispose()


def test_several_may_make_a_new_database_at_once(place: DatabasePlace) -> None:
    """Of many that open it together each comes up, and with the same tables."""
    start = threading.Barrier(6)

    def open_one(_: int) -> Engine:
        start.wait()
        return open_database(place)

    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(open_one, range(6)))
    with engines[0].connect() as connection:
        assert connection.execute(text("SELECT version_num FROM catalog_revision")).scalars().all() == [REVISION]
    for engine in engines:
        engine.dispose()


def test_several_processes_may_make_a_new_database_at_once(place: DatabasePlace) -> None:
    """The same holds of processes, which share nothing but the database."""
    code = (
        "import sys, alembic.command; from index.database import open_database, place_in;"
        "print('ready', flush=True); input(); open_database(place_in(sys.argv[1])).dispose()"
    )
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-W", "error", "-c", code, place_text(place)]
    running: list[Any] = [subprocess.Popen(command, text=True, **pipes) for _ in range(4)]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in running]
    assert ends == [("", 0)] * len(running)


def test_an_up_to_date_database_needs_no_alembic(tmp_path: Path) -> None:
    """Opening is as quick as comparing a row; a new database does import it."""
    code = (
        "import sys, pathlib; from index.catalog import Catalog; Catalog(pathlib.Path(sys.argv[1])).close();"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "askwire.db")]
    printed = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert printed == ["True\n", "False\n"]
