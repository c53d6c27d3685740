"""Keeps what copies of an article are found by as this askwire computes it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from index.catalog_schema import articles, meta, versions
from index.known_articles import save_bands
from index.near_duplicates import SIGNATURE_VERSION
from index.postgres import lock_schema
from index.types import Article

_BANDS = "signature_version"


def renew_signatures(connection: Connection) -> None:
    """Makes anew what copies are found by, when it was made by another way of computing it."""
    if _is_current(connection):
        return
    lock_schema(connection)
    if _is_current(connection):  # another process was quicker
        return
    current = (versions.c.article_id == articles.c.id) & (versions.c.version == articles.c.version)
    query = select(articles.c.id, articles.c.scope, versions.c.title, versions.c.text).join(versions, current)
    for row in connection.execute(query).all():
        save_bands(connection, Article(title=row.title, text=row.text, id=row.id), row.scope)
    connection.execute(meta.delete().where(meta.c.key == _BANDS))
    connection.execute(meta.insert().values(key=_BANDS, value=str(SIGNATURE_VERSION)))


def _is_current(connection: Connection) -> bool:
    found = connection.execute(select(meta.c.value).where(meta.c.key == _BANDS)).scalar()
    return found == str(SIGNATURE_VERSION)
