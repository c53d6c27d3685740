"""The record of what was taken in: articles, their versions, chunks and embeddings. Blocking: call it in a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
from sqlalchemy import Connection, and_, delete, func, insert, select

from index.appearances import article_at, note_appearance, release_address
from index.catalog_rows import (
    ARTICLE_COLUMNS,
    CURRENT,
    article_of,
    delete_chunks,
    evidence_of,
    read_articles,
    text_hash,
    write_article,
    write_chunks,
)
from index.catalog_schema import articles, chunks, embeddings, meta, versions
from index.database import DatabasePlace, mapped_errors, open_database
from index.full_text import prepare_full_text
from index.known_articles import (
    Known,
    Way,
    address_match,
    candidate_ids,
    copied_from,
    had_before,
    has_the_words_of,
    words_match,
)
from index.providers.base import Vectors
from index.remembered import Remembered
from index.types import Article, Chunk, Evidence, Scopes


class Catalog:
    """Articles, versions, chunks and embeddings in one database; a method is one transaction.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, place: DatabasePlace) -> None:
        self.engine = open_database(place)
        try:
            prepare_full_text(self.engine)
        except BaseException:
            self.engine.dispose()
            raise
        self._sources: Remembered[str, frozenset[str]] = Remembered()
        self._size: Remembered[None, int] = Remembered()

    def changed(self) -> None:
        """To be called when articles were written past the methods here: `sources` and `size` are read again."""
        self._sources.forget()
        self._size.forget()

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    def find_same(self, article: Article, scope: str) -> Known | None:
        """The stored article of this scope with the same id, else address, else words, or the one that this copies."""
        with mapped_errors("read"), self.engine.connect() as connection:
            for article_id, way in _matches(connection, article, scope):
                stored = read_articles(connection, [article_id], [scope])
                if stored and (way is not Way.WORDS or has_the_words_of(article, stored[0])):
                    before = had_before(connection, article_id, text_hash(article.text), article.title)
                    return Known(stored[0], way, before)
            copied = copied_from(article, read_articles(connection, candidate_ids(connection, article, scope), [scope]))
        return Known(copied, Way.COPY) if copied else None

    def save(
        self,
        batch: Sequence[tuple[Article, Sequence[Chunk], Vectors]],
        scope: str,
        embedder: str,
        places: Sequence[tuple[str, str | None, str | None]] = (),
    ) -> list[str]:
        """Stores articles with their chunks and vectors (rows in the chunks' order) in one transaction.

        An article that is there already gets a new version, and its old chunks go in the same step. `places` are
        where articles were found: (article id, address, publisher). Returns the ids of the chunks that went.
        """
        now = datetime.now(UTC)
        gone: list[str] = []
        with mapped_errors("saved"), self.engine.begin() as connection:
            for number, (article, parts, vectors) in enumerate(batch):
                gone += delete_chunks(connection, [article.id])
                if article.version == 1 and article.url:
                    release_address(connection, article.url, scope)  # a copy of another story stood there before
                # A microsecond apart, so that articles of one step keep their order.
                stored_at = (now + timedelta(microseconds=number)).isoformat(timespec="microseconds")
                write_article(connection, article, scope, stored_at)
                write_chunks(connection, article, parts, scope)
                if parts:
                    rows = [
                        {"chunk_id": part.id, "embedder": embedder, "vector": vector.astype("<f4").tobytes()}
                        for part, vector in zip(parts, vectors, strict=True)
                    ]
                    connection.execute(insert(embeddings), rows)
            for article_id, url, source in places:
                note_appearance(connection, article_id, scope, url, source)
        self.changed()
        return gone

    def remove(self, article_id: str, scopes: Scopes) -> list[str] | None:
        """Deletes an article with all its versions; the ids of its chunks, or None when there is no such article."""
        with mapped_errors("removed"), self.engine.begin() as connection:
            mine = and_(articles.c.id == article_id, articles.c.scope.in_(scopes.names))
            if connection.execute(select(articles.c.id).where(mine)).first() is None:
                return None
            gone = delete_chunks(connection, [article_id])
            connection.execute(delete(articles).where(mine))
        self.changed()
        return gone

    def article(self, article_id: str, scopes: Scopes, version: int | None = None) -> Article | None:
        """One article with its text, the current one or an older version's, if it is in these scopes."""
        with mapped_errors("read"), self.engine.connect() as connection:
            return next(iter(read_articles(connection, [article_id], scopes.names, version)), None)

    def article_at(self, url: str, scopes: Scopes) -> Article | None:
        """The article of these scopes that was found at an address, however it is spelled."""
        with mapped_errors("read"), self.engine.connect() as connection:
            ids = [found[0] for scope in sorted(scopes.names) if (found := article_at(connection, url, scope))]
            return next(iter(read_articles(connection, ids, scopes.names)), None)

    def scope_of(self, article_id: str, scopes: Scopes) -> str | None:
        """The scope an article is in, if it is one of these."""
        query = select(articles.c.scope).where(articles.c.id == article_id, articles.c.scope.in_(scopes.names))
        with mapped_errors("read"), self.engine.connect() as connection:
            return connection.execute(query).scalar()

    def articles(self, scopes: Scopes, limit: int, offset: int, added_after: datetime | None = None) -> list[Article]:
        """Articles of these scopes, newest added first, their text left empty."""
        query = (
            select(*ARTICLE_COLUMNS)
            .select_from(CURRENT)
            .where(articles.c.scope.in_(scopes.names))
            .order_by(articles.c.added_at.desc(), articles.c.id)
            .limit(limit)
            .offset(offset)
        )
        if added_after:
            query = query.where(articles.c.added_at > added_after.isoformat(timespec="microseconds"))
        with mapped_errors("read"), self.engine.connect() as connection:
            return [article_of(row, "") for row in connection.execute(query)]

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
            .select_from(chunks.join(CURRENT, articles.c.id == chunks.c.article_id))
            .where(chunks.c.id.in_([chunk_id for chunk_id, _ in scored]))
        )
        # The scope is not in the query: SQLite would then begin with all articles of the scope, 46 ms for 0.3.
        with mapped_errors("read"), self.engine.connect() as connection:
            rows = {row.id: row for row in connection.execute(query) if row.owner in scopes.names}
        return [evidence_of(rows[chunk_id], score) for chunk_id, score in scored if chunk_id in rows]

    def sources(self, scopes: Scopes) -> frozenset[str]:
        """The names of all sources in these scopes; what another process has added shows within a minute."""
        return frozenset().union(*(self._sources.get(s, partial(self._sources_of, s)) for s in scopes.names))

    def _sources_of(self, scope: str) -> frozenset[str]:
        query = select(articles.c.source).where(articles.c.scope == scope, articles.c.source.is_not(None))
        with mapped_errors("read"), self.engine.connect() as connection:
            return frozenset(connection.execute(query.distinct()).scalars())

    def size(self) -> int:
        """How many chunks there are in all scopes, to weigh words by; another process's show within a minute."""

        def read() -> int:
            with mapped_errors("read"), self.engine.connect() as connection:
                return int(connection.execute(select(func.count()).select_from(chunks)).scalar_one())

        return self._size.get(None, read)

    def scopes(self) -> list[str]:
        """The scopes that hold any chunk."""
        # Not of `chunks` alone: that reads all their texts, 0.4 s for 60,000.
        has_any = select(chunks.c.id).where(chunks.c.article_id == articles.c.id).exists()
        with mapped_errors("read"), self.engine.connect() as connection:
            return list(connection.execute(select(articles.c.scope).where(has_any).distinct()).scalars())

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


def _matches(connection: Connection, article: Article, scope: str) -> Iterator[tuple[str, Way]]:
    """The ids of the stored articles that this one may be, and how each was recognised; the surest first."""
    yield article.id, Way.ID
    if at := address_match(connection, article, scope):
        yield at
    if same := words_match(connection, text_hash(article.text), scope):
        yield same, Way.WORDS
