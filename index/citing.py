"""Sentences of evidence → numbered citations with verbatim quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from index.evidence_sentences import Sentence
from index.types import Citation

MAX_QUOTE_CHARACTERS = 400


@dataclass(slots=True)
class Citations:
    """Numbers citations from 1 as they come; the same sentence keeps its number."""

    items: list[Citation] = field(default_factory=list)

    def cite(self, sentence: Sentence, focus: tuple[int, int] | None = None) -> int:
        """The number of the citation that quotes this sentence.

        `focus` is the place of the answering words within the sentence, `[start, end)` in characters: a long quote
        keeps it, and the citation remembers it as its answer's place, unless it has one already.
        """
        start, end = _cut(sentence.text, focus)
        first, last = sentence.start + start, sentence.start + end
        for at, known in enumerate(self.items):
            if known.article_id == sentence.evidence.article_id and known.start <= first and last <= known.end:
                if known.answer_span is None:
                    self.items[at] = _answering(known, sentence, focus)
                return known.n
        item = sentence.evidence
        citation = Citation(
            n=len(self.items) + 1,
            article_id=item.article_id,
            title=item.title,
            quote=sentence.text[start:end],
            start=first,
            end=last,
            url=item.url,
            source=item.source,
            published_at=item.published_at,
            version=item.version,
        )
        self.items.append(_answering(citation, sentence, focus))
        return citation.n

    def quotes_same(self, sentence: Sentence) -> bool:
        """Whether these very words are quoted already, from whichever article."""
        return any(known.quote == sentence.text for known in self.items)


def _answering(citation: Citation, sentence: Sentence, focus: tuple[int, int] | None) -> Citation:
    """The citation with the place of the answering words in its quote, when all of them stand there."""
    if focus is None:
        return citation
    start, end = (sentence.start + place - citation.start for place in focus)
    if not 0 <= start < end <= len(citation.quote):
        return citation
    return replace(citation, answer_start=start, answer_end=end)


def _cut(text: str, focus: tuple[int, int] | None) -> tuple[int, int]:
    """The whole sentence, or a stretch of at most 400 characters of it between words, around the focus."""
    if len(text) <= MAX_QUOTE_CHARACTERS:
        return 0, len(text)
    start, end = 0, MAX_QUOTE_CHARACTERS
    if focus and focus[1] > MAX_QUOTE_CHARACTERS:
        end = min(len(text), focus[1] + MAX_QUOTE_CHARACTERS // 4)
        start = end - MAX_QUOTE_CHARACTERS
    keep_from, keep_to = focus if focus and focus[1] <= end else (end, start)
    if start and not text[start - 1].isspace() and (space := re.search(r"\s+", text[start:keep_from])):
        start += space.end()
    if end < len(text) and not text[end].isspace():
        end = max((space.start() for space in re.finditer(r"\s", text[:end]) if space.start() >= keep_to), default=end)
    return start, start + len(text[start:end].rstrip())
