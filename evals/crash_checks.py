"""Is everything there after a crash? What was acknowledged is held against the catalog, the words and the vectors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import select, text

from evals.crash_articles import Told, TopicEmbedder, marker, number_and_edition, story
from evals.parts import collection_of
from index.catalog_schema import articles, chunks, embeddings, versions
from index.chunking import embedding_text
from index.lexical import lexical_search
from index.types import PUBLIC, PUBLIC_SCOPE

if TYPE_CHECKING:
    from index.news_index import NewsIndex
    from index.retrieval import Retriever

_NEAREST = 60  # what a question's search asks for
_SAMPLE = 150
_BATCH = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an article outside: the form that was acknowledged last, and whether a removal was begun."""

    told: Told
    removing: bool = False
    gone: bool = False


@dataclass(slots=True)
class Stored:
    """An article as the catalog has it."""

    told: Told
    title: str
    text: str
    chunks: list[Any] = field(default_factory=list)


def faults(news: NewsIndex, ledger: Mapping[int, Entry]) -> list[str]:
    """Everything that is wrong with an open index, in lines; empty when nothing is. Blocking."""
    stored = _stored(news.retriever)
    found = [*_against(ledger, stored), *_texts(stored), *_vectors(news.retriever, stored)]
    return [*found, *_words(news.retriever, ledger, stored)]


def stored_forms(retriever: Retriever) -> dict[int, Told]:
    """The number of each article in the catalog, and its form."""
    return {number: article.told for number, article in _stored(retriever).items()}


def _stored(retriever: Retriever) -> dict[int, Stored]:
    current = (versions.c.article_id == articles.c.id) & (versions.c.version == articles.c.version)
    found: dict[int, Stored] = {}
    with retriever.catalog.engine.connect() as connection:
        query = select(articles.c.version, versions.c.title, versions.c.text).join(versions, current)
        for row in connection.execute(query):
            number, edition = number_and_edition(row.title)
            found[number] = Stored(Told(edition, row.version), row.title, row.text)
        pieces = select(chunks, embeddings.c.vector).outerjoin(embeddings, embeddings.c.chunk_id == chunks.c.id)
        for row in connection.execute(pieces.order_by(chunks.c.article_id, chunks.c.position)):
            found[int(row.article_id[1:])].chunks.append(row)  # a chunk without its article is a fault by itself
    return found


def _against(ledger: Mapping[int, Entry], stored: Mapping[int, Stored]) -> Iterator[str]:
    """Acknowledged articles are there in that form or a newer one, removed ones are not."""
    for number, entry in ledger.items():
        here = stored.get(number)
        if entry.gone:
            if here and here.told.edition <= entry.told.edition:
                yield f"story {number} was removed and is there"
        elif here is None:
            if not entry.removing:
                yield f"story {number} was acknowledged and is not there"
        elif here.told < entry.told:
            yield f"story {number} is there as {here.told}, acknowledged as {entry.told}"


def _texts(stored: Mapping[int, Stored]) -> Iterator[str]:
    """Every article has the text of its form, and the chunks of exactly that one, all of them, with their vectors."""
    embedder = TopicEmbedder()
    for number, article in stored.items():
        if article.text != story(number, article.told).text:
            yield f"story {number} has another text"
        if {row.version for row in article.chunks} != {article.told.version}:
            yield f"story {number} has chunks of the versions {sorted({row.version for row in article.chunks})}"
        if [row.position for row in article.chunks] != list(range(len(article.chunks))):
            yield f"story {number} lacks chunks, or has some twice"
        if "".join("".join(row.text.split()) for row in article.chunks) != "".join(article.text.split()):
            yield f"the chunks of story {number} are not its text"
        for row in article.chunks:
            vector = embedder.embed_query(embedding_text(article.title, row.text)).astype("<f4").tobytes()
            if row.vector != vector or row.text != article.text[row.start : row.end]:
                yield f"chunk {row.id} has another vector or text"


def _vectors(retriever: Retriever, stored: Mapping[int, Stored]) -> Iterator[str]:
    """Chroma holds these chunks and no others, and each is among the nearest to its own vector."""
    rows = [row for article in stored.values() for row in article.chunks if row.vector]
    ids = {row.id for row in rows}
    there = retriever.store.ids(PUBLIC_SCOPE)
    yield from (f"chunk {chunk_id} is not in the vector index" for chunk_id in sorted(ids - there))
    yield from (f"chunk {chunk_id} is in the vector index only" for chunk_id in sorted(there - ids))
    for at in range(0, len(rows), _BATCH):
        part = rows[at : at + _BATCH]
        vectors = np.stack([np.frombuffer(row.vector, "<f4") for row in part])
        asked = {"query_embeddings": vectors, "n_results": _NEAREST, "include": ["distances"]}
        found = collection_of(retriever, PUBLIC_SCOPE).client.query(**asked)
        for row, names, distances in zip(part, found["ids"], found["distances"], strict=True):
            if dict(zip(names, distances, strict=True)).get(row.id, 1.0) > 1e-3:
                yield f"chunk {row.id} does not find itself"


def _words(retriever: Retriever, ledger: Mapping[int, Entry], stored: Mapping[int, Stored]) -> Iterator[str]:
    """The full-text index is that of these chunks; of some, new ones first, the product's searches find each chunk."""
    with retriever.catalog.engine.begin() as connection:
        try:
            connection.execute(text("INSERT INTO chunks_fts(chunks_fts, rank) VALUES ('integrity-check', 1)"))
        except Exception as error:
            yield f"the full-text index is damaged: {error}"
    rows = [row for article in stored.values() for row in article.chunks]
    sample = sorted(rows, key=lambda row: -row.seq)[: _SAMPLE // 2]
    sample += random.Random(len(rows)).sample(rows, min(len(rows), _SAMPLE // 2))  # noqa: S311 – no secret
    for row in sample:
        word = next((word for word in row.text.split() if word.startswith("q") and word[1:2].isdigit()), None)
        if word and row.id not in [chunk_id for chunk_id, _ in lexical_search(retriever.catalog, word, PUBLIC, 5)]:
            yield f"chunk {row.id} is not found by its word"
        nearest = retriever.store.search(np.frombuffer(row.vector, "<f4"), PUBLIC, 5)
        if row.id not in [chunk_id for chunk_id, _ in nearest]:
            yield f"chunk {row.id} is not found by its vector"
    for number, entry in ledger.items():
        if entry.gone and number not in stored:
            word = marker(story(number, entry.told).text)
            if lexical_search(retriever.catalog, word, PUBLIC, 5):
                yield f"story {number} was removed and is found by a word"
