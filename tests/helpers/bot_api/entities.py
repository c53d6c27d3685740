"""Message entities: lengths in UTF-16 units, what Telegram finds in plain text, checks of given ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from tests.helpers.bot_api.errors import Json, bad_request

_TLDS = "com|org|net|io|info|news|gov|edu|eu|uk|de|fr|ru|me|example|test"
_PATH = r"[^\s<>\"']*[^\s<>\"'.,!?:;)\]]"
_PATTERNS = (
    ("url", re.compile(rf"https?://{_PATH}", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?!\w)")),
    (
        "url",
        re.compile(rf"(?<![\w@./-])(?:[\w-]+\.)+(?:{_TLDS})\b(?:/{_PATH})?", re.I),
    ),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z0-9_]{3,32}\b")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("hashtag", re.compile(r"(?<![\w#@])#(?=\w*[^\W\d_])\w{1,256}")),
)
_CODE = ("code", "pre")


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts offsets and limits."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The stretch of text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def entity_text(text: str, entity: Json) -> str:
    """The text under one entity."""
    return utf16_slice(text, entity["offset"], entity["length"])


def sort_entities(entities: Sequence[Json]) -> list[Json]:
    """Outer before inner, left before right."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def detect_entities(text: str, given: Sequence[Json] = ()) -> list[Json]:
    """`given`, and the links, mentions, commands and hashtags in `text` outside links and code."""
    closed = [entity for entity in given if entity["type"] in (*_CODE, "text_link", "text_mention")]
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in closed]
    found: list[Json] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            found.append({"type": kind, "offset": start, "length": end - start})
    return sort_entities([*given, *found])


def drop_inside_code(entities: Sequence[Json]) -> list[Json]:
    """Without the formatting inside code, which Telegram throws away."""
    kept: list[Json] = []
    for entity in sort_entities(entities):
        end = entity["offset"] + entity["length"]
        inside = any(
            outer["type"] in _CODE and outer["offset"] <= entity["offset"] and end <= outer["offset"] + outer["length"]
            for outer in kept
        )
        if not inside:
            kept.append(entity)
    return kept


def trim(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Text without white space around it; entities move along, and those left empty go."""
    stripped = text.strip()
    before = utf16_length(text[: len(text) - len(text.lstrip())]) if stripped else 0
    length = utf16_length(stripped)
    moved: list[Json] = []
    for entity in entities:
        start = max(0, entity["offset"] - before)
        end = min(length, entity["offset"] + entity["length"] - before)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return stripped, moved


def check_entities(text: str, entities: Sequence[Json]) -> None:
    """Refuses entities that end outside the text or within one character.

    Raises:
        ApiError: with Telegram's description.
    """
    length = utf16_length(text)
    edges = _character_edges(text)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] <= 0 or start >= length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if end > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
            )
        if start not in edges or end not in edges:
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")


def _character_edges(text: str) -> set[int]:
    edges, position = {0}, 0
    for char in text:
        position += utf16_length(char)
        edges.add(position)
    return edges


def normal_url(url: str) -> str | None:
    """The URL as Telegram stores it, or None when it is not one it accepts."""
    if any(char.isspace() for char in url):
        return None
    candidate = url if re.match(r"^[a-z][a-z0-9+.-]*://", url, re.I) else f"http://{url}"
    try:
        parts = urlsplit(candidate)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() in ("tg", "ton"):
        return candidate
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip("."):
        return None
    if not re.fullmatch(r"[\w.-]+", host) or ".." in host:
        return None
    return candidate if parts.path or parts.query or parts.fragment else f"{candidate}/"
