"""The record of what was taken in: articles, their versions, chunks and embeddings. Blocking: call it in a thread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from index.catalog_schema import articles, chunks, embeddings, meta, versions
from index.database import mapped_errors, open_database
from index.full_text import prepare_full_text
from index.providers.base import Vectors
from index.types import Article, Chunk, Evidence, Scopes

_ARTICLE_COLUMNS = (
    articles.c.id,
    articles.c.url,
    articles.c.source,
    articles.c.version,
    versions.c.title,
    versions.c.published_at,
)
_CURRENT = articles.join(
    versions, and_(versions.c.article_id == articles.c.id, versions.c.version == articles.c.version)
)


class Catalog:
    """Articles, versions, chunks and embeddings in one database; a method is one transaction.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, path: Path) -> None:
        self.engine = open_database(path)
        try:
            prepare_full_text(self.engine)
        except BaseException:
            self.engine.dispose()
            raise

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    def find_same(self, article: Article, scope: str) -> Article | None:
        """The stored article of this scope with the same id, else the same address, else the same text."""
        ways = [articles.c.id == article.id]
        if article.url:
            ways.append(articles.c.url == article.url)
        ways.append(versions.c.text_hash == text_hash(article.text))
        with mapped_errors("read"), self.engine.connect() as connection:
            for way in ways:
                query = select(*_ARTICLE_COLUMNS, versions.c.text).select_from(_CURRENT)
                row = connection.execute(query.where(articles.c.scope == scope, way).limit(1)).first()
                if row:
                    return _article(row, row.text)
        return None

    def save(self, batch: Sequence[tuple[Article, Sequence[Chunk], Vectors]], scope: str, embedder: str) -> list[str]:
        """Stores articles with their chunks and vectors (rows in the chunks' order) in one transaction.

        An article that is there already gets a new version, and its old chunks go in the same step. Returns the
        ids of the chunks that went.
        """
        now = datetime.now(UTC)
        gone: list[str] = []
        with mapped_errors("saved"), self.engine.begin() as connection:
            for number, (article, parts, vectors) in enumerate(batch):
                gone += _delete_chunks(connection, article.id)
                # A microsecond apart, so that articles of one step keep their order.
                stored_at = (now + timedelta(microseconds=number)).isoformat(timespec="microseconds")
                _save_article(connection, article, scope, stored_at)
                _save_chunks(connection, article, parts, scope)
                if parts:
                    rows = [
                        {"chunk_id": part.id, "embedder": embedder, "vector": vector.astype("<f4").tobytes()}
                        for part, vector in zip(parts, vectors, strict=True)
                    ]
                    connection.execute(insert(embeddings), rows)
        return gone

    def remove(self, article_id: str, scopes: Scopes) -> list[str] | None:
        """Deletes an article with all its versions; the ids of its chunks, or None when there is no such article."""
        with mapped_errors("removed"), self.engine.begin() as connection:
            mine = and_(articles.c.id == article_id, articles.c.scope.in_(scopes.names))
            if connection.execute(select(articles.c.id).where(mine)).first() is None:
                return None
            gone = _delete_chunks(connection, article_id)
            connection.execute(delete(articles).where(mine))
        return gone

    def article(self, article_id: str, scopes: Scopes) -> Article | None:
        """One article with its current text, if it is in these scopes."""
        query = select(*_ARTICLE_COLUMNS, versions.c.text).select_from(_CURRENT)
        with mapped_errors("read"), self.engine.connect() as connection:
            row = connection.execute(
                query.where(articles.c.id == article_id, articles.c.scope.in_(scopes.names))
            ).first()
        return _article(row, row.text) if row else None

    def scope_of(self, article_id: str, scopes: Scopes) -> str | None:
        """The scope an article is in, if it is one of these."""
        query = select(articles.c.scope).where(articles.c.id == article_id, articles.c.scope.in_(scopes.names))
        with mapped_errors("read"), self.engine.connect() as connection:
            return connection.execute(query).scalar()

    def articles(self, scopes: Scopes, limit: int, offset: int, added_after: datetime | None = None) -> list[Article]:
        """Articles of these scopes, newest added first, their text left empty."""
        query = (
            select(*_ARTICLE_COLUMNS)
            .select_from(_CURRENT)
            .where(articles.c.scope.in_(scopes.names))
            .order_by(articles.c.added_at.desc(), articles.c.id)
            .limit(limit)
            .offset(offset)
        )
        if added_after:
            query = query.where(articles.c.added_at > added_after.isoformat(timespec="microseconds"))
        with mapped_errors("read"), self.engine.connect() as connection:
            return [_article(row, "") for row in connection.execute(query)]

    def count(self, scopes: Scopes) -> int:
        """How many articles these scopes hold."""
        query = select(func.count()).select_from(articles).where(articles.c.scope.in_(scopes.names))
        with mapped_errors("read"), self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def totals(self) -> tuple[int, int]:
        """How many articles and chunks there are in all scopes."""
        with mapped_errors("read"), self.engine.connect() as connection:
            count = [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in (articles, chunks)]
        return int(count[0]), int(count[1])

    def evidence(self, scored: Sequence[tuple[str, float]], scopes: Scopes) -> list[Evidence]:
        """Chunks by id as evidence, in the given order; ids outside the scopes are left out."""
        query = (
            select(chunks, articles.c.url, articles.c.source, versions.c.published_at, articles.c.scope.label("owner"))
            .select_from(chunks.join(_CURRENT, articles.c.id == chunks.c.article_id))
            .where(chunks.c.id.in_([chunk_id for chunk_id, _ in scored]))
        )
        # The scope is not in the query: SQLite would then begin with all articles of the scope, 46 ms for 0.3.
        with mapped_errors("read"), self.engine.connect() as connection:
            rows = {row.id: row for row in connection.execute(query) if row.owner in scopes.names}
        return [_evidence(rows[chunk_id], score) for chunk_id, score in scored if chunk_id in rows]

    def sources(self, scopes: Scopes) -> frozenset[str]:
        """The names of all sources in these scopes."""
        query = select(articles.c.source).where(articles.c.scope.in_(scopes.names), articles.c.source.is_not(None))
        with mapped_errors("read"), self.engine.connect() as connection:
            return frozenset(connection.execute(query.distinct()).scalars())

    def scopes(self) -> list[str]:
        """The scopes that hold any chunk."""
        with mapped_errors("read"), self.engine.connect() as connection:
            return [row.scope for row in connection.execute(select(chunks.c.scope).distinct())]

    def chunk_ids(self, scope: str) -> set[str]:
        """The ids of all chunks of one scope."""
        with mapped_errors("read"), self.engine.connect() as connection:
            return set(connection.execute(select(chunks.c.id).where(chunks.c.scope == scope)).scalars())

    def count_chunks(self, scope: str) -> int:
        """How many chunks one scope holds."""
        with mapped_errors("read"), self.engine.connect() as connection:
            query = select(func.count()).select_from(chunks).where(chunks.c.scope == scope)
            return int(connection.execute(query).scalar_one())

    def vectors(self, chunk_ids: Sequence[str], embedder: str) -> Iterator[tuple[str, str, np.ndarray]]:
        """(chunk id, article id, vector) of these chunks, as far as this embedder has embedded them."""
        for at in range(0, len(chunk_ids), 500):
            query = (
                select(chunks.c.id, chunks.c.article_id, embeddings.c.vector)
                .join(embeddings, embeddings.c.chunk_id == chunks.c.id)
                .where(embeddings.c.embedder == embedder, chunks.c.id.in_(chunk_ids[at : at + 500]))
            )
            with mapped_errors("read"), self.engine.connect() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                yield row.id, row.article_id, np.frombuffer(row.vector, dtype="<f4")

    def get_meta(self, key: str) -> str | None:
        """A small value kept beside the articles, such as the embedder's name."""
        with mapped_errors("read"), self.engine.connect() as connection:
            return connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()

    def set_meta(self, key: str, value: str) -> None:
        """Keeps a small value."""
        with mapped_errors("saved"), self.engine.begin() as connection:
            connection.execute(delete(meta).where(meta.c.key == key))
            connection.execute(insert(meta).values(key=key, value=value))


