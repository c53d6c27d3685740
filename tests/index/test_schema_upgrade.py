"""A catalog of an earlier release opens as one of today's, with everything in it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from index import upkeep
from index.article_history import article_versions
from index.backup import write_backup
from index.catalog import Catalog
from index.catalog_schema import SCHEMA_VERSION
from index.config import DATABASE
from index.database import CATALOG, DatabasePlace, open_database, open_engine
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.restoring import restore_backup
from index.schema_upgrade import upgrade_schema
from index.types import PUBLIC
from tests.index.builders import FERRY, ROCKETS
from tests.index.first_release import write_first_release
from tests.index.repairs import repair_here
from tests.index.test_catalog import full_text_is_in_step, hits, save

SAME_ADDRESS = replace(ROCKETS, id="later", text="Another story at the same address.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of the first release with two stories."""
    path = tmp_path / DATABASE
    write_first_release(path, [replace(ROCKETS, version=2), replace(FERRY, version=2)])
    return path


def count(path: Path, query: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute(query).fetchone()[0]
    return number


def test_the_first_release_is_brought_up(path: Path) -> None:
    """Its articles are found again by address and as copies, and a second opening changes nothing."""
    for _ in range(2):
        catalog = Catalog(path)
        assert catalog.get_meta("schema") == SCHEMA_VERSION
        assert catalog.article("rockets", PUBLIC) == replace(ROCKETS, version=2)
        found = catalog.find_same(replace(ROCKETS, id="x", url="https://news.example/rockets/", text="New."), "public")
        assert found is not None
        assert (found.article.id, found.way.value) == ("rockets", "address")
        copied = catalog.find_same(replace(FERRY, id="y"), "public")
        assert copied is not None
        full_text_is_in_step(catalog)
        assert hits(catalog, "sandbank") == 1
        catalog.close()
    assert count(path, "SELECT count(*) FROM appearances") == 2
    assert count(path, "SELECT count(DISTINCT article_id) FROM signature_bands") == 2
    assert count(path, "SELECT count(*) FROM versions") == 4


async def test_the_first_release_is_searched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its passages are found by their stored vectors and by words, none is embedded again, and new articles go in."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    embedder = FakeEmbedder()
    async with await NewsIndex.open_with(path.parent, embedder=embedder, chat_model=None) as news:
        assert embedder.embedded == 0
        (first, *_) = await news.search("The ferry Marta hit a sandbank", PUBLIC)
        assert first.article_id == "ferry"
        assert {item.article_id for item in await news.search("rockets at the embassy", PUBLIC)} >= {"rockets"}
        await news.add([replace(FERRY, id="new", title="A balloon", text="A balloon landed in Rijeka.")])
        assert (await news.search("balloon in Rijeka", PUBLIC))[0].article_id == "new"
        assert (await news.status()).healthy


def test_a_backup_of_the_first_release_is_restored(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive holds the old tables; what comes back has those of today, and every chunk is found."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    manifest = write_backup(path.parent, tmp_path / "a.tar", lambda *_: None)
    assert (manifest.schema, "appearances" in manifest.counts) == ("1", False)
    done = restore_backup(tmp_path / "a.tar", tmp_path / "new", lambda *_: None)
    assert (done.articles, done.chunks, done.searched) == (2, manifest.counts["chunks"], manifest.counts["chunks"])
    catalog = Catalog(tmp_path / "new" / DATABASE)
    assert (catalog.get_meta("schema"), catalog.count(PUBLIC)) == (SCHEMA_VERSION, 2)
    catalog.close()


def test_an_address_is_of_the_older_of_two_articles(tmp_path: Path) -> None:
    """The first release let two articles have one address; now each has one owner."""
    path = tmp_path / DATABASE
    write_first_release(path, [ROCKETS, SAME_ADDRESS])
    catalog = Catalog(path)
    found = catalog.find_same(replace(ROCKETS, id="x", text="New words."), "public")
    assert found is not None
    assert (found.article.id, catalog.count(PUBLIC)) == ("rockets", 2)
    catalog.close()


def test_several_may_bring_it_up_at_once(path: Path) -> None:
    """Of threads that open an old database together every one comes up, and its rows are made once."""
    with ThreadPoolExecutor(8) as pool:
        for catalog in pool.map(Catalog, [path] * 8):
            assert catalog.count(PUBLIC) == 2
            catalog.close()
    assert count(path, "SELECT count(*) FROM appearances") == 2
    assert count(path, "SELECT count(*) FROM catalog_revision") == 1


def test_a_half_done_upgrade_is_finished(path: Path) -> None:
    """An askwire without revisions could be killed with some new tables and columns made, and the schema still 1."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE appearances (seq INTEGER NOT NULL PRIMARY KEY, article_id VARCHAR NOT NULL,
            scope VARCHAR NOT NULL, address TEXT, url TEXT, source TEXT);
            ALTER TABLE versions ADD COLUMN author TEXT;"""
        )
    catalog = Catalog(path)
    assert catalog.article("rockets", PUBLIC) == replace(ROCKETS, version=2)
    catalog.close()
    assert count(path, "SELECT count(*) FROM appearances") == 2


def schema_2(place: DatabasePlace) -> Engine:
    """A database of schema 2 from before there were revisions."""
    engine = open_engine(place)
    upgrade_schema(engine, replace(CATALOG, head="0002", finish=lambda _: None))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE catalog_revision"))
        connection.execute(text("INSERT INTO meta VALUES ('schema', '2')"))
    return engine


@pytest.mark.parametrize("index", ["", "scope, value"])
def test_schema_2_is_brought_up(place: DatabasePlace, index: str) -> None:
    """Whether its index of copies is still the first one, which was never changed in a database, or a later one."""
    engine = schema_2(place)
    if index:
        with engine.begin() as connection:
            connection.execute(text("DROP INDEX signature_bands_by_value"))
            connection.execute(text(f"CREATE INDEX signature_bands_by_value ON signature_bands ({index})"))
    engine.dispose()
    engine = open_database(place)
    (found,) = inspect(engine).get_indexes("signature_bands")
    assert found["column_names"] == ["scope", "value"]
    engine.dispose()


def test_feeds_of_schema_2_stay(tmp_path: Path) -> None:
    """A catalog that feeds were followed in keeps them."""
    path = tmp_path / DATABASE
    open_database(path).dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """INSERT INTO feeds(scope, key, url, title, interval, added_at, next_at, failures, paused, articles)
            VALUES ('public', 'k', 'u', 't', 60, 'a', 'n', 0, 0, 0);
            DROP TABLE catalog_revision; UPDATE meta SET value = '2' WHERE key = 'schema'"""
        )
    open_database(path).dispose()
    assert count(path, "SELECT count(*) FROM feeds WHERE title = 't'") == 1


def test_what_an_earlier_version_was_is_kept(path: Path) -> None:
    """An article's older text can still be read, and the next change makes a third version of it."""
    catalog = Catalog(path)
    save(catalog, replace(FERRY, version=3, text="The ferry is afloat again."))
    assert [one.version for one in article_versions(catalog, "ferry", PUBLIC)] == [1, 2, 3]
    catalog.close()
