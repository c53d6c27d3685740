"""Is the vector index whole?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog
from index.errors import StoreError
from index.ingest import ingest
from index.probe import DamagedIndexError, hidden_vectors, look_for_all, opened_index
from index.providers.fakes import FakeEmbedder
from index.repair_process import IndexFiles
from index.store import SEARCH_DEPTH, VectorStore
from index.types import Article
from tests.index.builders import FERRY, ROCKETS

STORIES = 60


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The vector index in files is the same beside any database: one is enough."""
    return tmp_path / "askwire.db"


@pytest.fixture
def data(tmp_path: Path, catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> Path:
    """A data directory with articles in two scopes."""
    stories = [Article(f"Story {n}", f"On day {n} rocket {n * 7} fell.", id=f"r{n}") for n in range(STORIES)]
    list(ingest([ROCKETS, FERRY, *stories], "public", catalog, store, embedder))
    list(ingest([ROCKETS], "chat:1", catalog, store, embedder))
    return tmp_path


def hidden(data: Path, counts: list[tuple[int, int]] | None = None) -> list[str]:
    files = IndexFiles(data / "chroma", data / "askwire.db", "fake:words", 64)
    return hidden_vectors(files, lambda done, total: counts.append((done, total)) if counts is not None else None)


def replace_vector(store: VectorStore, chunk_id: str) -> None:
    vector = -FakeEmbedder().embed_query(f"something else than {chunk_id}")
    store.delete([chunk_id], "public")
    store.add([(chunk_id, chunk_id.partition("-")[0], np.asarray(vector, np.float32))], "public")


def test_an_index_in_step_with_the_catalog_is_whole(data: Path) -> None:
    """Each vector finds itself, and the progress is told to the end."""
    counts: list[tuple[int, int]] = []
    assert hidden(data, counts) == []
    assert counts[-1] == (STORIES + 3, STORIES + 3)


@pytest.mark.parametrize("chunk_id", [f"r{n}-1-0" for n in (0, STORIES // 2, STORIES - 1)])
def test_one_lost_vector_is_found_among_all(data: Path, store: VectorStore, chunk_id: str) -> None:
    """Its id is there and the counts are right, but a search never finds it: whichever it is, it is named."""
    replace_vector(store, chunk_id)
    assert hidden(data) == [chunk_id]


def test_many_lost_vectors_are_damage(data: Path, store: VectorStore) -> None:
    """Not where they were put in just now: there is nothing better than a fresh graph."""
    for n in range(21):
        if n == 20:
            assert len(hidden(data)) == 20
        replace_vector(store, f"r{n}-1-0")
    with pytest.raises(DamagedIndexError):
        hidden(data)
    with opened_index(IndexFiles(data / "chroma", data / "askwire.db", "fake:words", 64)) as (catalog, same):
        assert len(look_for_all(catalog, same, "fake:words", lambda *_: None, is_fresh=True)) == 21


def test_ids_that_only_one_side_has_are_no_damage(data: Path, store: VectorStore, embedder: FakeEmbedder) -> None:
    """A crash between catalog and index leaves them; they are put right without a rebuild."""
    store.delete(["rockets-1-0"], "public")
    store.add([("more-1-0", "more", embedder.embed_query("more"))], "public")
    store.add([("more-1-0", "more", embedder.embed_query("more"))], "chat:2")
    assert hidden(data) == []


def test_a_vector_that_a_search_finds_is_not_hidden(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at few neighbours may miss it; it is looked for again as a search does."""
    nearest = VectorStore.nearest

    def blind(self: VectorStore, vectors: np.ndarray, scope: str, k: int) -> list[list[tuple[str, float]]]:
        return nearest(self, vectors, scope, k) if k == SEARCH_DEPTH else [[] for _ in vectors]

    monkeypatch.setattr(VectorStore, "nearest", blind)
    assert hidden(data) == []


def test_equal_vectors_crowd_each_other_out_without_harm(
    data: Path, catalog: Catalog, store: VectorStore, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many chunks with the same words a search finds any."""
    monkeypatch.setattr("index.store.SEARCH_DEPTH", 8)
    boilerplate = [Article("Subscribe", "Read our letter.", id=f"s{n}") for n in range(30)]
    for number, article in enumerate(boilerplate):
        list(ingest([article], f"chat:{number}", catalog, store, embedder))
        chunk_id = next(iter(catalog.chunk_ids(f"chat:{number}")))
        store.drop(f"chat:{number}")
        with catalog.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE chunks SET scope = 'public' WHERE id = ?", (chunk_id,))
        store.add(catalog.vectors([chunk_id], embedder.name), "public")
    assert hidden(data) == []


def test_a_lost_vector_is_missed_though_an_equal_one_is_found(
    data: Path, catalog: Catalog, store: VectorStore, embedder: FakeEmbedder
) -> None:
    """Each chunk is looked for by its id."""
    copies = [Article("Subscribe", "Read our letter.", id="s1"), Article("Subscribe", "Read our letter.", id="s2")]
    list(ingest(copies[:1], "public", catalog, store, embedder))
    list(ingest(copies[1:], "chat:2", catalog, store, embedder))
    with catalog.engine.begin() as connection:
        (second,) = catalog.chunk_ids("chat:2")
        connection.exec_driver_sql("UPDATE chunks SET scope = 'public' WHERE id = ?", (second,))
    store.drop("chat:2")
    store.add(catalog.vectors([second], embedder.name), "public")
    assert hidden(data) == []
    replace_vector(store, second)
    assert hidden(data) == [second]


def test_a_vector_that_was_deleted_and_is_still_found_is_damage(
    data: Path, store: VectorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graph and Chroma's own records disagree."""
    nearest = VectorStore.nearest

    def haunted(self: VectorStore, vectors: np.ndarray, scope: str, k: int) -> list[list[tuple[str, float]]]:
        return [[("ghost-1-0", 1.0), *row] for row in nearest(self, vectors, scope, k)]

    monkeypatch.setattr(VectorStore, "nearest", haunted)
    with pytest.raises(DamagedIndexError):
        hidden(data)


def test_a_database_that_cannot_be_read_is_an_error(data: Path) -> None:
    """The probe's process then ends with a failure, which counts as not whole."""
    (data / "askwire.db.broken").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        hidden_vectors(IndexFiles(data / "chroma", data / "askwire.db.broken", "fake:words", 64))


def test_a_search_is_as_deep_as_ever_after_a_probe(data: Path, store: VectorStore, embedder: FakeEmbedder) -> None:
    """The probe looks at few neighbours; a store that is opened after it sets that right."""
    store.close()
    assert hidden(data) == []
    after = VectorStore(data / "chroma", "fake:words", 64)
    collection = after.collection("public")
    assert collection is not None
    stored = after._client.get_collection(collection.client.name)
    assert {c.configuration_json["hnsw"]["ef_search"] for c in (stored, collection.client)} == {200}
    after.close()
