"""`python -m evals lexical`: two ways to search by words on servers, PostgreSQL's index and Chroma's text filter.

Chroma's filter ranks nothing: what it lets through comes as it was put in, or in the order of the vectors. Then the
whole retrieval, over files and over servers: what the words are for.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import platformdirs
from sqlalchemy import select

from evals.fused_recall import RECALL_AT, FusedRecall, fused_recall
from evals.newsset import ARTICLES, EvalQuestion, read_questions
from evals.scale import EMBEDDER, stored_vectors
from evals.scoring import contains
from evals.servers import Storage, servers
from evals.slices import cut_slice
from index.catalog import Catalog
from index.catalog_schema import chunks
from index.lexical import lexical_search
from index.providers.base import Embedder
from index.providers.registry import open_embedder
from index.sources.files import read_articles
from index.types import PUBLIC
from index.words import content_words

_K = 10
_BATCH = 100
_WARM = 3
_ORDERED, _FILTERED, _RANKED, _DENSE = (
    "PostgreSQL's full-text index",
    "Chroma's filter, any of the words, unranked",
    "Chroma's filter, any of the words, by vectors",
    "vectors alone",
)
_FILES, _SERVERS = "SQLite and Chroma's files", "PostgreSQL and Chroma's server"
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to search: the share of questions whose answer stands in the first ten chunks, and its time in ms."""

    name: str
    recall: float
    p50_ms: float
    p95_ms: float


async def run_lexical(data: Path, articles: int) -> int:
    """Measures each way on a slice of a news set, on servers of its own, and prints; 0.

    Raises:
        DataError: when PostgreSQL's server is not installed.
    """
    every = list(read_articles(data / ARTICLES))
    part = cut_slice(every, read_questions(data), articles)
    vectors = await stored_vectors(data, every)
    embedder = await open_embedder(EMBEDDER, platformdirs.user_cache_path("askwire"))
    asked = [question for question in part.questions if question.answers is not None]
    fused: list[FusedRecall] = []
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder) / "data") as storage:
        async with await storage.open(vectors) as news:
            await news.add(part.articles)
            assert storage.chroma is not None
            client = chromadb.HttpClient(storage.chroma.url)
            catalog = news.retriever.catalog
            found = measure(catalog, client, embedder, vectors.name, asked)
            total = (await news.status()).chunks
        for name, place in ((_FILES, Storage(Path(folder) / "files")), (_SERVERS, storage)):
            fused.append(await fused_recall(name, place, part.articles, asked, vectors, embedder))
    print(f"{len(asked)} questions over {total:,} chunks, the answer in the best {_K}, ms p50 / p95:")
    for one in found:
        print(f"{one.name}: {one.recall:.2f}, {one.p50_ms:.0f} / {one.p95_ms:.0f}")
    print(f"Words, vectors and reranking together, the answer in the best {' / '.join(map(str, RECALL_AT))}:")
    print(*fused, sep="\n")
    return 0


def measure(
    catalog: Catalog, client: Any, embedder: Embedder, stored: str, asked: Sequence[EvalQuestion]
) -> list[Candidate]:
    """Asks every question in every way; the vectors of the catalog are those of the embedder named `stored`."""
    with catalog.engine.connect() as connection:
        rows = connection.execute(select(chunks.c.id, chunks.c.title, chunks.c.text).order_by(chunks.c.seq)).all()
    texts = {row.id: row.text for row in rows}
    collection = filtered_collection(client, catalog, stored, rows)
    embedded = {question.question: embedder.embed_query(question.question) for question in asked}

    def nearest(question: str, condition: dict[str, Any] | None) -> list[str]:
        vector = embedded[question][np.newaxis]
        return list(collection.query(vector, n_results=_K, where_document=condition, include=[])["ids"][0])

    ways: dict[str, Search] = {
        _ORDERED: lambda question: [chunk_id for chunk_id, _ in lexical_search(catalog, question, PUBLIC, _K)],
        _FILTERED: lambda question: collection.get(where_document=any_word(question), limit=_K, include=[])["ids"],
        _RANKED: lambda question: nearest(question, any_word(question)),
        _DENSE: lambda question: nearest(question, None),
    }
    return [_measured(name, search, asked, texts) for name, search in ways.items()]


def any_word(question: str) -> dict[str, Any]:
    """Chroma's condition on documents: one of the question's content words stands in them."""
    conditions = [{"$contains": word} for word in content_words(question)]
    return {"$or": conditions} if len(conditions) > 1 else conditions[0]


def filtered_collection(client: Any, catalog: Catalog, stored: str, rows: Sequence[Any]) -> Any:
    """A collection that has the chunks' texts, too, in small letters: the filter is exact."""
    collection = client.create_collection("texts", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)
    for at in range(0, len(rows), _BATCH):
        part = rows[at : at + _BATCH]
        vectors = {chunk_id: vector for chunk_id, _, vector in catalog.vectors([row.id for row in part], stored)}
        collection.add(
            ids=[row.id for row in part],
            embeddings=[vectors[row.id] for row in part],
            documents=[f"{row.title}\n{row.text}".casefold() for row in part],
        )
    return collection


def _measured(name: str, search: Search, asked: Sequence[EvalQuestion], texts: dict[str, str]) -> Candidate:
    for question in asked[:_WARM]:
        search(question.question)
    times, hits = [], 0
    for question in asked:
        began = time.perf_counter()
        found = search(question.question)
        times.append((time.perf_counter() - began) * 1000)
        hits += any(contains(texts[chunk_id], question.answers or ()) for chunk_id in found)
    return Candidate(name, hits / len(asked), float(np.percentile(times, 50)), float(np.percentile(times, 95)))
