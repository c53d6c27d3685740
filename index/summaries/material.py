"""What summaries are made from: articles with their beginnings' embeddings, and an article in passages. Blocking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from index.catalog import Catalog
from index.catalog_rows import CURRENT, read_articles
from index.catalog_schema import articles, chunks, embeddings
from index.database import mapped_errors
from index.types import Article, Evidence, Scopes

MOST_ARTICLES = 1000
_AT_ONCE = 400


def articles_between(catalog: Catalog, scopes: Scopes, since: datetime, until: datetime) -> list[Article]:
    """The articles that came into these scopes after `since` and until `until` (UTC), newest first; at most 1,000.

    Raises StoreError when the database fails.
    """
    times = (text_of(since), text_of(until))
    query = (
        select(articles.c.id)
        .select_from(CURRENT)
        .where(articles.c.scope.in_(scopes.names), articles.c.added_at > times[0], articles.c.added_at <= times[1])
        .order_by(articles.c.added_at.desc(), articles.c.id)
        .limit(MOST_ARTICLES)
    )
    found: list[Article] = []
    with mapped_errors("read"), catalog.engine.connect() as connection:
        ids = list(connection.execute(query).scalars())
        for at in range(0, len(ids), _AT_ONCE):
            found += read_articles(connection, ids[at : at + _AT_ONCE], scopes.names)
    return found


def lead_vectors(catalog: Catalog, ids: Sequence[str], embedder: str) -> dict[str, NDArray[np.float32]]:
    """The embeddings of the articles' first chunks, by article id, as far as there are any.

    Raises StoreError when the database fails.
    """
    found: dict[str, NDArray[np.float32]] = {}
    with mapped_errors("read"), catalog.engine.connect() as connection:
        for at in range(0, len(ids), _AT_ONCE):
            query = (
                select(chunks.c.article_id, embeddings.c.vector)
                .join(embeddings, embeddings.c.chunk_id == chunks.c.id)
                .where(
                    chunks.c.position == 0,
                    embeddings.c.embedder == embedder,
                    chunks.c.article_id.in_(ids[at : at + _AT_ONCE]),
                )
            )
            for row in connection.execute(query):
                found[row.article_id] = np.frombuffer(row.vector, dtype="<f4")
    return found


def article_passages(catalog: Catalog, article: Article) -> list[Evidence]:
    """An article's chunks in order, as passages that can be cited.

    Raises StoreError when the database fails.
    """
    query = select(chunks).where(chunks.c.article_id == article.id, chunks.c.version == article.version)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        return [
            Evidence(
                article_id=article.id,
                chunk_id=row.id,
                version=row.version,
                title=row.title,
                text=row.text,
                start=row.start,
                end=row.end,
                score=1.0,
                url=article.url,
                source=article.source,
                published_at=article.published_at,
            )
            for row in connection.execute(query.order_by(chunks.c.position))
        ]


def text_of(moment: datetime) -> str:
    """A moment as the catalog holds it."""
    return moment.isoformat(timespec="microseconds")
