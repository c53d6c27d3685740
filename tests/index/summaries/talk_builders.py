"""Discussions for tests, written as lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from index.summaries.types import ChatMessage

_BEGINS = datetime(2025, 3, 12, 17, 0, tzinfo=UTC)


def make_message(
    number: int, author: str, text: str, *, reply_to: int | None = None, topic_id: int | None = None, minute: float = 0
) -> ChatMessage:
    """A message; its id is its number, an author's id follows from the name."""
    author_id = sum(ord(letter) * 31**place for place, letter in enumerate(author))
    at = _BEGINS + timedelta(minutes=minute)
    return ChatMessage(number, author_id, author, at, text, topic_id, reply_to)


def make_talk(*lines: str, every: float = 1.0) -> list[ChatMessage]:
    """Messages from lines such as "Ann: hello" or, in reply to the first one, "Bob >1: hi"; numbered from 1."""
    talk = []
    for number, line in enumerate(lines, start=1):
        head, _, text = line.partition(": ")
        author, _, reply = head.partition(" >")
        answered = int(reply) if reply else None
        talk.append(make_message(number, author, text, reply_to=answered, minute=every * number))
    return talk
