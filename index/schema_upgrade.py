"""Brings a catalog of an older schema up to this one, in one transaction."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from index.appearances import note_appearance
from index.catalog_schema import SCHEMA_VERSION, articles, meta, versions
from index.known_articles import save_bands
from index.near_duplicates import SIGNATURE_VERSION
from index.types import Article

_BANDS = "signature_version"
_NEW_COLUMNS = {"author": "TEXT", "updated_at": "VARCHAR", "language": "VARCHAR"}


def upgrade_schema(connection: Connection) -> None:
    """From schema 1: more is kept of a version, all places of an article, and what copies are found by."""
    if _value(connection, "schema") == "1":
        for name, kind in _NEW_COLUMNS.items():
            connection.execute(text(f"ALTER TABLE versions ADD COLUMN {name} {kind}"))
        for row in connection.execute(select(articles).order_by(articles.c.added_at)).all():
            note_appearance(connection, row.id, row.scope, row.url, row.source)
        _set(connection, "schema", SCHEMA_VERSION)


def renew_signatures(connection: Connection) -> None:
    """Makes anew what copies are found by, when it was made by another way of computing it."""
    if _value(connection, _BANDS) == str(SIGNATURE_VERSION):
        return
    current = (versions.c.article_id == articles.c.id) & (versions.c.version == articles.c.version)
    query = select(articles.c.id, articles.c.scope, versions.c.title, versions.c.text).join(versions, current)
    for row in connection.execute(query).all():
        save_bands(connection, Article(title=row.title, text=row.text, id=row.id), row.scope)
    _set(connection, _BANDS, str(SIGNATURE_VERSION))


def _value(connection: Connection, key: str) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()


def _set(connection: Connection, key: str, value: str) -> None:
    connection.execute(meta.delete().where(meta.c.key == key))
    connection.execute(meta.insert().values(key=key, value=value))
