"""Rows of the catalog's tables, read into records and written from them, inside a transaction of the caller's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from index.appearances import note_appearance, other_appearances
from index.catalog_schema import articles, chunks, versions
from index.known_articles import save_bands
from index.postgres import is_postgres
from index.postgres_search import write_words
from index.types import Article, Chunk, Evidence

ARTICLE_COLUMNS = (
    articles.c.id,
    articles.c.url,
    articles.c.source,
    articles.c.version,
    versions.c.title,
    versions.c.published_at,
    versions.c.author,
    versions.c.updated_at,
    versions.c.language,
)
CURRENT = articles.join(
    versions, and_(versions.c.article_id == articles.c.id, versions.c.version == articles.c.version)
)


def text_hash(text: str) -> str:
    """A digest of the words of a text, the same for copies that differ in white space or case."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def read_articles(
    connection: Connection, ids: Sequence[str], scopes: Iterable[str], version: int | None = None
) -> list[Article]:
    """Articles of these scopes with their text and all places, in the order of the ids; missing ones are left out.

    Of an older `version` the title, the text and the times are that version's.
    """
    joined = CURRENT
    if version is not None:
        joined = articles.join(versions, and_(versions.c.article_id == articles.c.id, versions.c.version == version))
    query = select(*ARTICLE_COLUMNS, versions.c.text, versions.c.version.label("shown")).select_from(joined)
    query = query.where(articles.c.id.in_(ids), articles.c.scope.in_(list(scopes)))
    rows = {row.id: row for row in connection.execute(query)}
    found = [replace(article_of(rows[i], rows[i].text), version=rows[i].shown) for i in ids if i in rows]
    also = other_appearances(connection, found)
    return [replace(article, also=also[article.id]) for article in found]


def write_article(connection: Connection, article: Article, scope: str, now: str) -> None:
    """Writes an article, or its new version, with its address and what copies are found by."""
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
            published_at=time_text(article.published_at),
            stored_at=now,
            author=article.author,
            updated_at=time_text(article.updated_at),
            language=article.language,
        )
    )
    note_appearance(connection, article.id, scope, article.url, article.source)
    save_bands(connection, article, scope)


def write_chunks(connection: Connection, article: Article, parts: Sequence[Chunk], scope: str) -> None:
    """Writes the chunks of an article; SQLite's full-text index follows by triggers."""
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
    if is_postgres(connection):
        write_words(connection, ((part.id, article.title, part.text) for part in parts))


def delete_chunks(connection: Connection, article_ids: Sequence[str]) -> list[str]:
    """Deletes the chunks of these articles; the ids of those that went."""
    mine = chunks.c.article_id.in_(article_ids)
    gone = list(connection.execute(select(chunks.c.id).where(mine)).scalars())
    if gone:
        connection.execute(delete(chunks).where(mine))
    return gone


def article_of(row: Row[*tuple[Any, ...]], text: str) -> Article:
    """The article in a row of `ARTICLE_COLUMNS`."""
    return Article(
        title=row.title,
        text=text,
        id=row.id,
        url=row.url,
        source=row.source,
        published_at=time_of(row.published_at),
        version=row.version,
        author=row.author,
        updated_at=time_of(row.updated_at),
        language=row.language,
    )


def evidence_of(row: Row[*tuple[Any, ...]], score: float) -> Evidence:
    """The evidence in a row of `chunks` joined with its article."""
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
        published_at=time_of(row.published_at),
    )


def time_of(text: str | None) -> datetime | None:
    """A moment as the tables hold it."""
    return datetime.fromisoformat(text) if text else None


def time_text(moment: datetime | None) -> str | None:
    """A moment for the tables."""
    return moment.isoformat() if moment else None
