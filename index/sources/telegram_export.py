"""Telegram's own export (Telegram Desktop, "machine-readable JSON"): each message with enough text is a post.

The format is what Telegram Desktop's `export_output_json.cpp` writes: one chat, or an account with its chats in `chats`
and `left_chats`. It is read as a stream, so a file may be larger than memory.

Of a whole account only channels, groups and saved messages are read: private conversations become articles only when
somebody exports that one chat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from index.errors import UnreadableError, UnsupportedError
from index.sources.metadata import author_name, later_update, parse_time, shown_name
from index.sources.posts import read_post
from index.sources.telegram_messages import Chat, Message, Stream, export_messages
from index.types import Article

OnPassedOver = Callable[[int], None]

_KINDS = frozenset(
    "private_supergroup public_supergroup private_channel public_channel private_group saved_messages replies "
    "personal_chat bot_chat".split()
)
_MESSAGE_TYPES = ("message", "service", "unsupported")
_MAX_PARTS = 10_000  # stretches of one message with formatting of their own


def export_articles(stream: Stream, name: str, on_passed_over: OnPassedOver | None = None) -> Iterator[Article]:
    """Each message's article as it is read.

    The source is whom a message was forwarded from, else the chat; the author who wrote it, when it was not forwarded.

    Args:
        stream: the JSON, in UTF-8.
        name: the file's name for messages.
        on_passed_over: gets, at the end, the number of messages that gave no article: notices of Telegram's own,
            pictures without words, and texts of fewer than 20 letters.

    Raises:
        UnsupportedError: JSON, but no export of Telegram's.
        UnreadableError: no JSON, damaged, or no message with enough text.
    """
    found = passed_over = 0
    is_export = False
    for chat, message in export_messages(stream, name):
        is_export = is_export or chat.kind in _KINDS or (message or {}).get("type") in _MESSAGE_TYPES
        article = None if message is None else _article(message, chat)
        if article is not None:
            found += 1
            yield article
        elif message is not None:
            passed_over += 1
    if not is_export:
        raise UnsupportedError(
            f"{shown_name(name)} is JSON, but not Telegram's chat export (result.json). For articles of your own use "
            "JSON lines: a .jsonl file with one object a line, with a title and a text."
        )
    if on_passed_over is not None:
        on_passed_over(passed_over)
    if not found:
        raise UnreadableError(
            f"{shown_name(name)} holds no message with enough text ({passed_over:,} messages were passed over). "
            "Export a chat that has texts."
        )


def _article(message: Message, chat: Chat) -> Article | None:
    if message.get("type") != "message":
        return None
    posted = message_time(message, "date")
    forwarded, sender = message.get("forwarded_from"), message.get("from")
    is_forwarded = isinstance(forwarded, str) and bool(forwarded.strip())
    origin = forwarded if is_forwarded else chat.name or sender
    author = None if is_forwarded else author_name(message.get("author")) or author_name(sender)
    try:
        return read_post(
            shown_text(message.get("text")),
            origin=origin if isinstance(origin, str) else None,
            posted_at=posted,
            link=chat.link(message.get("id")),
            author=author if author != origin else None,
            updated_at=later_update(posted, message_time(message, "edited")),
        )
    except UnreadableError:
        return None


def shown_text(value: object) -> str:
    """The words as the reader sees them: formatting goes, and so does the address behind a linked word."""
    parts = value[:_MAX_PARTS] if isinstance(value, list) else [value]
    texts = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(text for text in texts if isinstance(text, str))


def message_time(message: Message, key: str) -> datetime | None:
    """A moment: from seconds where they are given, because the written time is the exporting computer's own."""
    seconds = message.get(f"{key}_unixtime")
    if isinstance(seconds, str) and re.fullmatch(r"\d{1,11}", seconds):
        try:
            return datetime.fromtimestamp(int(seconds), UTC)
        except (OverflowError, OSError, ValueError):
            return None
    return parse_time(message.get(key))
