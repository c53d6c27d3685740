"""What Telegram makes clickable in a text by itself, by TDLib's rules (td/telegram/MessageEntity.cpp and misc.cpp).

Stricter where it is simpler: any two letters behind a dot are taken for a top-level domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.helpers.bot_api.errors import Json

# In an address: all but spaces and general punctuation, of which joiners and dashes may be there.
_ANY = r"[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200b\u200e\u200f\u2016-\u206f\u3000]"
_HOST_SIGN = rf"(?:[A-Za-z0-9_.~-]|(?![\x00-\xbf]){_ANY})"
_PATTERNS = (
    re.compile(r"(?<!\w)@\w{2,32}(?!\w)", re.ASCII),
    re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>])"),
    re.compile(r"(?<![\w\u200c·])#[\w\u200c·]*[^\W\d_][\w\u200c·]*(?!#)"),
    re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])"),
    re.compile(r"(?:tg|ton|tonsite)://[\w-]", re.IGNORECASE),
    re.compile(rf"(?:https?|ftp)://{_ANY}*\.{_ANY}", re.IGNORECASE),
    re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"),
)
_HOST = re.compile(rf"(?:{_HOST_SIGN}|@)+")
_CARD = re.compile(r"\d(?:[ -]?\d){12,18}")
_ENTITIES = {"url", "email", "mention", "bot_command", "hashtag", "cashtag", "text_link", "text_mention"}


def clickable(text: str) -> list[str]:
    """The stretches of a text that Telegram would make links, commands, names, tags or cards of."""
    text = _as_sent(text)
    found = [match.group() for pattern in _PATTERNS for match in pattern.finditer(text)]
    return [*found, *_hosts(text), *(m.group() for m in _CARD.finditer(text) if _is_card(m.group()))]


def clickable_words(text: str, entities: Sequence[Json]) -> tuple[list[str], set[str]]:
    """What is clickable in a message besides its links, and where these links lead."""
    units = text.encode("utf-16-le")
    links: set[str] = set()
    others = [entity["type"] for entity in entities if entity["type"] in _ENTITIES - {"text_link"}]
    for entity in entities:
        if entity["type"] == "text_link":
            links.add(entity["url"])
            start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            units = units[:start] + " ".encode("utf-16-le") * entity["length"] + units[end:]
    return [*others, *clickable(units.decode("utf-16-le"))], links


def _as_sent(text: str) -> str:
    """The text as Telegram keeps it."""
    text = re.sub("[\u2028-\u202e\u030a\u0333\u033f\r]", "", re.sub(r"[\x00-\x09\x0b-\x0c\x0e-\x20]", " ", text))
    return re.sub("[\u200e\u200f]+(?=[\u200e\u200f])", lambda run: "\u200c" * len(run.group()), text)


def _hosts(text: str) -> Iterator[str]:
    for match in _HOST.finditer(text):
        host = match.group().rstrip(".").rpartition("@")[2]
        parts = host.split(".")
        last = parts[-1]
        letters = last.startswith("xn--") or (
            len(last) > 1 and last[0].isalpha() and not set("_-0123456789~") & set(last)
        )
        if len(parts) > 1 and all(parts) and letters:
            yield match.group()


def _is_card(digits: str) -> bool:
    numbers = [int(c) for c in reversed(digits) if c.isdigit()]
    doubled = [n if at % 2 == 0 else (2 * n if n < 5 else 2 * n - 9) for at, n in enumerate(numbers)]
    return sum(doubled) % 10 == 0
