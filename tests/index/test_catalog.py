"""The record of what was taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select, text

from index.catalog import Catalog
from index.catalog_rows import text_hash
from index.catalog_schema import chunks
from index.chunking import chunk_article
from index.errors import StoreError
from index.lexical import document_counts
from index.postgres import is_postgres
from index.postgres_search import chunk_words, search_vector
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC, Article, Chunk, Scopes
from index.words import stem
from tests.index.builders import FERRY, ROCKETS

CHAT = Scopes.of("chat:-100")
BOTH = Scopes.of("public", "chat:-100")


def save(
    catalog: Catalog, article: Article, scope: str = "public", size: int = 100
) -> tuple[Sequence[Chunk], list[str]]:
    parts = chunk_article(article, size)
    vectors = FakeEmbedder().embed([part.text for part in parts])
    return parts, catalog.save([(article, parts, vectors)], scope, "fake:words")


def hits(catalog: Catalog, word: str) -> int:
    return document_counts(catalog, [stem(word)]).get(stem(word), 0)


def full_text_is_in_step(catalog: Catalog) -> None:
    """FTS5's own comparison of its index with the table it stands over; in PostgreSQL, row by row."""
    with catalog.engine.begin() as connection:
        if not is_postgres(connection):
            connection.execute(text("INSERT INTO chunks_fts(chunks_fts, rank) VALUES ('integrity-check', 1)"))
            return
        there = {row.chunk_id: row.words for row in connection.execute(select(chunk_words))}
        for row in connection.execute(select(chunks)):
            wanted = text("SELECT CAST(:words AS tsvector)")
            vector = search_vector(row.title, row.text)
            assert there.pop(row.id) == connection.execute(wanted, {"words": vector}).scalar()
        assert there == {}


def test_an_article_comes_back_as_it_was_saved(catalog: Catalog) -> None:
    """Title, text, address, source and time survive; lists leave the text out."""
    save(catalog, ROCKETS)
    assert catalog.article("rockets", PUBLIC) == ROCKETS
    assert catalog.articles(PUBLIC, 10, 0) == [replace(ROCKETS, text="")]
    assert catalog.article("nothing", PUBLIC) is None


def test_a_scope_is_closed_to_others(catalog: Catalog) -> None:
    """Another chat's article is not found, counted, listed, cited or removed."""
    parts, _ = save(catalog, FERRY, "chat:-100")
    assert catalog.article("ferry", PUBLIC) is None
    assert catalog.articles(PUBLIC, 10, 0) == []
    assert (catalog.count(PUBLIC), catalog.count(CHAT)) == (0, 1)
    assert catalog.evidence([(parts[0].id, 1.0)], PUBLIC) == []
    assert catalog.find_same(FERRY, "public") is None
    assert catalog.scope_of("ferry", PUBLIC) is None
    assert catalog.remove("ferry", PUBLIC) is None
    assert catalog.article("ferry", CHAT) == FERRY


def test_evidence_keeps_the_given_order_and_the_articles_header(catalog: Catalog) -> None:
    """Chunks come back in the ranking's order with their place in the article."""
    parts, _ = save(catalog, ROCKETS)
    save(catalog, FERRY, "chat:-100")
    found = catalog.evidence([("ferry-1-0", 0.9), (parts[1].id, 0.8), ("gone", 0.7), (parts[0].id, 0.6)], BOTH)
    assert [(item.chunk_id, item.score) for item in found] == [
        ("ferry-1-0", 0.9),
        (parts[1].id, 0.8),
        (parts[0].id, 0.6),
    ]
    assert ROCKETS.text[found[1].start : found[1].end] == found[1].text
    assert (found[1].url, found[1].source, found[1].published_at) == (ROCKETS.url, ROCKETS.source, ROCKETS.published_at)


def test_a_new_version_takes_the_place_of_the_old_in_one_step(catalog: Catalog) -> None:
    """Old chunks, their vectors and their words are gone; the old text is kept as a version."""
    old, _ = save(catalog, ROCKETS)
    new, gone = save(catalog, replace(ROCKETS, text="Five drones came instead.", title="Drones", version=2))
    assert set(gone) == {part.id for part in old}
    assert catalog.chunk_ids("public") == {part.id for part in new}
    current = catalog.article("rockets", PUBLIC)
    assert current is not None
    assert (current.version, current.title, current.text) == (2, "Drones", "Five drones came instead.")
    assert (hits(catalog, "smoke"), hits(catalog, "drones")) == (0, 1)
    full_text_is_in_step(catalog)
    with catalog.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM versions")).scalar() == 2
        assert connection.execute(text("SELECT count(*) FROM embeddings")).scalar() == len(new)


