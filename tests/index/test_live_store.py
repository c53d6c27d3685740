"""The vector index of a running askwire, repaired while it is used."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from index import live_store, upkeep
from index.catalog import Catalog
from index.errors import EmbedderMismatchError, StoreError
from index.ingest import ingest
from index.live_store import LiveStore, open_live_store
from index.moving import move_collection, remove_collection
from index.probe import hidden_vectors
from index.providers.fakes import FakeEmbedder
from index.repair_process import IndexFiles, RepairStoppedError
from index.retrieval import Retriever
from index.store import VectorStore
from index.types import PUBLIC, Article, Scopes
from index.vector_files import VectorIndexFiles
from tests.index.builders import FERRY, ROCKETS, make_article
from tests.index.repairs import repair_here

QUERY = "Which ferry hit a sandbank?"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The vector index in files is the same beside any database: one is enough."""
    return tmp_path / "askwire.db"


@dataclass
class Bench:
    """A data directory, and what is opened on it."""

    folder: Path
    catalog: Catalog
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)

    @property
    def files(self) -> VectorIndexFiles:
        return VectorIndexFiles(self.folder, self.catalog)

    def open(self, *, beside: bool = True) -> LiveStore:
        return open_live_store(self.files, self.catalog, self.embedder, lambda *_: None, beside=beside)

    def add(self, store: LiveStore, *articles: Article, scope: str = "public") -> None:
        self.files.mark_writing()
        list(ingest(articles, scope, self.catalog, cast(Any, store), self.embedder))

    def found(self, store: LiveStore, scopes: Scopes = PUBLIC) -> list[str]:
        return [chunk_id for chunk_id, _ in store.search(self.embedder.embed_query(QUERY), scopes, 9)]

    def is_whole(self, store: LiveStore) -> bool:
        """Whether the index holds what the catalog holds, each under its own vector, and no problem is told."""
        scopes = set(self.catalog.scopes())
        same = scopes == set(store.scopes()) and all(self.catalog.chunk_ids(s) == store.ids(s) for s in scopes)
        hidden = hidden_vectors(IndexFiles(self.files.folder, self.files.database, "fake:words", 64))
        return same and hidden == [] and store.problems == ()


