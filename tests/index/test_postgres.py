"""PostgreSQL as the catalog's database: what is only there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from evals.postgres_server import PASSWORD
from index.catalog import Catalog
from index.database import open_database, place_in, place_text
from index.errors import StoreError, StoreLockedError
from index.feed_catalog import FeedCatalog
from index.ingest import ingest
from index.lexical import lexical_search
from index.postgres import holding_alone, postgres_url
from index.postgres_search import quoted, search_vector
from index.providers.fakes import FakeEmbedder
from index.store import VectorStore
from index.types import PUBLIC, AddOutcome, Article
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS
from tests.index.test_catalog import full_text_is_in_step, save


def test_a_text_may_hold_what_postgresql_refuses(postgres_place: URL) -> None:
    """A NUL is replaced by a sign of the same length, so that every place in the text stays right."""
    catalog = Catalog(postgres_place)
    save(catalog, Article("Ti\0tle", "Three\0rockets hit.", id="nul"))
    found = catalog.article("nul", PUBLIC)
    assert found is not None
    assert (found.title, found.text) == ("Ti\ufffdtle", "Three\ufffdrockets hit.")
    catalog.close()


def test_a_very_long_word_is_no_obstacle(postgres_place: URL) -> None:
    """PostgreSQL takes no word of more than 2,046 bytes: it is left out, the others are found."""
    catalog = Catalog(postgres_place)
    save(catalog, Article("Long", f"Rockets {'ü' * 3000} hit.", id="long"), size=5000)
    assert lexical_search(catalog, "rockets", PUBLIC, 3)
    catalog.close()


def test_signs_in_a_stem_are_no_syntax() -> None:
    """A quote or a backslash ends no word."""
    assert quoted("it's a \\") == "'it''s a \\\\'"
    assert search_vector("Two rockets", "Rockets hit") == "'two':1A 'rocket':2A,3 'hit':4"


def test_an_older_full_text_index_is_made_anew(postgres_place: URL) -> None:
    """When it holds other words than today's, the next start fills it again."""
    catalog = Catalog(postgres_place)
    save(catalog, ROCKETS)
    with catalog.engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = '0' WHERE key = 'search_words'"))
        connection.execute(text("UPDATE chunk_words SET words = 'old'"))
    catalog.close()
    catalog = Catalog(postgres_place)
    full_text_is_in_step(catalog)
    assert lexical_search(catalog, "rockets", PUBLIC, 3)
    catalog.close()


def test_a_server_that_is_away_is_one_clear_line_without_the_password(tmp_path: Path) -> None:
    """It names the database, where it is and the setting."""
    with pytest.raises(StoreError) as caught:
        open_database(postgres_url(f"postgresql://wire:{PASSWORD}@127.0.0.1:1/news"))
    message = str(caught.value)
    assert "The database news on 127.0.0.1 cannot be used" in message and "DATABASE_URL" in message
    assert "\n" not in message and PASSWORD not in message and "wire" not in message


def test_the_next_use_finds_a_server_that_was_restarted(postgres_place: URL) -> None:
    """Connections that it has closed meanwhile are made anew."""
    catalog = Catalog(postgres_place)
    save(catalog, FERRY)
    with catalog.engine.connect() as connection:
        others = "pid <> pg_backend_pid() AND application_name = 'askwire'"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))  # noqa: S608 - our own words
    for _ in range(3):
        assert catalog.count(PUBLIC) == 1
    catalog.close()


def test_what_was_written_stands_in_no_error(postgres_place: URL) -> None:
    """PostgreSQL quotes the row in the second line of its message: only the first one is told."""
    catalog = Catalog(postgres_place)
    save(catalog, FERRY)
    with pytest.raises(StoreError) as caught:
        save(catalog, FERRY)
    assert "ferry" not in str(caught.value) and "duplicate key" in str(caught.value)
    catalog.close()


def test_another_process_can_be_told_where_it_is(postgres_place: URL) -> None:
    """Its address goes over with all that it holds, and does not show the password in its repr."""
    assert place_in(place_text(postgres_place)) == postgres_place
    assert PASSWORD in place_text(postgres_place) and PASSWORD not in repr(postgres_place)
    assert place_in("/data/askwire.db") == Path("/data/askwire.db")


def test_only_one_holds_a_thing(postgres_place: URL) -> None:
    """Others see that, or wait; it is free again afterwards."""
    one, other = open_database(postgres_place), open_database(postgres_place)
    order: list[str] = []

    def wait() -> None:
        with holding_alone(other, "thing", wait=True):
            order.append("second")

    with holding_alone(one, "thing") as alone:
        assert alone
        with holding_alone(other, "thing") as too:
            assert not too
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(0.3)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
    one.dispose()
    other.dispose()


def test_two_processes_take_the_same_articles_in_once(
    postgres_place: URL, store: VectorStore, embedder: FakeEmbedder
) -> None:
    """Whichever comes second sees what the first has saved."""
    catalogs = [Catalog(postgres_place) for _ in range(4)]
    stories = [
        Article(f"Story {n}", f"On day {n} rocket {n * 7} fell.", url=f"https://n.example/{n}") for n in range(8)
    ]

    def take(catalog: Catalog) -> list[AddOutcome]:
        return [added.outcome for added in ingest(stories, "public", catalog, store, embedder)]

    with ThreadPoolExecutor(4) as pool:
        outcomes = [outcome for report in pool.map(take, catalogs) for outcome in report]
    assert sorted(outcomes).count(AddOutcome.ADDED) == 8
    assert catalogs[0].count(PUBLIC) == 8
    for catalog in catalogs:
        catalog.close()


def test_a_due_feed_is_looked_at_by_one(postgres_place: URL) -> None:
    """Of two processes that saw it, one may; the other would have to wait."""
    catalogs = [Catalog(postgres_place) for _ in range(2)]
    one, other = (FeedCatalog(catalog.engine) for catalog in catalogs)
    now = datetime(2026, 3, 10, tzinfo=UTC)
    one.add("public", [("https://news.example/feed", "News")], now)
    (feed,) = one.feeds(due=now)
    later = now.replace(hour=1)
    assert [one.claim(feed, later), other.claim(feed, later)] == [True, False]
    assert one.feeds(due=now) == []
    for catalog in catalogs:
        catalog.close()


async def test_vectors_in_files_are_for_one_process(postgres_place: URL, tmp_path: Path) -> None:
    """A second one on the same database would know nothing of the first one's vectors: it is told what to set."""
    first, second = (Backend(tmp_path / name, postgres_place) for name in ("one", "two"))
    async with await first.open():
        with pytest.raises(StoreLockedError, match="CHROMA_URL"):
            await second.open()
    async with await second.open() as news:
        assert await news.count(PUBLIC) == 0
