"""The messages in Telegram Desktop's JSON, read as a stream and in little memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from index.errors import UnreadableError
from index.sources.metadata import shown_name

Message = dict[str, object]

_CHAT_PATHS = ("", "chats.list.item", "left_chats.list.item")
_DEPTH_OF_MESSAGES = 6
_MAX_DEPTH = 100
_PIECE = 65_536
_LINKED = ("private_supergroup", "public_supergroup", "private_channel", "public_channel")
_PRIVATE = ("personal_chat", "bot_chat", "")


class Stream(Protocol):
    """A source of bytes, as binary files are."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; empty at the end."""
        ...


@dataclass(slots=True)
class Chat:
    """What the export has said of a chat before its messages."""

    fields: dict[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str | None:
        """Its title, or the other person's name; saved messages have none."""
        name = self.fields.get("name")
        return name if isinstance(name, str) and name.strip() else None

    @property
    def kind(self) -> str:
        """Telegram Desktop's name for its type, such as `public_channel`; empty when unknown."""
        return str(self.fields.get("type") or "")

    def link(self, message: object) -> str | None:
        """The address of a message by its number, which members of the chat can open; plain groups have none."""
        chat = self.fields.get("id")
        is_linked = self.kind in _LINKED and type(chat) is int and type(message) is int and chat > 0 and message > 0
        return f"https://t.me/c/{chat}/{message}" if is_linked else None


def export_messages(stream: Stream, name: str) -> Iterator[tuple[Chat, Message | None]]:
    """Each message with its chat, and each chat once with None, so that an empty export is known as one.

    Of a whole account's export private conversations are passed over.

    Raises:
        UnreadableError: no JSON, damaged, or nested too deeply.
    """
    import ijson  # type: ignore[import-untyped]  # ships no types

    walk = _Walk(ijson.ObjectBuilder)
    try:
        for event, value in ijson.basic_parse(_Repaired(stream), use_float=True):
            yield from walk.take(event, value)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableError(f"{shown_name(name)} is no valid JSON, or cut off. Export the chat once more.") from error
    except (OSError, EOFError) as error:
        raise UnreadableError(f"{shown_name(name)} cannot be read to its end. Export the chat once more.") from error


class _Walk:
    """Where in the JSON the reader is.

    The way there is kept here, because ijson's own paths take memory in the square of the depth.
    """

    def __init__(self, new_builder: Callable[[], Any]) -> None:
        self._new_builder = new_builder
        self._builder: Any = None  # of the message that is being read
        self._path: list[str] = []
        self._chat = Chat()
        self._base = ""  # the path of the chat, with a point behind it

    def take(self, event: str, value: object) -> Iterator[tuple[Chat, Message | None]]:
        """Take in an event, and give what is complete with it."""
        if event.startswith("end"):
            self._path.pop()
        if self._builder is not None:
            self._builder.event(event, value)
            if event == "end_map" and ".".join(self._path) == f"{self._base}messages.item":
                yield self._chat, self._builder.value
                self._builder = None
        elif self._begins_messages(event, value):
            yield self._chat, None
        if event == "map_key":
            self._path[-1] = str(value)
        elif event.startswith("start"):
            self._path.append("item" if event == "start_array" else "")
            if len(self._path) > _MAX_DEPTH:
                raise ValueError("nested too deeply")

    def _begins_messages(self, event: str, value: object) -> bool:
        """Take in what stands above the messages; whether a chat's messages begin."""
        if len(self._path) >= _DEPTH_OF_MESSAGES or event in ("map_key", "end_map", "end_array"):
            return False
        here = ".".join(self._path)
        if event == "start_map" and here in _CHAT_PATHS:
            self._chat, self._base = Chat(), f"{here}." if here else ""
        elif event == "start_map" and here == f"{self._base}messages.item" and self._is_read():
            self._builder = self._new_builder()
            self._builder.event(event, value)
        elif event in ("string", "number") and self._path and here == f"{self._base}{self._path[-1]}":
            self._chat.fields[self._path[-1]] = value
        return event == "start_array" and here == f"{self._base}messages"

    def _is_read(self) -> bool:
        return not self._base or self._chat.kind not in _PRIVATE


class _Repaired:
    r"""The stream without escapes such as `\x0B`: against JSON, Telegram Desktop writes control characters so."""

    _ESCAPE = re.compile(rb"\\(?:x[0-9A-Fa-f]{2}|(.))", re.DOTALL)
    _HALF = re.compile(rb"(?:x[0-9A-Fa-f]?)?\Z")

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = b""
        self._begun = False

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, rarely up to three more than asked for; empty at the end, and when none are asked for."""
        if not self._begun:
            self._left, self._begun = self._stream.read(3).removeprefix(b"\xef\xbb\xbf"), True
        while size:
            piece = self._stream.read(_PIECE if size < 0 else size)
            data, self._left = self._left + piece, b""
            if piece:
                whole = len(data) - self._half_escape(data)
                data, self._left = data[:whole], data[whole:]
            data = self._ESCAPE.sub(lambda escape: escape[0] if escape[1] else b"", data)
            if data or not piece:
                return data
        return b""

    def _half_escape(self, data: bytes) -> int:
        """How many bytes at the end begin an escape that goes on in the next piece."""
        half = self._HALF.search(data, max(0, len(data) - 2))
        end = half.start() if half else len(data)
        slashes = end - len(data[:end].rstrip(b"\\"))
        return len(data) - end + 1 if slashes % 2 else 0
