"""What others wrote, made unable to pass for more than text: no link in it works, no mark in it cites anything.

Telegram makes links of bare addresses, @names, /commands, #tags, $TAGS and card numbers in any message. A word joiner
(U+2060), which nobody sees, ends them all: none of them may hold one. The rules are those by which TDLib, and so the
Bot API server, looks for them (td/telegram/MessageEntity.cpp).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

WORD_JOINER = "\u2060"

# Behind what a word joiner must stand.
_BREAKS = re.compile(
    "|".join(
        (
            r"(?<=[@#])(?=[^\s\u2060])",  # a name, an e-mail address, a tag
            r"(?<=\$)(?=[A-Z1])",  # a share's tag
            r"(?<=/)(?<![\w/<>]/)(?=\w)",  # a command; "and/or" is none
            r"(?<=:)(?=//)",  # an address of whatever scheme
            # An address without a scheme: two letters at least behind its last dot, which "U.S." and "3.5" lack.
            r"(?<=[^\s.]\.)(?=[^\W\d_][^\s.,;:!?…)\]}\"'”’»\u2060])",
            r"(?<=\d\.)(?=\d{1,3}\.\d{1,3}\.\d)",  # four numbers
        )
    )
)
# Cards have 13 to 19 digits, with spaces and dashes among them.
_DIGITS = re.compile(r"\d(?:[ -]*\d){12,}")
_SHORTER_RUN = 6
_MARK = re.compile(r"\[(\d{1,3})\]")


def unlinked(pieces: Sequence[str]) -> list[str]:
    """Pieces of one text with a word joiner wherever Telegram would see a link, also across their ends.

    Doing it twice changes nothing more.
    """
    text = "".join(pieces)
    breaks = {match.start() for match in _BREAKS.finditer(text)} | _card_breaks(text)
    return [
        "".join(c + WORD_JOINER if at in breaks else c for at, c in enumerate(text[start:end], start + 1))
        for start, end in _places(pieces)
    ]


def unmarked(pieces: Sequence[str]) -> list[str]:
    """Pieces of one text with "(2)" for each "[2]": a mark says which source is cited, and only the bot says that."""
    text = _MARK.sub(r"(\1)", "".join(pieces))
    return [text[start:end] for start, end in _places(pieces)]


def _places(pieces: Sequence[str]) -> list[tuple[int, int]]:
    ends = list(accumulate(map(len, pieces)))
    return list(pairwise([0, *ends]))


def _card_breaks(text: str) -> set[int]:
    """Behind every sixth digit of a long row of them."""
    return {
        digit.end() + match.start()
        for match in _DIGITS.finditer(text)
        for count, digit in enumerate(re.finditer(r"\d", match.group()), start=1)
        if count % _SHORTER_RUN == 0 and match.start() + digit.end() < match.end()
    }