def test_removing_leaves_nothing_behind(catalog: Catalog) -> None:
    """Article, versions, chunks, vectors and words go together."""
    parts, _ = save(catalog, ROCKETS)
    save(catalog, FERRY)
    assert set(catalog.remove("rockets", PUBLIC) or []) == {part.id for part in parts}
    assert (hits(catalog, "rockets"), hits(catalog, "ferry")) == (0, 1)
    full_text_is_in_step(catalog)
    with catalog.engine.connect() as connection:
        for table in ("articles", "versions", "chunks", "embeddings"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1  # noqa: S608 – our own names
    assert catalog.remove("rockets", PUBLIC) is None


def test_a_batch_is_saved_whole_or_not_at_all(catalog: Catalog) -> None:
    """When one article of a batch cannot be saved, none is."""
    parts = chunk_article(ROCKETS, 100)
    vectors = FakeEmbedder().embed([part.text for part in parts])
    good, bad = (ROCKETS, parts, vectors), (FERRY, parts, vectors)  # chunk ids that are taken
    with pytest.raises(StoreError, match="cannot be saved"):
        catalog.save([good, bad], "public", "fake:words")
    assert catalog.totals() == (0, 0)
    full_text_is_in_step(catalog)


@pytest.mark.parametrize(
    "copy",
    [
        replace(FERRY, text="Other words."),
        replace(ROCKETS, id="x", text="Other words."),
        replace(ROCKETS, id="x", url="https://elsewhere.example", text=ROCKETS.text.upper().replace(" ", "\n ")),
    ],
    ids=["id", "address", "text"],
)
def test_the_same_article_is_found_again(catalog: Catalog, copy: Article) -> None:
    """By its id, else its address, else its words, however they are set."""
    save(catalog, ROCKETS)
    save(catalog, FERRY)
    found = catalog.find_same(copy, "public")
    assert found is not None
    assert found.article == (FERRY if copy.id == "ferry" else ROCKETS)


def test_another_article_is_not_the_same(catalog: Catalog) -> None:
    """Two articles without an address are not the same for lack of one."""
    save(catalog, FERRY)
    assert catalog.find_same(replace(FERRY, id="x", text="Other words."), "public") is None


def test_articles_come_newest_first_in_pages(catalog: Catalog) -> None:
    """The order is that of adding, also within one batch."""
    batch: list[tuple[Article, list[Chunk], Vectors]] = [
        (Article(str(n), f"Text {n}.", id=f"a{n}"), [], np.zeros((0, 64), np.float32)) for n in range(5)
    ]
    catalog.save(batch, "public", "fake:words")
    assert [article.id for article in catalog.articles(PUBLIC, 2, 0)] == ["a4", "a3"]
    assert [article.id for article in catalog.articles(PUBLIC, 9, 3)] == ["a1", "a0"]


def test_vectors_are_kept_exactly_for_their_embedder(catalog: Catalog) -> None:
    """What was saved comes back bit for bit, and only under the name it was embedded with."""
    parts, _ = save(catalog, ROCKETS)
    found = {chunk_id: vector for chunk_id, _, vector in catalog.vectors([part.id for part in parts], "fake:words")}
    expected = FakeEmbedder().embed([part.text for part in parts])
    assert all(np.array_equal(found[part.id], vector) for part, vector in zip(parts, expected, strict=True))
    assert list(catalog.vectors([part.id for part in parts], "other")) == []


def test_counts_are_by_scope(catalog: Catalog) -> None:
    """Scopes that hold chunks are known with how many."""
    save(catalog, ROCKETS)
    save(catalog, FERRY, "chat:-100")
    assert sorted(catalog.scopes()) == ["chat:-100", "public"]
    assert catalog.count_chunks("public") == len(catalog.chunk_ids("public")) == catalog.totals()[1] - 1


def test_small_values_are_kept_and_replaced(catalog: Catalog) -> None:
    """The last value of a key is the one that stands."""
    assert catalog.get_meta("embedder") is None
    catalog.set_meta("embedder", "a")
    catalog.set_meta("embedder", "b")
    assert catalog.get_meta("embedder") == "b"


def test_text_in_any_script_is_kept(catalog: Catalog) -> None:
    """Emoji, right-to-left text and NUL-like characters come back as they were."""
    article = Article("🚀 שלום", "مرحبا 🚀 e\u0301 \u2028 \x01 ok", id="a")
    save(catalog, article)
    assert catalog.article("a", PUBLIC) == article


def test_the_hash_of_a_text_is_over_its_words() -> None:
    """White space and case make no other text, words do."""
    assert text_hash("Three  rockets\nfell") == text_hash("three rockets fell ")
    assert text_hash("three rockets fell") != text_hash("three rockets fall")


def test_a_catalog_that_breaks_while_open_is_a_store_error(catalog: Catalog) -> None:
    """A table that goes missing is an error for a person, not a traceback of the database."""
    with catalog.engine.begin() as connection:
        connection.execute(text("DROP TABLE embeddings"))
    with pytest.raises(StoreError, match="cannot be saved"):
        save(catalog, ROCKETS)
