"""What must hold after loading: every chunk is found again, and the catalog is the same byte by byte."""

from __future__ import annotations

import asyncio
import hashlib
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.news_index import NewsIndex
from index.types import PUBLIC, PUBLIC_SCOPE

_CHUNKS, _ARTICLES = 300, 60
_SAME = (
    1e-4  # of cosine similarity: where more copies of a chunk than are looked at have its vector, any of them counts
)
_NEAREST = 10
_TABLES = """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""


@dataclass(frozen=True, slots=True)
class Searched:
    """How many of the tried chunks found themselves by their vector, and articles by the words of their titles.

    `missing` is how many more chunks the catalog has than the vector index.
    """

    missing: int
    chunks: int
    chunks_found: int
    articles: int
    articles_found: int

    @property
    def whole(self) -> bool:
        """Whether every chunk is in the vector index and all tried ones were found."""
        return (self.missing, self.chunks_found) == (0, self.chunks)


async def search_all(news: NewsIndex) -> Searched:
    """Searches the public collection for chunks and articles of its own, spread over all of it.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    catalog, store = news.retriever.catalog, news.retriever.store
    chance = random.Random(2025)  # noqa: S311 – no secret

    def by_vector() -> tuple[int, int, int]:
        ids = sorted(catalog.chunk_ids(PUBLIC_SCOPE))
        tried = chance.sample(ids, min(_CHUNKS, len(ids)))
        found = 0
        for chunk_id, _, vector in catalog.vectors(tried, news.retriever.embedder.name):
            nearest = store.search(vector.copy(), PUBLIC, _NEAREST)
            copies = len(nearest) == _NEAREST and nearest[-1][1] > 1 - _SAME
            found += copies or chunk_id in [name for name, _ in nearest]
        return len(ids) - store.count(PUBLIC_SCOPE), len(tried), found

    missing, chunks, chunks_found = await asyncio.to_thread(by_vector)
    articles = await news.articles(PUBLIC, limit=await news.count(PUBLIC))
    asked = chance.sample(articles, min(_ARTICLES, len(articles)))
    articles_found = 0
    for article in asked:
        passages = await news.search(article.title, PUBLIC, k=_NEAREST)
        articles_found += any(article.id == p.article_id or article.title == p.title for p in passages)
    return Searched(missing, chunks, chunks_found, len(asked), articles_found)


def catalog_digest(database: Path) -> str | None:
    """A digest of every row of every table; None when there is no database; blocking."""
    if not database.exists():
        return None
    digest = hashlib.sha256()
    with closing(sqlite3.connect(database)) as connection:
        for (table,) in connection.execute(_TABLES).fetchall():
            digest.update(f"{table}\n".encode())
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 – the database's own name
                digest.update(repr(row).encode())
    return digest.hexdigest()
