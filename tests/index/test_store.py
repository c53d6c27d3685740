"""The vector index: real Chroma, through llama-index."""

from __future__ import annotations

from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.errors import InvalidArgumentError
from llama_index.vector_stores.chroma import ChromaVectorStore

from index import store as store_module
from index.errors import StoreError
from index.providers.fakes import FakeEmbedder
from index.store import SEARCH_DEPTH, VectorStore, _page_of_ids
from index.types import PUBLIC, Scopes

TEXTS = {"a-1-0": "three rockets hit the embassy", "a-1-1": "nobody claimed it", "b-1-0": "the ferry hit a sandbank"}


def fill(store: VectorStore, embedder: FakeEmbedder, scope: str = "public") -> None:
    store.add([(key, key[0], embedder.embed_query(text)) for key, text in TEXTS.items()], scope)


def test_the_nearest_come_first_with_their_cosine(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """Scores are the very cosine similarities, turned back from what the adapter gives."""
    fill(any_store, embedder)
    query = embedder.embed_query("rockets hit the embassy")
    found = any_store.search(query, PUBLIC, 3)
    assert found[0][0] == "a-1-0"
    for chunk_id, similarity in found:
        assert similarity == pytest.approx(float(embedder.embed_query(TEXTS[chunk_id]) @ query), abs=1e-4)


def test_opposite_vectors_have_a_similarity_of_minus_one(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """The whole range of cosines comes through."""
    vector = embedder.embed_query("rockets")
    any_store.add([("same", "a", vector), ("opposite", "b", -vector)], "public")
    assert dict(any_store.search(vector, PUBLIC, 2)) == pytest.approx({"same": 1.0, "opposite": -1.0}, abs=1e-4)


def test_scopes_are_apart(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """A search sees its scopes only, however near another chat's text is."""
    fill(any_store, embedder, "chat:1")
    any_store.add([("c-1-0", "c", embedder.embed_query("weather"))], "public")
    query = embedder.embed_query(TEXTS["a-1-0"])
    assert [chunk_id for chunk_id, _ in any_store.search(query, PUBLIC, 10)] == ["c-1-0"]
    assert any_store.search(query, Scopes.of("chat:2"), 10) == []
    both = any_store.search(query, Scopes.of("chat:1", "public"), 2)
    assert both[0][0] == "a-1-0"
    assert len(both) == 2


def test_deleting_is_within_a_scope_and_passes_over_what_is_not_there(
    any_store: VectorStore, embedder: FakeEmbedder
) -> None:
    """Only the named vectors of the named scope go."""
    fill(any_store, embedder)
    fill(any_store, embedder, "chat:1")
    any_store.delete(["a-1-0", "nothing"], "chat:1")
    any_store.delete(["a-1-0"], "chat:2")
    any_store.delete([], "public")
    assert any_store.ids("public") == set(TEXTS)
    assert any_store.ids("chat:1") == set(TEXTS) - {"a-1-0"}
    assert (any_store.count("public"), any_store.count("chat:1")) == (3, 2)


def test_reading_makes_no_collection(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """Asking about a scope that holds nothing leaves no trace."""
    any_store.search(embedder.embed_query("x"), Scopes.of("chat:9"), 5)
    assert (any_store.count("chat:9"), any_store.ids("chat:9"), any_store.scopes()) == (0, set(), [])
    any_store.delete(["x"], "chat:9")
    any_store.drop("chat:9")
    assert any_store.scopes() == []


def test_scopes_are_known_by_name_and_can_be_dropped(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """A dropped scope is empty and can be filled again."""
    fill(any_store, embedder)
    fill(any_store, embedder, "chat:-1001234567890/7")
    assert sorted(any_store.scopes()) == ["chat:-1001234567890/7", "public"]
    any_store.drop("public")
    assert (any_store.scopes(), any_store.count("public")) == (["chat:-1001234567890/7"], 0)
    fill(any_store, embedder)
    assert any_store.count("public") == 3


def test_what_was_added_is_there_after_opening_again(tmp_path: Path, embedder: FakeEmbedder) -> None:
    """Closing lets go of the files, and another opening finds everything."""
    first = VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension)
    fill(first, embedder)
    first.close()
    second = VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension)
    assert second.ids("public") == set(TEXTS)
    assert second.search(embedder.embed_query("ferry sandbank"), PUBLIC, 1)[0][0] == "b-1-0"
    second.close()


def test_embedders_do_not_share_a_collection(tmp_path: Path, embedder: FakeEmbedder, store: VectorStore) -> None:
    """Another embedder's store in the same folder is empty, also with the same dimension."""
    fill(store, embedder)
    other = VectorStore(tmp_path / "chroma", "fake:other", embedder.dimension)
    assert (other.scopes(), other.count("public")) == ([], 0)
    other.close()


def test_no_text_is_kept_in_the_vector_index(tmp_path: Path, store: VectorStore, embedder: FakeEmbedder) -> None:
    """The catalog has the text; the vector index holds ids and numbers."""
    fill(store, embedder)
    collection = store._client.list_collections()[0]
    rows = collection.get(include=["documents", "metadatas"])
    assert not any(rows["documents"] or [])
    assert "rockets hit" not in str(rows)


def test_more_vectors_than_a_batch(any_store: VectorStore) -> None:
    """Hundreds of vectors go in and out."""
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((1100, 64)).astype(np.float32)
    any_store.add(((f"n-1-{i}", "n", vector) for i, vector in enumerate(vectors)), "public")
    assert any_store.count("public") == 1100
    assert any_store.search(vectors[777], PUBLIC, 1)[0][0] == "n-1-777"
    any_store.delete([f"n-1-{i}" for i in range(1050)], "public")
    assert any_store.count("public") == 50


def test_chromas_failures_are_store_errors_of_one_line(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """A vector of another length is refused by Chroma; what it says comes in one line."""
    fill(any_store, embedder)
    with pytest.raises(StoreError, match="vector index cannot be written") as caught:
        any_store.add([("x", "x", np.ones(3, np.float32))], "public")
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value.__cause__, chromadb.errors.ChromaError)


def test_files_that_are_no_index_are_a_store_error(tmp_path: Path) -> None:
    """Damage is found at opening, as an error that can be acted on."""
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(StoreError, match="vector index cannot be opened"):
        VectorStore(folder, "fake:words", 64)


def test_many_vectors_are_looked_for_at_once(any_store: VectorStore) -> None:
    """Each one's nearest come in the order of the question, with their cosine; a scope without any has none."""
    vectors = np.random.default_rng(2).standard_normal((300, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    any_store.add([(f"n-1-{i}", "n", vector) for i, vector in enumerate(vectors)], "public")
    found = any_store.nearest(vectors, "public", 40)
    assert [row[0][0] for row in found] == [f"n-1-{i}" for i in range(300)]
    chunk_id, similarity = found[7][3]
    assert similarity == pytest.approx(float(vectors[7] @ vectors[int(chunk_id.rpartition("-")[2])]), abs=1e-4)
    assert any_store.nearest(vectors[:2], "chat:1", 5) == [[], []]


def test_a_collection_of_another_depth_is_searched_as_deep_as_a_new_one(tmp_path: Path, embedder: FakeEmbedder) -> None:
    """One that was made before, or that a probe has opened."""
    before = VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension, depth=10)
    fill(before, embedder)
    before.close()
    after = VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension)
    assert after.search(embedder.embed_query("ferry sandbank"), PUBLIC, 1)[0][0] == "b-1-0"
    after.add([("c-1-0", "c", embedder.embed_query("weather"))], "chat:1")
    for scope in ("public", "chat:1"):
        collection = after.collection(scope)
        assert collection is not None
        assert collection.client.configuration_json["hnsw"]["ef_search"] == SEARCH_DEPTH
    after.close()


def test_a_collection_that_was_emptied_begins_anew(any_store: VectorStore, embedder: FakeEmbedder) -> None:
    """Its graph of deleted vectors, which would connect the next ones badly, is not kept."""
    fill(any_store, embedder)
    any_store.delete(list(TEXTS), "public")
    assert any_store.scopes() == []
    fill(any_store, embedder)
    assert any_store.ids("public") == set(TEXTS)


def test_replacing_all_again_and_again_loses_none(any_store: VectorStore) -> None:
    """As long as the new vectors go in before the old ones go out: two hundred, twelve times."""
    vectors = np.random.default_rng(3).standard_normal((200, 64)).astype(np.float32)
    for turn in range(12):
        ids = [f"n-{turn}-{i}" for i in range(200)]
        any_store.add(((chunk_id, "n", vector) for chunk_id, vector in zip(ids, vectors, strict=True)), "public")
        any_store.delete([f"n-{turn - 1}-{i}" for i in range(200)], "public")
        assert [row[0][0] for row in any_store.nearest(vectors, "public", 1)] == ids


def test_a_collection_that_goes_while_it_is_read_is_empty(tmp_path: Path, embedder: FakeEmbedder) -> None:
    """A question that is asked while a chat's articles are dropped fails in no way."""
    one, other = (VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension) for _ in range(2))
    fill(one, embedder)
    query = embedder.embed_query("ferry")
    assert len(one.search(query, PUBLIC, 3)) == 3
    other.drop("public")
    assert (one.search(query, PUBLIC, 3), one.count("public"), one.ids("public")) == ([], 0, set())
    one.close()
    other.close()


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_ids_are_read_a_page_at_a_time(
    any_store: VectorStore, embedder: FakeEmbedder, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, whether the last page is full or not."""
    monkeypatch.setattr(store_module, "_PAGE", page)
    fill(any_store, embedder)
    assert any_store.ids("public") == set(TEXTS)


@pytest.mark.parametrize("any_store", ["server"], indirect=True)
def test_a_server_that_refuses_a_page_is_asked_for_smaller_ones(
    any_store: VectorStore, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Chroma's cloud does by its quota; one that refuses these, too, is an error."""
    asked: list[int] = []
    quota = 2

    def page_of_ids(collection: ChromaVectorStore, offset: int, limit: int) -> list[str]:
        asked.append(limit)
        if limit > quota:
            raise InvalidArgumentError("Quota exceeded")
        return _page_of_ids(collection, offset, limit)

    monkeypatch.setattr(store_module, "_page_of_ids", page_of_ids)
    monkeypatch.setattr(store_module, "_SMALL_PAGE", 2)
    fill(any_store, embedder)
    assert any_store.ids("public") == set(TEXTS)
    assert asked == [10_000, 2, 2]
    quota = 1
    with pytest.raises(StoreError, match="Quota exceeded"):
        any_store.ids("public")
