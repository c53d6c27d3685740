"""Styled text for Telegram: spans, their HTML, and splitting that can never cut a tag.

A text is a sequence of spans; it is cut before it becomes HTML, so each message is well formed by
construction. Telegram counts a message's length in UTF-16 units after entity parsing
(core.telegram.org/bots/api#sendmessage).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from bot.foreign_text import unlinked, unmarked

MAX_UNITS = 4096
_MAX_URL = 2048
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BIDI_CONTROLS_BUT_ISOLATES = re.compile("[\u202a-\u202e\u2066\u2067]")
_NEWLINE = re.compile("\r\n?|[\u2028\u2029]")
# Telegram takes these combining marks out of a text, and would bring together what they keep apart.
_DROPPED_MARKS = "\u030a\u0333\u033f"
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*\s")


Style = Literal["", "b", "i"]
PLAIN: Style = ""
BOLD: Style = "b"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style; a `link` must have passed `safe_link`."""

    text: str
    style: Style = ""
    link: str | None = None


def cleaned(text: str, *, own: bool = False) -> str:
    """`text` without what Telegram refuses, what could disguise other text, and links that nobody put there.

    Control characters, lone surrogates and bidirectional controls go; line ends become one line feed. In the bot's
    `own` words links work, and the isolates stay that set apart what others wrote.
    """
    return cleaned_pieces([text], own=own)[0]


def cleaned_pieces(pieces: Sequence[str], *, own: bool = False) -> list[str]:
    """Pieces of one text, each as `cleaned`: no link arises where one ends and the next begins."""
    bare = [_bare(piece, own=own) for piece in pieces]
    return bare if own else unlinked(bare)


def _bare(text: str, *, own: bool) -> str:
    controls = _BIDI_CONTROLS_BUT_ISOLATES if own else _BIDI_CONTROLS
    text = controls.sub("", _NEWLINE.sub("\n", text))
    return "".join(
        c for c in text if c in "\n\t" or not (c in _DROPPED_MARKS or unicodedata.category(c) in {"Cc", "Cs"})
    )


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space as one space, and without marks like the bot's own: "[2]"."""
    return " ".join(unmarked([cleaned(text)])[0].split())


def emphasised(text: str, place: tuple[int, int] | None) -> list[Span]:
    """`one_line(text)` with the stretch `[start, end)` of `text`, in characters, in bold; no stretch, no bold."""
    start, end = place if place and 0 <= place[0] < place[1] <= len(text) else (0, 0)
    spans: list[Span] = []
    gap = False
    pieces = unmarked(cleaned_pieces([text[:start], text[start:end], text[end:]]))
    for clean, style in zip(pieces, (PLAIN, BOLD, PLAIN), strict=True):
        if words := " ".join(clean.split()):
            if spans and (gap or clean[0].isspace()):
                spans.append(Span(" "))
            spans.append(Span(words, style))
            gap = clean[-1].isspace()
        else:
            gap = gap or bool(clean)
    return spans


def safe_link(url: str | None) -> str | None:
    """`url` when it is a plain http(s) address that Telegram can link to, without a name to log in with; else None."""
    if not url or len(url) > _MAX_URL or url != _bare(url, own=False) or any(map(str.isspace, url)):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    plain_address = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return url if plain_address else None


def utf16_units(text: str) -> int:
    """The length of `text` as Telegram counts it."""
    return len(text) + sum(c > "\uffff" for c in text)


def plain(spans: Sequence[Span]) -> str:
    """The text without its styles."""
    return "".join(span.text for span in spans)


def to_html(spans: Sequence[Span]) -> str:
    """The text in Telegram's HTML, everything escaped."""
    return "".join(_span_html(span) for span in spans)


def _span_html(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    if span.link:
        text = f'<a href="{html.escape(span.link)}">{text}</a>'
    return f"<{span.style}>{text}</{span.style}>" if span.style else text


def split(spans: Sequence[Span], limit: int = MAX_UNITS) -> list[list[Span]]:
    """Cuts a text into messages of at most `limit` UTF-16 units; only white space at a cut is dropped.

    A cut falls at the last paragraph end that leaves no tiny message, else at a sentence's end, else between
    words, else anywhere.
    """
    text = plain(spans)
    messages = []
    start = _skip_space(text, 0)
    while start < len(text):
        end = _fitting_end(text, start, limit)
        if end < len(text):
            end = _best_cut(text, start, end)
        stop = start + len(text[start:end].rstrip())
        messages.append(_slice(spans, start, stop))
        start = _skip_space(text, end)
    return messages


def _skip_space(text: str, position: int) -> int:
    return len(text) - len(text[position:].lstrip())


def _fitting_end(text: str, start: int, limit: int) -> int:
    units = 0
    for end in range(start, len(text)):
        units += 2 if text[end] > "\uffff" else 1
        if units > limit:
            return end
    return len(text)


def _best_cut(text: str, start: int, end: int) -> int:
    window = text[start : end + 1] if text[end].isspace() else text[start:end]
    least = len(window) // 4
    candidates = (
        window.rfind("\n\n"),
        window.rfind("\n"),
        max((match.end() - 1 for match in _SENTENCE_END.finditer(window)), default=-1),
        max((match.start() for match in re.finditer(r"\s", window)), default=-1),
    )
    return next((start + cut for cut in candidates if cut > least), end)


def _slice(spans: Sequence[Span], start: int, stop: int) -> list[Span]:
    cut = []
    position = 0
    for span in spans:
        text = span.text[max(0, start - position) : max(0, stop - position)]
        if text:
            cut.append(replace(span, text=text))
        position += len(span.text)
    return cut
