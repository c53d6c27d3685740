"""The bot's tables as they were when revisions came: made anew, or what is missing of them in an earlier version's.

Earlier versions added tables and columns as they went, so that a database may have any part of these.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from bot.migrations.missing_parts import make_missing

revision = "0001"
down_revision = None

_tables = MetaData()
_CHAT = "chat_id"


def upgrade() -> None:
    """Rows that are there stay, with nothing or a default in columns that are new."""
    make_missing(op.get_bind(), _tables)


def _id(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


Table("leases", _tables, Column("owner", String, primary_key=True), Column("until", String, nullable=False))
Table(
    "inbox",
    _tables,
    _id("update_id"),
    Column("state", String, nullable=False),
    Column("body", Text),
    Column("changed_at", String, nullable=False),
    Column("owner", String),
    Column(_CHAT, BigInteger),
    Index("inbox_by_state", "state"),
    Index("inbox_by_chat", _CHAT),
)
Table(
    "sent",
    _tables,
    _id(_CHAT),
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, index=True),
    Column("kind", String, nullable=False),
    Column("sent_at", String, nullable=False),
)
Table(
    "daily_counts",
    _tables,
    Column("day", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("count", Integer, nullable=False),
)
Table("daily_spending", _tables, Column("day", String, primary_key=True), Column("usd", Float, nullable=False))
Table(
    "digest_plans",
    _tables,
    _id(_CHAT),
    _id("topic_id"),
    Column("every", String, nullable=False),
    Column("at", String, nullable=False),
    Column("changed_at", String),
    Column("taken_at", String),
)
Table(
    "recent_problems",
    _tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("line", Text, nullable=False),
)
Table(
    "chats",
    _tables,
    _id(_CHAT),
    Column("kind", String, nullable=False),
    Column("joined_at", String, nullable=False),
    Column("left_at", String, index=True),
    Column("former_id", BigInteger),
)
Table(
    "chat_settings",
    _tables,
    _id(_CHAT),
    Column("language", String),
    Column("length", String, nullable=False),
    Column("sources", Boolean, nullable=False),
    Column("who_adds", String, nullable=False),
    Column("retention_days", Integer),
    Column("article_days", Integer),
    Column("talk", Boolean, nullable=False, server_default=false()),
)
Table(
    "chat_firsts",
    _tables,
    _id(_CHAT),
    Column("what", String, primary_key=True),
    Column("at", String, nullable=False),
)
Table(
    "messages",
    _tables,
    _id(_CHAT),
    _id("message_id"),
    Column("topic_id", BigInteger),
    Column("author_id", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("reply_to", BigInteger),
    Column("links", Text, nullable=False),
    Index("messages_by_time", _CHAT, "at"),
    Index("messages_by_author", "author_id", _CHAT),
)
Table("opt_outs", _tables, _id(_CHAT), _id("user_id"))
Table("forgotten", _tables, _id(_CHAT), _id("user_id"), Column("until", String, nullable=False))
Table(
    "catch_ups",
    _tables,
    _id(_CHAT),
    _id("topic_id"),
    _id("user_id"),
    Column("message_id", BigInteger, nullable=False),
)
Table(
    "conversations",
    _tables,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(_CHAT, BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("asked_id", BigInteger, nullable=False),
    Column("turns", Text, nullable=False),
    Column("noted_at", String, nullable=False),
    Index("conversations_by_place", _CHAT, "thread_id"),
    Index("conversations_by_time", "noted_at"),
)
Table(
    "conversation_messages",
    _tables,
    _id("sent_to"),
    _id("message_id"),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
)
