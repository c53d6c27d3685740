"""The log of a group as files of JSON lines, one message a line, as large as Telegram takes them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from bot.message_log import MessageLog
from index.summaries.types import ChatMessage

_MOST_BYTES = 40_000_000  # a bot may send files of 50 MB (core.telegram.org/bots/api#senddocument)


async def talk_files(log: MessageLog, chat_id: int, most_bytes: int = _MOST_BYTES) -> AsyncIterator[tuple[str, bytes]]:
    """The files, each with its name; none when nothing is kept.

    Raises:
        StoreError: when the database fails.
    """
    number, lines = 1, bytearray()
    after: int | None = None
    while page := await log.read_all(chat_id, after):
        for message in page:
            line = _line(message)
            if lines and len(lines) + len(line) > most_bytes:
                yield f"talk-{number}.jsonl", bytes(lines)
                number, lines = number + 1, bytearray()
            lines += line
        after = page[-1].message_id
    if lines:
        yield f"talk-{number}.jsonl", bytes(lines)


def _line(message: ChatMessage) -> bytes:
    fields = {
        "message_id": message.message_id,
        "topic_id": message.topic_id,
        "author_id": message.author_id,
        "author": message.author,
        "at": message.at.isoformat(),
        "text": message.text,
        "reply_to": message.reply_to,
        "links": list(message.links),
    }
    return f"{json.dumps(fields, ensure_ascii=False)}\n".encode()
