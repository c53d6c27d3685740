"""How long articles stay: those that are older than allowed go, and those over a number, the oldest first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from index.catalog import Catalog
from index.catalog_rows import delete_chunks
from index.catalog_schema import articles, versions
from index.database import mapped_errors
from index.vector_index import VectorIndex

_AT_ONCE = 500  # articles of one transaction


def trim_collection(
    scope: str, catalog: Catalog, store: VectorIndex, *, before: datetime | None, keep: int | None
) -> int:
    """Deletes the articles of a scope that are too old or too many; how many went. Blocking.

    Too old is what came in, or was last updated, `before` a time (UTC); of the others the newest `keep` stay. Age
    counts from when askwire got an article, not from its date: an old story that somebody adds today is wanted.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    removed = 0
    while True:
        with mapped_errors("removed"), catalog.engine.begin() as connection:
            ids = _expired(connection, scope, before, keep)[:_AT_ONCE]
            gone = delete_chunks(connection, ids)
            if ids:
                connection.execute(delete(articles).where(articles.c.id.in_(ids)))
        if not ids:
            return removed
        catalog.changed()
        store.delete(gone, scope)
        removed += len(ids)


def _expired(connection: Connection, scope: str, before: datetime | None, keep: int | None) -> list[str]:
    current = (versions.c.article_id == articles.c.id) & (versions.c.version == articles.c.version)
    query = select(articles.c.id).join(versions, current).where(articles.c.scope == scope)
    newest_first = query.order_by(versions.c.stored_at.desc(), articles.c.id)
    ids: list[str] = []
    if before is not None:
        ids += connection.execute(
            query.where(versions.c.stored_at < before.isoformat(timespec="microseconds"))
        ).scalars()
    if keep is not None:
        count = connection.execute(select(func.count()).select_from(articles).where(articles.c.scope == scope))
        if count.scalar_one() > keep:
            ids += connection.execute(newest_first.offset(keep).limit(_AT_ONCE)).scalars()
    return list(dict.fromkeys(ids))
