"""The tables of what is said in groups, and how a message stands in them."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Row, String, Table, Text

from bot.database import metadata, utc_text
from index.summaries.types import ChatMessage

messages = Table(
    "messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger),
    Column("author_id", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("reply_to", BigInteger),
    Column("links", Text, nullable=False),
    Index("messages_by_time", "chat_id", "at"),
    Index("messages_by_author", "author_id", "chat_id"),
)
opt_outs = Table(
    "opt_outs",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
)
# Until when what a person wrote was to be forgotten, so that no import brings it back.
forgotten = Table(
    "forgotten",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", String, nullable=False),
)
# How far a reader has caught up; topic 0 is the chat without topics, and General.
catch_ups = Table(
    "catch_ups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
)
TABLES = (messages, opt_outs, forgotten, catch_ups)


def row_of(chat_id: int, message: ChatMessage) -> dict[str, object]:
    """A message as it stands in the table."""
    return {
        "chat_id": chat_id,
        "message_id": message.message_id,
        "topic_id": message.topic_id,
        "author_id": message.author_id,
        "author": message.author,
        "at": utc_text(message.at),
        "body": message.text,
        "reply_to": message.reply_to,
        "links": json.dumps(message.links),
    }


def message_of(row: Row[tuple[object, ...]]) -> ChatMessage:
    """The message of a row."""
    return ChatMessage(
        message_id=row.message_id,
        author_id=row.author_id,
        author=row.author,
        at=datetime.fromisoformat(row.at),
        text=row.body,
        topic_id=row.topic_id,
        reply_to=row.reply_to,
        links=tuple(json.loads(row.links)),
    )