def text_hash(text: str) -> str:
    """A digest of the words of a text, the same for copies that differ in white space or case."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def _save_article(connection: Connection, article: Article, scope: str, now: str) -> None:
    changed = {"url": article.url, "source": article.source, "version": article.version}
    mine = and_(articles.c.id == article.id, articles.c.scope == scope)
    if connection.execute(update(articles).where(mine).values(changed)).rowcount == 0:
        connection.execute(insert(articles).values(id=article.id, scope=scope, added_at=now, **changed))
    connection.execute(
        insert(versions).values(
            article_id=article.id,
            version=article.version,
            title=article.title,
            text=article.text,
            text_hash=text_hash(article.text),
            published_at=article.published_at.isoformat() if article.published_at else None,
            stored_at=now,
        )
    )


def _save_chunks(connection: Connection, article: Article, parts: Sequence[Chunk], scope: str) -> None:
    rows = [
        {
            "id": part.id,
            "scope": scope,
            "article_id": part.article_id,
            "version": part.version,
            "position": part.position,
            "start": part.start,
            "end": part.end,
            "title": article.title,
            "text": part.text,
        }
        for part in parts
    ]
    if rows:
        connection.execute(insert(chunks), rows)


def _delete_chunks(connection: Connection, article_id: str) -> list[str]:
    gone = list(connection.execute(select(chunks.c.id).where(chunks.c.article_id == article_id)).scalars())
    if gone:
        connection.execute(delete(chunks).where(chunks.c.article_id == article_id))
    return gone


def _article(row: Row[*tuple[Any, ...]], text: str) -> Article:
    return Article(
        title=row.title,
        text=text,
        id=row.id,
        url=row.url,
        source=row.source,
        published_at=_time(row.published_at),
        version=row.version,
    )


def _evidence(row: Row[*tuple[Any, ...]], score: float) -> Evidence:
    return Evidence(
        article_id=row.article_id,
        chunk_id=row.id,
        version=row.version,
        title=row.title,
        text=row.text,
        start=row.start,
        end=row.end,
        score=score,
        url=row.url,
        source=row.source,
        published_at=_time(row.published_at),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
