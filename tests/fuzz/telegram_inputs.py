"""What people send by Telegram: messages with formatting, files and forwards; what buttons carry; words of commands."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Message

from bot.catchup_request import parse_catch_up
from bot.handlers.digest import _span
from bot.incoming import Me, read_message
from bot.material import Post, is_only_links, material_of
from bot.passages import PassageRef
from bot.settings_menu import parse
from bot.talk_messages import author_of, first_writer, talk_message
from index.errors import SourceError
from index.sources.posts import read_post
from tests.fuzz.target import Target, one_line

_ME = Me(123_456_789, "askwire_test_bot")
_NOW = datetime(2020, 1, 26, 21, 30, tzinfo=UTC)
_DATE = int(_NOW.timestamp())
_KINDS = ("bot_command", "mention", "url", "text_link", "text_mention", "bold", "custom_emoji", "blockquote", "new")
_USER = {"id": 7, "is_bot": False, "first_name": "Alice"}
_BYTES_OF_ENTITY = 4
_MOST_TEXT, _MOST_ENTITIES = 4096, 100  # what Telegram takes


def read_telegram_message(data: bytes) -> None:
    """Reads a message of the texts between NUL bytes; the last says what is formatted, and how.

    Raises:
        Exception: something else comes of it than a message read, or an error of one line.
    """
    text, name, title, *_ = [*data.split(b"\x00"), b"", b"", b""]
    spans = data.rpartition(b"\x00")[2]
    shown = text.decode("utf-8", "replace")[:_MOST_TEXT]
    told: dict[str, Any] = {
        "message_id": len(data) % 100 + 1,
        "date": _DATE,
        "chat": {"id": 7, "type": "private"} if len(text) % 2 else {"id": -7, "type": "supergroup", "title": "News"},
        "from": _USER,
    }
    words, entities = ("caption", "caption_entities") if name else ("text", "entities")
    told |= {words: shown, entities: list(_entities(spans[: _MOST_ENTITIES * _BYTES_OF_ENTITY], shown))}
    if name:
        told["document"] = {"file_id": "f", "file_unique_id": "u", "file_name": name.decode("utf-8", "replace")}
    if title:
        origin = {"id": -9, "type": "channel", "title": title.decode("utf-8", "replace")}
        told["forward_origin"] = {"type": "channel", "date": _DATE, "chat": origin, "message_id": len(spans) + 1}
        told["reply_to_message"] = {**told}
    _read(Message.de_json(json.loads(json.dumps(told)), None))


def read_words_of_a_command(data: bytes) -> None:
    """Reads what stands behind /catchup and /digest, and what a button carries.

    Raises:
        Exception: something else than a value, or none, comes of it.
    """
    text = data.decode("utf-8", "replace")
    found = parse_catch_up(text, _NOW, "Europe/Berlin")
    assert found is None or found.since is None or found.since <= _NOW
    assert timedelta() <= _span(text) <= timedelta(days=60)
    for private in (True, False):
        press = parse(text, private=private)
        assert press is None or isinstance(press.change, dict)
    ref = PassageRef.parse(text)
    assert ref is None or ref.start <= ref.end


def _entities(spans: bytes, shown: str) -> Any:
    """Each four bytes name a kind, a place and a length in UTF-16 units, as Telegram counts."""
    units = len(shown.encode("utf-16-le")) // 2
    for at in range(0, len(spans) - _BYTES_OF_ENTITY + 1, _BYTES_OF_ENTITY):
        kind, start, length, link = spans[at : at + _BYTES_OF_ENTITY]
        start = min(start, units)
        entity = {"type": _KINDS[kind % len(_KINDS)], "offset": start, "length": min(length, units - start)}
        yield {**entity, "url": f"https://{chr(link)}.example/{link}", "user": _USER}


def _read(message: Message) -> None:
    incoming = read_message(message, _ME)
    assert incoming.text not in repr(incoming) or len(incoming.text) < 30
    talk_message(message, _ME)
    author_of(message)
    first_writer(message)
    is_only_links(incoming)
    material = material_of(incoming)
    if isinstance(material, Post):
        with contextlib.suppress(SourceError):
            try:
                origin = material.origin
                read_post(material.text, origin=origin.name, posted_at=origin.posted_at, link=origin.link)
            except SourceError as error:
                one_line(error)
                raise


_STORY = "Three rockets hit the American embassy in Baghdad on Sunday evening. https://news.example/rockets"
TELEGRAM_TARGETS = {
    "message": Target(
        (
            "/ask@askwire_test_bot how many rockets? @askwire_test_bot 🚀\x00\x00\x00".encode()
            + b"\x00\x00\x15\x00\x01\x27\x11a",
            f"{_STORY}\x00story.pdf\x00The Daily\x00".encode() + b"\x02\x45\x1dx\x03\x00\x05y",
            f"{_STORY}\x00\x00The Daily\x00".encode() + b"\x04\x00\x05x",
        ),
        read_telegram_message,
    ),
    "command": Target(
        (b"50", b"3 days", b"12h", b"today", b"set:1:digest:mon", b"set:1:menu", b"p:abc:10:20:Ab_1", b"d:1:2:3"),
        read_words_of_a_command,
    ),
}
