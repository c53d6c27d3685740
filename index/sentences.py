"""A text's sentences with their places, by sentencex (its rules know abbreviations of many languages)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

_LONGEST = 500
_WINDOW = 5_000  # characters: sentencex takes time in the square of the quotes that a line opens
_KHMER = re.compile(r"[^។៕]*[។៕]+\s*|[^។៕]+\Z")  # sentencex does not know these full stops


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[start:end]`, offsets in characters."""

    start: int
    end: int


def sentence_spans(text: str, language: str = "en") -> list[Span]:
    """The sentences of a text in order, without the white space around them; none crosses a line's end.

    Full stops of all scripts end one, whatever the language; it decides which abbreviations are known.
    """
    spans: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        cursor = at
        for piece in _pieces(line, language):
            spans.append(_trimmed(text, cursor, cursor + len(piece)))
            cursor += len(piece)
        at += len(line)
    return [span for span in spans if span.start < span.end]


def quotation_spans(text: str) -> list[Span]:
    """As `sentence_spans`, with the sentences of one quotation (to the end of its line) kept together."""
    joined: list[Span] = []
    open_quote = False
    for span in sentence_spans(text):
        if open_quote and "\n" not in text[joined[-1].end : span.start] and span.end - joined[-1].start < _LONGEST:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
        whole = text[joined[-1].start : joined[-1].end]
        open_quote = (whole.count("“") + whole.count("”") == 1 and "“" in whole) or whole.count('"') % 2 == 1
    return joined


def split_sentences(text: str) -> list[str]:
    """The text in pieces that end where sentences end; joined they are the text."""
    return [piece for line in text.splitlines(keepends=True) for piece in _pieces(line, "en")]


def _pieces(line: str, language: str) -> Iterator[str]:
    start = 0
    while start < len(line):
        window = line[start : start + _WINDOW]
        pieces = sentencex.segment(language, window)
        if len(pieces) > 1 and start + len(window) < len(line):
            pieces = pieces[:-1]  # it may go on behind the window
        for piece in pieces:
            yield from _KHMER.findall(piece)
        start += sum(map(len, pieces)) or len(window)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
