"""More is kept of a version, all places of an article, and what copies are found by; PostgreSQL's full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from index.canonical_url import address_key

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NEW_COLUMNS = {"author": sa.Text, "updated_at": sa.String, "language": sa.String}
_PLACE = ("scope", "url", "source")
_articles = sa.table("articles", *map(sa.column, ("id", "added_at", *_PLACE)))
_appearances = sa.table("appearances", *map(sa.column, ("article_id", "address", *_PLACE)))


def upgrade() -> None:
    """What an askwire without revisions did not finish is finished."""
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("versions")}
    for name, kind in _NEW_COLUMNS.items():
        if name not in there:
            op.add_column("versions", sa.Column(name, kind))
    _create_tables()
    if op.get_bind().dialect.name == "postgresql":
        _create_words()
    _note_own_places(op.get_bind())


def _create_tables() -> None:
    op.create_table(
        "appearances",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        if_not_exists=True,
    )
    op.create_index("ix_appearances_article_id", "appearances", ["article_id"], if_not_exists=True)
    op.create_index("appearances_by_address", "appearances", ["scope", "address"], unique=True, if_not_exists=True)
    op.create_table(
        "signature_bands",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("band", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.create_index("signature_bands_by_value", "signature_bands", ["scope", "band", "value"], if_not_exists=True)


def _create_words() -> None:
    op.create_table(
        "chunk_words",
        sa.Column("chunk_id", sa.String, sa.ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", TSVECTOR, nullable=False),
        postgresql_with={"toast_tuple_target": "8160"},
    )
    op.create_index("chunk_words_by_word", "chunk_words", ["words"], postgresql_using="gin")


def _note_own_places(connection: sa.Connection) -> None:
    """The address that each article came from; one that two share is the older one's."""
    taken: set[tuple[str, str]] = set()
    for row in connection.execute(sa.select(_articles).order_by(_articles.c.added_at)).all():
        address = address_key(row.url) if row.url else None
        if (row.scope, address) in taken or not (address or row.source):
            continue
        values = {"article_id": row.id, "address": address, "url": row.url, "source": row.source, "scope": row.scope}
        connection.execute(sa.insert(_appearances).values(values))
        if address:
            taken.add((row.scope, address))
