"""What an embedder lacks is embedded beside others that write: interrupted, locked out, and overtaken."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import missing_embeddings
from index.catalog import Catalog
from index.chunking import chunk_article, embedding_text
from index.database import DatabasePlace
from index.errors import ProviderError, StoreError
from index.missing_embeddings import count_missing, embed_missing, forget_other_embedders
from index.postgres import is_postgres
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC, Article
from tests.index.builders import FERRY, ROCKETS, make_article


class Meddling(FakeEmbedder):
    """Does something to the catalog while it embeds for the first time."""

    def __init__(self, catalog: Catalog, article: Article, *, removed: str | None = None) -> None:
        super().__init__(32, "fake:two")
        self._catalog, self._article, self._removed = catalog, article, removed

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension)."""
        if not self.embedded:
            if self._removed:
                self._catalog.remove(self._removed, PUBLIC)
            save(self._catalog, self._article)
        return super().embed(texts)


class Stumbling(FakeEmbedder):
    """Fails at its second batch."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension)."""
        if self.embedded:
            raise ProviderError("stumbled")
        return super().embed(texts)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing_embeddings, "_BATCH", 2)
    monkeypatch.setattr(missing_embeddings, "_FORGOTTEN_AT_ONCE", 2)
    monkeypatch.setattr(missing_embeddings, "_AGAIN_S", 0.05)


def save(catalog: Catalog, *articles: Article) -> None:
    """As an index with the first embedder takes articles in."""
    for article in articles:
        parts = chunk_article(article)
        vectors = FakeEmbedder().embed([embedding_text(article.title, part.text) for part in parts])
        catalog.save([(article, parts, vectors)], "public", "fake:words")


def stored(catalog: Catalog, embedder: str) -> dict[str, np.ndarray]:
    """The vectors of one embedder by chunk."""
    ids = sorted(catalog.chunk_ids("public"))
    return {chunk_id: vector for chunk_id, _, vector in catalog.vectors(ids, embedder)}


def test_it_goes_on_where_it_stopped(catalog: Catalog) -> None:
    """What was embedded before a failure is not embedded again, and it tells how far it is."""
    save(catalog, ROCKETS, FERRY, make_article("A third one."))
    with pytest.raises(ProviderError, match="stumbled"):
        embed_missing(catalog, Stumbling(32, "fake:two"), lambda *_: None)
    assert count_missing(catalog, "fake:two") == 1
    steps: list[tuple[str, int, int]] = []
    second = FakeEmbedder(32, "fake:two")
    embed_missing(catalog, second, lambda *step: steps.append(step))
    label = "Embedding with fake:two"
    assert (second.embedded, steps) == (1, [(label, 2, 3), (label, 3, 3)])
    assert len(stored(catalog, "fake:words")) == 3
    embed_missing(catalog, second, lambda *step: steps.append(step))
    assert len(steps) == 2  # where nothing lacks, nothing is told


def test_an_article_that_comes_in_meanwhile_is_embedded_too(catalog: Catalog) -> None:
    """One run ends with nothing missing."""
    save(catalog, ROCKETS, FERRY)
    embedder = Meddling(catalog, make_article("A third one."))
    embed_missing(catalog, embedder, lambda *_: None)
    assert (embedder.embedded, count_missing(catalog, "fake:two")) == (3, 0)


def test_an_article_that_goes_meanwhile_and_comes_again_is_embedded_as_it_is(catalog: Catalog) -> None:
    """The chunk has the id of before and another text: the vector of the old text is not kept for it."""
    save(catalog, ROCKETS, FERRY)
    again = make_article("Drones came in the morning.", article_id="rockets")
    embed_missing(catalog, Meddling(catalog, again, removed="rockets"), lambda *_: None)
    (text,) = [embedding_text(again.title, part.text) for part in chunk_article(again)]
    assert np.allclose(stored(catalog, "fake:two")["rockets-1-0"], FakeEmbedder(32).embed_query(text))
    assert set(stored(catalog, "fake:two")) == {"rockets-1-0", "ferry-1-0"}


def test_an_article_that_is_removed_takes_all_its_vectors_along(catalog: Catalog) -> None:
    """Those of every embedder."""
    save(catalog, ROCKETS, FERRY)
    embed_missing(catalog, FakeEmbedder(32, "fake:two"), lambda *_: None)
    catalog.remove("rockets", PUBLIC)
    assert set(stored(catalog, "fake:two")) == set(stored(catalog, "fake:words")) == {"ferry-1-0"}


def test_vectors_of_other_embedders_are_forgotten(catalog: Catalog) -> None:
    """All of them, in several steps, and no other one."""
    save(catalog, ROCKETS, FERRY, make_article("A third one."))
    for name in ("fake:two", "fake:three"):
        embed_missing(catalog, FakeEmbedder(32, name), lambda *_: None)
    assert forget_other_embedders(catalog, ["fake:words", "fake:three"]) == 3
    found = [len(stored(catalog, name)) for name in ("fake:words", "fake:two", "fake:three")]
    assert found == [3, 0, 3]


@pytest.mark.parametrize("ends", [True, False])
def test_a_locked_database_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: bool) -> None:
    """Another process's long write holds it up, and only one that does not end is an error."""
    catalog = Catalog(tmp_path / "askwire.db")
    save(catalog, ROCKETS)
    monkeypatch.setattr(missing_embeddings, "_ATTEMPTS", 40 if ends else 3)
    monkeypatch.setattr("index.database._BUSY_MS", 1)
    catalog.engine.dispose()  # the next connections wait as little
    other = sqlite3.connect(tmp_path / "askwire.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, other.rollback)
    if ends:
        release.start()
        embed_missing(catalog, FakeEmbedder(32, "fake:two"), lambda *_: None)
        assert count_missing(catalog, "fake:two") == 0
        release.join()
    else:
        with pytest.raises(StoreError, match="locked"):
            embed_missing(catalog, FakeEmbedder(32, "fake:two"), lambda *_: None)
    other.close()
    catalog.close()


def test_two_that_embed_the_same_do_not_disturb_each_other(place: DatabasePlace) -> None:
    """Two processes of one database may find the same chunks missing at their starts."""
    catalog = Catalog(place)
    save(catalog, ROCKETS, FERRY)

    class Overtaken(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            embed_missing(catalog, FakeEmbedder(32, "fake:two"), lambda *_: None)
            return super().embed(texts)

    embed_missing(catalog, Overtaken(32, "fake:two"), lambda *_: None)
    assert count_missing(catalog, "fake:two") == 0
    assert is_postgres(catalog.engine) is not isinstance(place, Path)
    catalog.close()
