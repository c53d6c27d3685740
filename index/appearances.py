"""Where an article was found: its own address first, then others of it, and publishers that carry the same text."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from index.canonical_url import address_key
from index.catalog_schema import appearances
from index.types import Appearance, Article


def note_appearance(connection: Connection, article_id: str, scope: str, url: str | None, source: str | None) -> None:
    """Keeps a place of an article; one that is known, by its address or its publisher's name, is kept once.

    An address that another article of the scope has is left to that one.
    """
    address = address_key(url) if url else None
    same = appearances.c.address == address if address else appearances.c.source == source
    mine = same & (appearances.c.scope == scope if address else appearances.c.article_id == article_id)
    if (address or source) and connection.execute(select(appearances.c.seq).where(mine).limit(1)).first() is None:
        row = {"article_id": article_id, "scope": scope, "address": address, "url": url, "source": source}
        connection.execute(insert(appearances).values(row))


def article_at(connection: Connection, url: str, scope: str) -> tuple[str, bool] | None:
    """The id of the article with this address, and whether it is the article's own, the first that was noted."""
    mine = (appearances.c.scope == scope) & (appearances.c.address == address_key(url))
    row = connection.execute(select(appearances.c.article_id, appearances.c.seq).where(mine)).first()
    if row is None:
        return None
    first = select(appearances.c.seq).where(
        appearances.c.article_id == row.article_id, appearances.c.address.is_not(None)
    )
    return row.article_id, connection.execute(first.order_by(appearances.c.seq).limit(1)).scalar_one() == row.seq


def release_address(connection: Connection, url: str, scope: str) -> None:
    """Forgets whose an address is, because another story stands there now."""
    connection.execute(
        delete(appearances).where(appearances.c.scope == scope, appearances.c.address == address_key(url))
    )


def other_appearances(connection: Connection, articles: Sequence[Article]) -> dict[str, tuple[Appearance, ...]]:
    """For each article the places it was found at beside its own, in the order they were noted."""
    query = select(appearances).where(appearances.c.article_id.in_([article.id for article in articles]))
    found: dict[str, list[Appearance]] = {article.id: [] for article in articles}
    own = {article.id: (article.url and address_key(article.url), article.source) for article in articles}
    for row in connection.execute(query.order_by(appearances.c.seq)):
        address, source = own[row.article_id]
        is_own = row.address == address if row.address else row.source == source
        if not is_own:
            found[row.article_id].append(Appearance(row.url, row.source))
    return {article_id: tuple(places) for article_id, places in found.items()}
