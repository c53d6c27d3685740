"""PostgreSQL's full-text index: which chunks are ranked, and how common words are counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, text

from index import postgres_search
from index.catalog import Catalog
from index.lexical import document_counts, lexical_search
from index.types import PUBLIC, Article, Scopes
from tests.index.test_catalog import save

NOTES = {
    "all": "The ship left the harbour with its captain.",
    "two": "The captain saw the ship.",
    "other": "A harbour has a captain.",
    "one": "Ship, ship, ship: a ship is a ship.",
    "rare": "A whale.",
}


@pytest.fixture
def notes(postgres_place: URL) -> Iterator[Catalog]:
    """Five short articles in PostgreSQL, among others of no ships; the one that says "ship" often ranks high by it."""
    catalog = Catalog(postgres_place)
    for name, words in NOTES.items():
        save(catalog, Article("Ship" if name == "one" else f"Note {name}", words, id=name))
    for number in range(20):
        save(catalog, Article(f"Weather {number}", "Rain in the hills.", id=f"weather{number}"))
    yield catalog
    catalog.close()


@pytest.fixture
def common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has every word taken for a common one that more than one chunk holds."""
    monkeypatch.setattr(postgres_search, "_RARE_MATCHES", 1)


def best(catalog: Catalog, query: str, k: int = 1, scopes: Scopes = PUBLIC) -> set[str]:
    """The articles of the chunks that are ranked when four times `k` are wanted."""
    with pytest.MonkeyPatch.context() as patch:
        ranked: list[str] = []
        search = postgres_search.best_chunks

        def noting(*given: object, **named: object) -> object:
            rows = search(*given, **named)  # type: ignore[arg-type]  # as they came
            ranked.extend(row.id.split("-")[0] for row in rows)
            return rows

        patch.setattr(postgres_search, "best_chunks", noting)
        lexical_search(catalog, query, scopes, k)
    return set(ranked)


def test_any_word_is_searched_for_as_long_as_all_are_rare(notes: Catalog) -> None:
    """So it is in a small collection."""
    assert best(notes, "whale, ship, captain or harbour?", k=10) == NOTES.keys()


def test_of_common_words_two_must_stand_in_a_chunk(notes: Catalog, common: None) -> None:
    """And of the rare ones any: what holds a single common word is hardly ever among the best of a large collection."""
    assert best(notes, "whale, ship, captain or harbour?") == {"all", "two", "other", "rare"}


def test_the_rarest_pairs_are_searched_for(notes: Catalog, common: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only as many as are expected to find enough: what holds another pair alone is not ranked then."""
    monkeypatch.setattr("index.lexical._AHEAD", 1)
    query = "whale, harbour, ship or captain?"
    assert best(notes, query, k=4) == {"all", "two", "other", "rare"}
    monkeypatch.setattr(postgres_search, "_PAIR_MATCHES", 0)
    assert best(notes, query, k=3) == {"all", "other", "rare"}


@pytest.mark.parametrize(("query", "wanted"), [("ship", {"all", "two", "one"}), ("whale and ship", {"rare", "one"})])
def test_too_few_are_made_up_for_by_chunks_with_any_word(
    notes: Catalog, common: None, query: str, wanted: set[str]
) -> None:
    """A question may be one common word, or a name that stands in one chunk and a common word."""
    assert best(notes, query) >= wanted


def test_words_in_nothing_find_nothing(notes: Catalog) -> None:
    """Without a search."""
    assert best(notes, "zeppelin") == set()


def test_how_common_a_word_is_comes_from_the_servers_statistics(
    notes: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the share at the time of the last ANALYZE; chunks with a rare word are counted."""
    exact = {"ship": 3, "captain": 3, "harbour": 2, "whale": 1}
    with notes.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE chunk_words"))
    assert document_counts(notes, ["ship", "captain", "harbour", "whale", "zeppelin"]) == exact
    for name in ("ferry", "tug", "yacht", "raft", "whale"):
        save(notes, Article(f"Note {name} again", f"No more than a {name}.", id=f"{name}-again"))
    assert document_counts(notes, ["ship", "whale"]) == {"ship": 3, "whale": 2}
    monkeypatch.setattr(postgres_search, "_COUNTED", 3)
    assert document_counts(notes, ["ship", "whale"]) == {"ship": 4, "whale": 2}  # 3.6, at 3 of 25


def test_the_server_keeps_the_share_of_more_words_than_it_does_by_default(postgres_place: URL) -> None:
    """Also in a database that was made before it was told to."""
    for _ in range(2):
        catalog = Catalog(postgres_place)
        with catalog.engine.begin() as connection:
            target = text(postgres_search._KEPT_STATISTICS)
            assert connection.execute(target).scalar() == postgres_search._STATISTICS
            connection.execute(text("ALTER TABLE chunk_words ALTER COLUMN words SET STATISTICS -1"))
        catalog.close()
