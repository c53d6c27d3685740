"""Is the vector index whole?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog
from index.errors import StoreError
from index.ingest import ingest
from index.probe import index_is_whole, probe
from index.providers.fakes import FakeEmbedder
from index.store import VectorStore
from index.types import Article
from tests.index.builders import FERRY, ROCKETS


@pytest.fixture
def data(tmp_path: Path, catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> Path:
    """A data directory with articles in two scopes."""
    rockets = [Article("Rockets", f"Rocket {n} fell.", id=f"r{n}") for n in range(8)]
    list(ingest([ROCKETS, FERRY, *rockets], "public", catalog, store, embedder))
    list(ingest([ROCKETS], "chat:1", catalog, store, embedder))
    return tmp_path


def whole(data: Path) -> bool:
    return probe(data / "chroma", data / "askwire.db", "fake:words", 64)


def test_an_index_in_step_with_the_catalog_is_whole(data: Path) -> None:
    """Every chunk is there, nothing else is, and each vector finds itself."""
    assert whole(data)


@pytest.mark.parametrize("fault", ["missing", "surplus", "stray scope", "wrong vector"])
def test_every_difference_is_found(data: Path, store: VectorStore, embedder: FakeEmbedder, fault: str) -> None:
    """Also when the counts are equal."""
    stray = np.asarray(-embedder.embed_query("something else"), np.float32)
    if fault == "missing":
        store.delete(["rockets-1-0"], "public")
    elif fault == "surplus":
        store.add([("more-1-0", "more", stray)], "public")
    elif fault == "stray scope":
        store.add([("more-1-0", "more", stray)], "chat:2")
    else:
        # Its id is there and the counts are right, but a search never finds it.
        store.delete(["r0-1-0"], "public")
        store.add([("r0-1-0", "r0", -embedder.embed_query("Rockets\nRocket 0 fell."))], "public")
    assert not whole(data)


def test_a_database_that_cannot_be_read_is_an_error(data: Path) -> None:
    """The probe's process then ends with a failure, which counts as not whole."""
    (data / "askwire.db.broken").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        probe(data / "chroma", data / "askwire.db.broken", "fake:words", 64)


def test_the_subprocess_tells_whole_from_damaged(data: Path, store: VectorStore) -> None:
    """The exit code of the probe's own process is the answer; damaged files are survived."""
    arguments = (data / "askwire.db", "fake:words", 64)
    store.close()
    assert index_is_whole(data / "chroma", *arguments)
    damaged = data / "damaged"
    damaged.mkdir()
    (damaged / "chroma.sqlite3").write_bytes(b"no database" * 500)
    assert not index_is_whole(damaged, *arguments)
