"""Clean text: one form of each character, nothing invisible that deceives, no web-page leftovers.

`normalize_text` is idempotent, so an article that is read again has the same text and the same offsets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TITLE_LIMIT = 120

_MAX_MARKS = 64  # combining marks in a row; writing needs 4, UAX #15 allows 30
_KEPT_MARKS = 20
_HIDDEN_MARKS = "\u0f73\u0f75\u0f81"  # no marks by themselves, but each decomposes to two

# Control characters, bidi embeddings, overrides, isolates; byte-order marks, noncharacters, lone surrogates.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")  # invisible letters that can hide a whole message
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LAST_MARK = 0x1FFFF  # no character from U+20000 on combines
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DAMAGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")

# What blogs and newspapers print under an article. A line goes only when it stands at the very end.
_CLOSING_LINES = re.compile(
    "|".join(
        (
            r"leave a (?:reply|comment)|(?:cancel|post|submit) (?:reply|comment)",
            r"(?:\d+ |no )?comments?(?: off| are closed\.?)?",
            r"your email address will not be published\.?(?: required fields are marked ?\*?)?",
            r"required fields are marked ?\*?|(?:name|e-?mail|website|comment) ?\*?",
            r"save my name, email,? and website in this browser for the next time i comment\.?",
            r"notify me of (?:new|follow-up) (?:comments|posts) by email\.?",
            r"this site uses akismet to reduce spam\..{0,80}",
            r"share (?:this|on|via)(?: (?:article|story|post|facebook|twitter|x|whatsapp|email))?:?",
            r"click to (?:share|email|print) .{0,80}|like this:|(?:like )?loading(?:\.\.\.|…)?",
            r"(?:related|recommended|more) (?:articles|posts|stories|news):?",
            r"(?:previous|next) (?:post|article|story):?|back to top|advertisement",
            r"(?:subscribe|sign up) (?:to|for) (?:our|the) (?:\w+ )?newsletters?[.!]?",
            r"all rights reserved\.?|(?:copyright )?© ?\d{4}.{0,80}",
        )
    ),
    re.IGNORECASE,
)


def normalize_text(text: str) -> str:
    r"""NFC text whose only control characters are `\n` and `\t`.

    Bidi overrides, lone surrogates, byte-order marks and tag characters go; every kind of line break becomes
    `\n`. Runs of over 64 combining marks are cut: composing them takes time in the square of their number.
    """
    text = _NEWLINE.sub("\n", _REMOVED.sub("", text))
    if text.isascii():
        return text
    last = 0xFFFF
    if _ASTRAL.search(text):
        text, last = _TAGS.sub("", text), _LAST_MARK
    for _ in range(2):  # NFC itself can make a run longer
        text = unicodedata.normalize("NFC", _mark_runs(last).sub(lambda run: run[0][:_KEPT_MARKS], text))
    return text


def text_in_place(text: str) -> str:
    """The text with every forbidden character as a space, and nothing moved.

    For texts of a data set, whose owner will look an offset up in the text that was handed in. Not composed to NFC.
    """
    text = _TAGS.sub(" ", _REMOVED.sub(" ", text.replace("\r\n", " \n")))
    return _NEWLINE.sub("\n", text)


def normalize_line(text: str) -> str:
    """Normalised text on one line, every stretch of white space one space."""
    return " ".join(normalize_text(text).split())


def shorten(text: str, limit: int = TITLE_LIMIT) -> str:
    """At most `limit` characters, cut between words where possible and ended by `…` when cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word = head if text[limit - 1].isspace() else head.rpartition(" ")[0]
    return (at_word if len(at_word) >= limit // 2 else head).rstrip(" ,;:–—-") + "…"


def drop_closing_lines(text: str) -> str:
    """The text without the web-page lines at its end ("Leave a Reply", "Share this:" …): a prefix of it."""
    end = len(text.rstrip())
    while end:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if line and not _CLOSING_LINES.fullmatch(line):
            break
        end = max(start - 1, 0)
    return text[:end].rstrip()


def is_damaged(text: str) -> bool:
    """Whether more than two characters, and more than a hundredth, are replacement or control characters."""
    return sum(1 for _ in _DAMAGE.finditer(text)) > max(2, len(text) // 100)


@lru_cache
def _mark_runs(last: int) -> re.Pattern[str]:
    # Within the basic plane `re` looks a character up in a table; beyond it, it walks through a list.
    marks = "".join(chr(code) for code in range(0x300, last + 1) if unicodedata.combining(chr(code)))
    return re.compile(f"[{re.escape(marks)}{_HIDDEN_MARKS}]{{{_MAX_MARKS + 1},}}")