@pytest.fixture
def bench(tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Repairs run in this process."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    return Bench(tmp_path, catalog)


@pytest.fixture
def crashed(bench: Bench) -> Bench:
    """Two articles were taken in, and the process was killed."""
    store = bench.open()
    bench.add(store, ROCKETS, FERRY)
    store.close()
    bench.files.mark_writing()
    return bench


@contextlib.contextmanager
def held_repair(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds what a repair has found back until the block ends; the event says that there is one."""
    begun, go = threading.Event(), threading.Event()

    def held(*arguments: Any, **options: Any) -> list[str] | None:
        found = repair_here(*arguments, **options)
        begun.set()
        stop = arguments[3]
        while not go.wait(0.01) and not stop.is_set():
            pass
        if stop.is_set():
            raise RepairStoppedError("stopped")
        return found

    monkeypatch.setattr(upkeep, "run_repair", held)
    try:
        yield begun
    finally:
        go.set()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def fail(*_: object, **__: object) -> None:
    raise StoreError("The vector index cannot be written: disk full")


def test_it_is_open_at_once_and_whole_after_its_repair(crashed: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then nothing is found by vectors, all by words, and the status says so; closing then leaves no mark."""
    with held_repair(monkeypatch) as begun:
        store = crashed.open()
        assert begun.wait(10)
        assert (crashed.found(store), store.count("public"), store.scopes()) == ([], 0, [])
        retriever = Retriever(crashed.catalog, cast(Any, store), crashed.embedder)
        assert retriever.retrieve(QUERY, PUBLIC)[0].article_id == "ferry"
        assert store.problems[-1].endswith("articles are found by their words alone.")
        assert not store.answers
    until(lambda: store.problems == ())
    assert crashed.found(store)[0] == "ferry-1-0"
    assert crashed.is_whole(store)
    store.close()
    assert not crashed.files.was_writing


def test_an_index_that_is_whole_is_not_repaired(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is open and searched at once."""
    store = bench.open()
    bench.add(store, FERRY)
    store.close()
    monkeypatch.setattr(upkeep, "run_repair", lambda *_, **__: pytest.fail("a repair was run"))
    store = bench.open()
    assert (bench.found(store), store.problems) == (["ferry-1-0"], ())
    store.close()


def test_another_embedder_is_refused_before_a_repair_begins(crashed: Bench) -> None:
    """As without a crash."""
    crashed.embedder = FakeEmbedder(64, "fake:two")
    with pytest.raises(EmbedderMismatchError):
        crashed.open()


def test_what_is_written_during_a_repair_is_in_it_afterwards(crashed: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added, removed, moved; and an id that comes back with other words has its new vector."""
    store = crashed.open(beside=False)
    crashed.add(store, make_article("A ferry in the fog."), scope="chat:1")
    crashed.add(store, make_article("A ferry under the bridge."), scope="chat:2")
    store.close()
    crashed.files.mark_writing()
    with held_repair(monkeypatch) as begun:
        store = crashed.open()
        assert begun.wait(10)
        store.delete(crashed.catalog.remove("rockets", PUBLIC) or [], "public")
        crashed.add(store, make_article("The ferry came back.", article_id="rockets"))
        move_collection("chat:1", "chat:3", crashed.catalog, cast(Any, store), "fake:words")
        remove_collection("chat:2", crashed.catalog, cast(Any, store))
        crashed.add(store, make_article("A ferry over the bridge."), scope="chat:2")
    until(lambda: store.problems == ())
    assert crashed.is_whole(store)
    assert sorted(store.scopes()) == ["chat:2", "chat:3", "public"]
    assert set(crashed.found(store)) == {"rockets-1-0", "ferry-1-0"}
    store.close()


def test_closing_ends_a_repair_and_the_next_start_begins_it_again(
    crashed: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it, and its mark stays."""
    with held_repair(monkeypatch) as begun:
        store = crashed.open()
        assert begun.wait(10)
        store.close()
        assert not store._is_repairing
    assert crashed.files.was_writing
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    store = crashed.open(beside=False)
    assert crashed.is_whole(store)
    store.close()


@pytest.mark.parametrize("step", ["add", "delete", "drop"])
def test_a_failed_write_is_told_and_made_good_with_the_next(
    bench: Bench, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process goes on; an id that comes back with other words has its new vector; the next start checks all."""
    store = bench.open()
    bench.add(store, ROCKETS, FERRY)
    bench.add(store, make_article("A ferry in the fog.", article_id="fog"), scope="chat:1")
    write: Callable[[], object] = {
        "add": lambda: bench.add(store, make_article("A third ferry.")),
        "delete": lambda: store.delete(bench.catalog.remove("rockets", PUBLIC) or [], "public"),
        "drop": lambda: remove_collection("chat:1", bench.catalog, cast(Any, store)),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, step, fail)
        with pytest.raises(StoreError, match="disk full"):
            write()
    assert store.problems == (live_store._BEHIND,)
    again = make_article("The ferry came back.", article_id="rockets") if step == "delete" else make_article("More.")
    bench.add(store, again, scope="chat:1" if step == "drop" else "public")
    assert bench.is_whole(store)
    store.close()
    assert bench.files.was_writing


@pytest.mark.parametrize("beside", [True, False])
def test_an_index_that_cannot_be_searched_is_repaired_beside(
    bench: Bench, beside: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The question is answered from words, and the log says why; where nothing goes on beside, the failure is told."""
    store = bench.open(beside=beside)
    bench.add(store, ROCKETS, FERRY)
    with monkeypatch.context() as patch:
        patch.setattr(VectorStore, "search", fail)
        if not beside:
            with pytest.raises(StoreError, match="disk full"):
                bench.found(store)
        else:
            with held_repair(monkeypatch) as begun:
                assert bench.found(store) == []
                assert begun.wait(10)
                assert store.problems[0] == "The vector index cannot be written: disk full"
                assert caplog.messages == ["The vector index cannot be written: disk full"]
    until(lambda: store.problems == ())
    assert bench.found(store)[0] == "ferry-1-0"
    store.close()


def test_a_repair_that_fails_is_told_and_tried_again_later(crashed: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at each question, but after some minutes."""
    monkeypatch.setattr(upkeep, "run_repair", lambda *_, **__: None)
    store = crashed.open()
    until(lambda: not store._is_repairing)
    assert store.problems[0].startswith("The vector index cannot be rebuilt.")
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    assert crashed.found(store) == []
    assert not store._is_repairing
    monkeypatch.setattr(live_store, "_REPAIR_AGAIN_S", 0.0)
    assert crashed.found(store) == []
    until(lambda: store.problems == ())
    assert crashed.is_whole(store)
    store.close()


def test_a_worn_index_is_exchanged_while_it_is_searched(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches and writes go on in the old one, no search fails, and the old folder goes."""
    monkeypatch.setattr("index.vector_files._FEW_DELETIONS", 3)
    store = bench.open()
    bench.add(store, FERRY, *(make_article(f"Story {n}.", article_id=f"a{n}") for n in range(5)))
    counts: list[int] = []
    ended = threading.Event()

    def keep_searching() -> None:
        while not ended.is_set():
            counts.append(len(bench.found(store)))

    searching = threading.Thread(target=keep_searching)
    searching.start()
    with held_repair(monkeypatch) as begun:
        for n in range(4):
            store.delete(bench.catalog.remove(f"a{n}", PUBLIC) or [], "public")
        assert begun.wait(10)
        bench.add(store, make_article("A ferry in the fog.", article_id="fog"))
        assert "fog-1-0" in bench.found(store)
    until(lambda: store.problems == ())
    ended.set()
    searching.join()
    assert bench.is_whole(store)
    assert min(counts) >= 2
    assert [path.name for path in bench.folder.glob("chroma-*")] == [bench.files.folder.name] != ["chroma-1"]
    store.close()
    assert not bench.files.was_writing


def test_llama_indexes_own_store_is_handed_out(bench: Bench) -> None:
    """For measurements that compare with it."""
    store = bench.open()
    assert store.collection("public") is None
    bench.add(store, FERRY)
    assert np.isclose(store.collection("public").client.count(), 1)
    store.close()
