"""What was said in one chat, from Telegram's own export (Telegram Desktop, "machine-readable JSON")."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from index.sources.telegram_export import message_time, shown_text
from index.sources.telegram_messages import Chat, Message, export_messages
from index.summaries.types import ChatMessage

MOST_MESSAGES = 50_000
_SUPERGROUPS = ("private_supergroup", "public_supergroup")
_BEFORE_ALL = -1_000_000_000
_LONGEST_ID = 15
_FROM_BOTS = ("via_bot", "inline_bot_buttons")


@dataclass(frozen=True, slots=True)
class ExportedTalk:
    """The messages of a chat, the newest 50,000 in order; `found` is whether the file holds the chat at all."""

    found: bool
    messages: tuple[ChatMessage, ...]


def export_talk(data: bytes, *, name: str, chat_ids: Collection[int]) -> ExportedTalk:
    """The messages of the one chat that has these ids, by the Bot API's numbers, in an export of it or of an account.

    A message of a supergroup has the number that it has for everybody. In a plain group each account counts by itself,
    and so it is with what was said before a group became a supergroup, which Telegram Desktop shifts by -1,000,000,000:
    the numbers of both are shifted below -1,000,000,000, so that they meet no other.

    Raises:
        UnreadableError: no JSON, damaged, or nested too deeply.
    """
    found = False
    said: dict[int, ChatMessage] = {}
    topics: dict[int, int] = {}
    for chat, message in export_messages(io.BytesIO(data), name):
        if chat_id_of(chat) not in chat_ids:
            continue
        found = True
        if message is not None and (one := _said(message, chat, topics)):
            said[one.message_id] = one
            if len(said) > MOST_MESSAGES:
                del said[next(iter(said))]
    return ExportedTalk(found, tuple(said[number] for number in sorted(said)))


def chat_id_of(chat: Chat) -> int | None:
    """The Bot API's number of an exported group; None of another chat."""
    number = chat.fields.get("id")
    if type(number) is not int or number <= 0:
        return None
    if chat.kind in _SUPERGROUPS:
        return int(f"-100{number}")
    return -number if chat.kind == "private_group" else None


def _said(message: Message, chat: Chat, topics: dict[int, int]) -> ChatMessage | None:
    """A person's words; notes in `topics` to which topic of a forum a message belongs."""
    number, replied = message.get("id"), message.get("reply_to_message_id")
    if type(number) is not int:
        return None
    shift = 0 if chat.kind in _SUPERGROUPS and number > 0 else _BEFORE_ALL if number < 0 else 2 * _BEFORE_ALL
    reply_to = replied if type(replied) is int else None
    if message.get("action") == "topic_created":
        topics[number] = number
    elif reply_to in topics:
        topics[number] = topics[reply_to]
    text, at = _whole(shown_text(message.get("text"))).strip(), message_time(message, "date")
    author = _author(message.get("from_id"))
    if message.get("type") != "message" or any(message.get(key) for key in _FROM_BOTS):
        return None
    if not text or at is None or author is None or _is_command(message):
        return None
    sender = message.get("from")
    return ChatMessage(
        message_id=number + shift,
        author_id=author,
        author=_whole(sender).strip() or "?" if isinstance(sender, str) else "?",
        at=at,
        text=text,
        topic_id=topics.get(number),
        reply_to=None if reply_to is None or topics.get(number) == reply_to else reply_to + shift,
        links=tuple(dict.fromkeys(_links(message))),
    )


def _author(value: object) -> int | None:
    """The Bot API's number of "user12", "channel12" or "chat12"."""
    text = value if isinstance(value, str) else ""
    for kind, before in (("user", ""), ("channel", "-100"), ("chat", "-")):
        digits = text.removeprefix(kind)
        if digits != text and digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_ID:
            return int(f"{before}{digits}")
    return None


def _parts(message: Message) -> Iterator[tuple[str, str, object]]:
    """The stretches of the text that have a formatting: its name, the words, the address behind them."""
    parts = message.get("text")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            yield str(part.get("type")), part["text"], part.get("href")


def _is_command(message: Message) -> bool:
    parts = message.get("text")
    first = parts[0] if isinstance(parts, list) and parts else None
    return isinstance(first, dict) and first.get("type") == "bot_command"


def _links(message: Message) -> Iterator[str]:
    for kind, words, address in _parts(message):
        if kind == "text_link" and isinstance(address, str):
            yield _whole(address)
        elif kind == "link":
            yield _whole(words if "://" in words else f"https://{words}")


def _whole(text: str) -> str:
    """The text without halves of characters, which no database takes."""
    return text.encode("utf-8", "ignore").decode()
