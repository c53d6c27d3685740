"""A catalog of schema 1 opens as one of today's, with everything in it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from index.catalog import Catalog
from index.catalog_schema import SCHEMA_VERSION
from index.types import PUBLIC
from tests.index.builders import FERRY, ROCKETS
from tests.index.test_catalog import save


def make_old(path: Path) -> None:
    """The two stories as schema 1 kept them."""
    catalog = Catalog(path)
    save(catalog, ROCKETS)
    save(catalog, FERRY)
    catalog.close()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """DROP TABLE appearances; DROP TABLE signature_bands;
            ALTER TABLE versions DROP COLUMN author; ALTER TABLE versions DROP COLUMN updated_at;
            ALTER TABLE versions DROP COLUMN language;
            UPDATE meta SET value = '1' WHERE key = 'schema'; DELETE FROM meta WHERE key = 'signature_version';"""
        )
    connection.close()


def test_an_older_catalog_is_brought_up(tmp_path: Path) -> None:
    """Its articles are found again by address and as copies, and a second opening changes nothing."""
    path = tmp_path / "askwire.db"
    make_old(path)
    for _ in range(2):
        catalog = Catalog(path)
        assert catalog.get_meta("schema") == SCHEMA_VERSION
        assert catalog.article("rockets", PUBLIC) == ROCKETS
        found = catalog.find_same(replace(ROCKETS, id="x", url="https://news.example/rockets/", text="New."), "public")
        assert found is not None
        assert (found.article.id, found.way.value) == ("rockets", "address")
        copied = catalog.find_same(replace(FERRY, id="y"), "public")
        assert copied is not None
        catalog.close()
    with sqlite3.connect(path) as connection:
        places = connection.execute("SELECT count(*) FROM appearances").fetchone()[0]
        bands = connection.execute("SELECT count(DISTINCT article_id) FROM signature_bands").fetchone()[0]
    connection.close()
    assert (places, bands) == (2, 2)
