"""Feeds, and the entries that were seen in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A catalog that feeds were followed in has the tables already."""
    _create_feeds()
    op.create_table(
        "feed_entries",
        sa.Column("feed_id", sa.Integer, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("seen_at", sa.String, nullable=False),
        sa.Column("waiting", sa.Text),
        sa.Column("queued_at", sa.String),
        sa.Column("position", sa.Integer),
        sa.Column("next_try_at", sa.String),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("reads", sa.Integer, nullable=False),
        sa.Column("read_at", sa.String),
        sa.Column("article_id", sa.String),
        sa.Column("is_teaser", sa.Boolean, nullable=False),
        sa.Column("problem", sa.Text),
        if_not_exists=True,
    )
    op.create_index("feed_entries_waiting", "feed_entries", ["feed_id", "next_try_at"], if_not_exists=True)


def _create_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("site", sa.Text),
        sa.Column("language", sa.String),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("interval", sa.Float, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("checked_at", sa.String),
        sa.Column("next_at", sa.String, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("articles", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
    op.create_index("feeds_by_key", "feeds", ["scope", "key"], unique=True, if_not_exists=True)
    op.create_index("feeds_by_time", "feeds", ["next_at"], if_not_exists=True)
