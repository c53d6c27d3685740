"""The catalog of the first release: articles, their versions, chunks and vectors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table("meta", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "articles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
    )
    op.create_index("articles_by_scope", "articles", ["scope", "added_at"])
    op.create_index("articles_by_url", "articles", ["scope", "url"])
    op.create_table(
        "versions",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_hash", sa.String, nullable=False),
        sa.Column("published_at", sa.String),
        sa.Column("stored_at", sa.String, nullable=False),
    )
    op.create_index("versions_by_text", "versions", ["text_hash"])
    _create_chunks()


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("article_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "version"], ["versions.article_id", "versions.version"], ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_chunks_article_id", "chunks", ["article_id"])
    op.create_table(
        "embeddings",
        sa.Column("chunk_id", sa.String, sa.ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("embedder", sa.String, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
