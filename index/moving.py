"""A chat's whole collection: to another scope, as when a group becomes a supergroup, or away.

The catalog goes first, in one transaction, and is the record from then on. Whatever stops the vectors from following
is put right by doing it again, or at the next start (see `upkeep`).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, or_, select, update

from index.catalog import Catalog
from index.catalog_schema import appearances, articles, chunks, signature_bands, versions
from index.database import mapped_errors
from index.types import PUBLIC_SCOPE
from index.vector_index import VectorIndex


def check_chat_scopes(*scopes: str) -> None:
    """Refuses the deployment's public collection, which no chat may take, fill or empty as a whole.

    Raises:
        ValueError: when a scope is the public one, or has no name.
    """
    if PUBLIC_SCOPE in scopes or not all(scopes):
        raise ValueError("only a chat's own collection is moved or removed as a whole")


def move_collection(old: str, new: str, catalog: Catalog, store: VectorIndex, embedder: str) -> int:
    """Moves all articles of one scope to another; how many came. Blocking.

    An article that the new scope has already, by its address or its words, is dropped from the old one. Articles
    keep their ids, so that what points to them still does.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    moved = _move_in_catalog(catalog, old, new)
    wanted, there = catalog.chunk_ids(new), store.ids(new)
    store.add(catalog.vectors(sorted(wanted - there), embedder), new)  # first, see `store`
    store.delete(sorted(there - wanted), new)
    store.drop(old)
    return moved


def remove_collection(scope: str, catalog: Catalog, store: VectorIndex) -> int:
    """Deletes all articles of one scope, with their versions and vectors; how many there were. Blocking.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    with mapped_errors("removed"), catalog.engine.begin() as connection:
        gone = connection.execute(select(func.count()).select_from(articles).where(articles.c.scope == scope))
        count = int(gone.scalar_one())
        connection.execute(delete(articles).where(articles.c.scope == scope))  # its versions and chunks go with it
    catalog.changed()
    store.drop(scope)
    return count


def _move_in_catalog(catalog: Catalog, old: str, new: str) -> int:
    with mapped_errors("moved"), catalog.engine.begin() as connection:
        for article_id in _known_already(connection, old, new):
            connection.execute(delete(articles).where(articles.c.id == article_id))
        for table in (chunks, appearances, signature_bands):
            connection.execute(update(table).where(table.c.scope == old).values(scope=new))
        moved = connection.execute(update(articles).where(articles.c.scope == old).values(scope=new)).rowcount
    catalog.changed()
    return moved


def _known_already(connection: Connection, old: str, new: str) -> list[str]:
    """The articles of the old scope one of whose addresses, or whose current words, the new scope has."""
    there, text, places = articles.alias("there"), versions.alias("text"), appearances.alias("places")
    its_text = (text.c.article_id == there.c.id) & (text.c.version == there.c.version)
    mine = (versions.c.article_id == articles.c.id) & (versions.c.version == articles.c.version)
    known_places = select(places.c.address).where(places.c.scope == new, places.c.address.is_not(None))
    same = or_(
        articles.c.id.in_(select(appearances.c.article_id).where(appearances.c.address.in_(known_places))),
        versions.c.text_hash.in_(select(text.c.text_hash).join(there, its_text).where(there.c.scope == new)),
    )
    query = select(articles.c.id).join(versions, mine).where(articles.c.scope == old, same)
    return list(connection.execute(query).scalars())
