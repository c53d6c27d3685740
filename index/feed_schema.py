"""The tables of feeds, in the catalog's database. Times are UTC in ISO 8601 with microseconds, so that they sort."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

feed_metadata = MetaData()

feeds = Table(
    "feeds",
    feed_metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scope", String, nullable=False),
    Column("key", Text, nullable=False),  # the address without what differs between spellings
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("site", Text),
    Column("language", String),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("interval", Float, nullable=False),
    Column("added_at", String, nullable=False),
    Column("checked_at", String),
    Column("next_at", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("problem", Text),
    Column("paused", Boolean, nullable=False),
    Column("articles", Integer, nullable=False),
    Index("feeds_by_key", "scope", "key", unique=True),
    Index("feeds_by_time", "next_at"),
    sqlite_autoincrement=True,
)

# Entries that were seen. One that waits to be read has what the feed said of it in `waiting`, as JSON.
feed_entries = Table(
    "feed_entries",
    feed_metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("url", Text),
    Column("digest", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("waiting", Text),
    Column("queued_at", String),
    Column("position", Integer),
    Column("next_try_at", String),
    Column("tries", Integer, nullable=False),
    Column("reads", Integer, nullable=False),
    Column("read_at", String),
    Column("article_id", String),
    Column("is_teaser", Boolean, nullable=False),
    Column("problem", Text),
    Index("feed_entries_waiting", "feed_id", "next_try_at"),
)


def stamp(moment: datetime) -> str:
    """A time in UTC as the tables keep it."""
    return moment.isoformat(timespec="microseconds")


def moment_of(text: str | None) -> datetime | None:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text) if text else None
