"""A backup of files comes back in PostgreSQL, whole, and only where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, Column, Integer, MetaData, String, Table, insert, select

from index import upkeep
from index.backup import write_backup
from index.config import DATABASE
from index.database import DatabasePlace, open_engine
from index.database_restoring import copy_database, restore_into_database
from index.errors import StoreError
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.types import Scopes
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS
from tests.index.repairs import repair_here
from tests.index.test_backup import BOTH, fill, found, no_step, open_news, small

# A table of the bot's, as the index sees it: with a name that must be quoted, and numbers that go on.
OWN = Table("Order", MetaData(), Column("seq", Integer, primary_key=True, autoincrement=True), Column("what", String))


def make_own(place: DatabasePlace) -> None:
    engine = open_engine(place)
    OWN.create(engine, checkfirst=True)
    engine.dispose()


def rows_of_own(place: DatabasePlace, add: str | None = None) -> list[tuple[int, str]]:
    """The rows of that table, after one more when it is given."""
    engine = open_engine(place)
    with engine.begin() as connection:
        if add:
            connection.execute(insert(OWN).values(what=add))
        rows = connection.execute(select(OWN.c.seq, OWN.c.what).order_by(OWN.c.seq)).all()
    engine.dispose()
    return [(row.seq, row.what) for row in rows]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "run_repair", repair_here)


@pytest.fixture
async def archive(tmp_path: Path) -> Path:
    """A backup of some articles in two collections, with a row of the bot's."""
    await fill(tmp_path / "data", 30)
    make_own(tmp_path / "data" / DATABASE)
    rows_of_own(tmp_path / "data" / DATABASE, add="first\x00 row")
    write_backup(tmp_path / "data", tmp_path / "a.tar", no_step)
    return tmp_path / "a.tar"


async def test_searches_find_the_same_on_servers(
    archive: Path, tmp_path: Path, postgres_place: URL, backend_of: Callable[[URL], Backend]
) -> None:
    """All passages are found as before, none is embedded again, and articles and rows can be added."""
    async with await open_news(tmp_path / "data") as news:
        before = await found(news)
    done = restore_into_database(archive, postgres_place, make_own, no_step)
    assert (done.articles, done.chunks, done.searched) == (33, 33, 33)
    embedder = FakeEmbedder()
    async with await backend_of(postgres_place).open(embedder) as news:
        assert (await found(news), embedder.embedded) == (before, 0)
        assert await news.count(BOTH) == 33
        assert [one.outcome.value for one in await news.add([FERRY, small(77)])] == ["duplicate", "added"]
        assert [one.chunk_id for one in await news.search("Boat77 harbour77", Scopes.of("public"), k=1)]
        assert (await news.status()).healthy
    assert rows_of_own(postgres_place, add="second") == [(1, "first\ufffd row"), (2, "second")]


async def test_a_database_that_holds_anything_is_refused(archive: Path, tmp_path: Path, postgres_place: URL) -> None:
    """A single row of a table that is none of askwire's is enough, and stays as it is."""
    make_own(postgres_place)
    rows_of_own(postgres_place, add="theirs")
    with pytest.raises(StoreError, match="not empty"):
        restore_into_database(archive, postgres_place, make_own, no_step)
    assert rows_of_own(postgres_place) == [(1, "theirs")]


async def test_nothing_is_kept_when_copying_breaks_off(archive: Path, tmp_path: Path, postgres_place: URL) -> None:
    """The database can be restored into afterwards."""

    def fails(label: str, done: int, _total: int) -> None:
        if label == "Copying the database" and done > 60:
            raise StoreError("away")

    with pytest.raises(StoreError, match="away"):
        restore_into_database(archive, postgres_place, make_own, fails)
    assert rows_of_own(postgres_place) == []
    assert restore_into_database(archive, postgres_place, make_own, no_step).articles == 33


async def test_a_table_that_is_not_there_is_not_left_behind(archive: Path, postgres_place: URL) -> None:
    """Rows that have no place to go to end it, with the table's name."""
    with pytest.raises(StoreError, match="Order"):
        restore_into_database(archive, postgres_place, lambda _: None, no_step)


async def test_back_to_files(tmp_path: Path, postgres_place: URL, backend_of: Callable[[URL], Backend]) -> None:
    """From PostgreSQL everything comes into a SQLite file in the same way."""
    async with await backend_of(postgres_place).open() as news:
        await news.add([ROCKETS, FERRY, *map(small, range(10))])
        before = await found(news)
    make_own(postgres_place)
    rows_of_own(postgres_place, add="row")
    copy_database(postgres_place, tmp_path / "new" / DATABASE, make_own, no_step)
    embedder = FakeEmbedder()
    async with await NewsIndex.open_with(tmp_path / "new", embedder=embedder, chat_model=None) as news:
        assert (await found(news), embedder.embedded) == (before, 0)
        assert [one.outcome.value for one in await news.add([small(77)])] == ["added"]
    assert rows_of_own(tmp_path / "new" / DATABASE, add="more") == [(1, "row"), (2, "more")]


@pytest.fixture
def backend_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[URL], Backend]:
    """The storage on servers, its database the given one."""
    chroma = request.getfixturevalue("chroma_server")
    return lambda place: Backend(tmp_path / "other", place, chroma.empty_database())
