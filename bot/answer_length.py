"""An answer made shorter or longer, as a chat likes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from index.differing_reports import differing_reports
from index.sentences import sentence_spans
from index.types import Answer, Citation, Evidence

if TYPE_CHECKING:
    from bot.chats import Length


def at_length(answer: Answer, length: Length) -> Answer:
    """The answer as long as wanted.

    Short: its first sentence and one quote, and one more for each value that reports say otherwise. Normal: as it is.
    Long: each quote with the sentences before and behind it in its paragraph.
    """
    if length == "short":
        return _shorter(answer)
    return _longer(answer) if length == "long" else answer


def head_numbers(answer: Answer) -> tuple[int, ...]:
    """The citations of the short answer: those of the first sentence, which it is, else the first citation."""
    if answer.sentences:
        return answer.sentences[0][1]
    return tuple(citation.n for citation in answer.citations[:1])


def _shorter(answer: Answer) -> Answer:
    """Every number that is left has its quote: nothing is said without the words it rests on."""
    differing = differing_reports(answer)
    numbers = {citation.n for citation in answer.citations}
    first = next((n for n in head_numbers(answer) if n in numbers), min(numbers, default=0))
    kept = differing.numbers if differing.leads else differing.numbers | {first}
    return replace(
        answer,
        sentences=tuple((text, tuple(n for n in marks if n in kept)) for text, marks in answer.sentences[:1]),
        citations=tuple(citation for citation in answer.citations if citation.n in kept),
    )


def _longer(answer: Answer) -> Answer:
    shown = list(answer.citations)
    for position, citation in enumerate(shown):
        others = [other for other in shown if other.article_id == citation.article_id and other is not citation]
        shown[position] = _with_neighbours(citation, answer, others)
    return replace(answer, citations=tuple(shown))


def _with_neighbours(citation: Citation, answer: Answer, others: Iterable[Citation]) -> Citation:
    """The quote with the sentences beside it, unless another quote shows them."""
    found = next((evidence for evidence in answer.evidence if _holds(evidence, citation)), None)
    if found is None:
        return citation
    begin, end = citation.start - found.start, citation.end - found.start
    first = found.text.rfind("\n", 0, begin) + 1
    last = found.text.find("\n", end)
    spans = sentence_spans(found.text[first : last if last >= 0 else None])
    places = [(found.start + first + span.start, found.start + first + span.end) for span in spans]
    before = [place for place in places if place[1] <= citation.start][-1:]
    behind = [place for place in places if place[0] >= citation.end][:1]
    free = [
        place
        for place in (*before, *behind)
        if not any(place[0] < other.end and other.start < place[1] for other in others)
    ]
    start = min([citation.start, *(place[0] for place in free)])
    stop = max([citation.end, *(place[1] for place in free)])
    return _moved(citation, start, stop, found.text[start - found.start : stop - found.start])


def _holds(evidence: Evidence, citation: Citation) -> bool:
    start, end = citation.start - evidence.start, citation.end - evidence.start
    return evidence.article_id == citation.article_id and start >= 0 and evidence.text[start:end] == citation.quote


def _moved(citation: Citation, start: int, end: int, quote: str) -> Citation:
    gained = citation.start - start
    marked = citation.answer_span
    return replace(
        citation,
        quote=quote,
        start=start,
        end=end,
        answer_start=marked[0] + gained if marked else None,
        answer_end=marked[1] + gained if marked else None,
    )
