"""Fixtures of the index's tests: real storage, the shipped fakes as models."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.chroma_server import RunningChroma
from index import prepared_index, reindexing, upkeep
from index.catalog import Catalog
from index.database import DatabasePlace
from index.providers.fakes import FakeEmbedder
from index.retrieval import Retriever
from index.store import ServerVectorStore, VectorStore
from tests.index.feed_site import NewsSite, World, a_site, a_world
from tests.index.reindexed import embedder_of
from tests.index.repairs import repair_here


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def catalog(place: DatabasePlace) -> Iterator[Catalog]:
    opened = Catalog(place)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path, embedder: FakeEmbedder) -> Iterator[VectorStore]:
    opened = VectorStore(tmp_path / "chroma", embedder.name, embedder.dimension)
    yield opened
    opened.close()


@pytest.fixture(params=["embedded", "server"])
def any_store(request: pytest.FixtureRequest, embedder: FakeEmbedder) -> Iterator[VectorStore]:
    """The vector index in files, and on a server."""
    if request.param == "embedded":
        yield request.getfixturevalue("store")
        return
    chroma: RunningChroma = request.getfixturevalue("chroma_server")
    opened = ServerVectorStore(chroma.empty_database(), embedder.name, embedder.dimension)
    yield opened
    opened.close()


@pytest.fixture
def retriever(catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> Retriever:
    return Retriever(catalog, store, embedder)


@pytest.fixture
def reindexing_here(monkeypatch: pytest.MonkeyPatch) -> list[FakeEmbedder]:
    """Lets indexes be built in this process, and reindexing open the embedders of the tests: those that it opened."""
    opened: list[FakeEmbedder] = []

    async def open_one(name: str, *_: Any) -> FakeEmbedder:
        opened.append(embedder_of(name))
        return opened[-1]

    monkeypatch.setattr(reindexing, "open_embedder", open_one)
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    monkeypatch.setattr(prepared_index, "run_repair", repair_here)
    return opened


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with a_site() as site:
        yield site


@pytest.fixture
async def world(tmp_path: Path, site: NewsSite) -> AsyncIterator[World]:
    async with a_world(tmp_path, site) as world:
        yield world
