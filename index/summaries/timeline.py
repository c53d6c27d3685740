"""A subject in time: sentences that tell of it, each on its day, and where reports of a day contradict each other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from index.citing import Citations
from index.dates import dates_in
from index.evidence_sentences import Sentence, best_sentences
from index.lexical import question_weights
from index.quantities import compatible, quantities_in
from index.question_types import AnswerType
from index.retrieval import Retriever
from index.same_story import same_frame, same_story
from index.summaries.article import is_prose
from index.summaries.types import DatedPoint, Point, Timeline
from index.types import Conflict, Scopes

MOST_DAYS = 12
_PASSAGES, _SENTENCES = 40, 60
_ON_SUBJECT = 0.5  # share of the subject's weighted words that a sentence, or its title, must hold
_SAME = 0.8  # cosine of two sentences that tell the same
_A_DAY = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence on its day; `place` is its row among the vectors."""

    day: date
    sentence: Sentence
    place: int


async def make_timeline(subject: str, retriever: Retriever, scopes: Scopes) -> tuple[Timeline, list[Sentence]]:
    """The dated points of a subject, the earliest first; at most twelve days, those of the best sentences.

    Beside the timeline stands the sentence of each point, with the passage that it was found in.

    A day is the one that the sentence names with its month, else that of its article's publication; a sentence without
    either is left out.

    Raises:
        QuestionError: when the subject is empty or over 2,000 characters.
        StoreError: when the catalog or the vector index fails.
        ProviderError: when the embedder fails.
    """
    return await asyncio.to_thread(_timeline, subject, retriever, scopes)


def _timeline(subject: str, retriever: Retriever, scopes: Scopes) -> tuple[Timeline, list[Sentence]]:
    evidence = retriever.retrieve(subject, scopes, _PASSAGES)
    weights = question_weights(retriever.catalog, subject)
    found = best_sentences(subject, evidence, weights, AnswerType.STATEMENT, _SENTENCES)
    on_subject = [s for s in found if s.overlap >= _ON_SUBJECT and is_prose(s.text)]
    if not on_subject:
        return Timeline(subject, ()), []
    vectors = retriever.embedder.embed([sentence.text for sentence in on_subject])
    told = [_Told(day, s, place) for place, s in enumerate(on_subject) if (day := day_of_sentence(s))]
    chosen: dict[date, list[_Told]] = {}
    for item in told:  # the best first
        same_day = chosen.setdefault(item.day, []) if item.day in chosen or len(chosen) < MOST_DAYS else None
        if same_day is not None and len(same_day) < _A_DAY and not _repeats(item, chosen, vectors):
            same_day.append(item)
    cited = Citations()
    in_order = [item for day in sorted(chosen) for item in chosen[day]]
    points = [_point(item, told, subject, cited) for item in in_order]
    return Timeline(subject, tuple(points)), [item.sentence for item in in_order]


def day_of_sentence(sentence: Sentence) -> date | None:
    """The day that a sentence tells of: a date with day and month in it, else its article's."""
    published = sentence.evidence.published_at
    for found in sorted(dates_in(sentence.text), key=str):
        year = found.year or (published.year if published else None)
        if found.month and found.day and year:
            try:
                named = date(year, found.month, found.day)
            except ValueError:
                continue
            # "On 28 December", told in January, was last year's.
            if found.year is None and published and (named - published.date()).days > 180:  # noqa: PLR2004 - half a year
                named = named.replace(year=year - 1)
            return named
    return published.date() if published else None


def _repeats(item: _Told, chosen: dict[date, list[_Told]], vectors: np.ndarray) -> bool:
    others = [other.place for same_day in chosen.values() for other in same_day]
    return bool(others) and float((vectors[others] @ vectors[item.place]).max()) > _SAME


def _point(item: _Told, told: Sequence[_Told], subject: str, cited: Citations) -> DatedPoint:
    own = cited.cite(item.sentence)
    conflicts = []
    for other in told:
        if other.day == item.day and (value := contradicting_value(item.sentence, other.sentence, subject)):
            number = cited.cite(other.sentence)
            evidence = other.sentence.evidence
            conflicts.append(Conflict(value, number, source=evidence.source, published_at=evidence.published_at))
    by_number = {citation.n: citation for citation in cited.items}
    citations = tuple(by_number[n] for n in dict.fromkeys((own, *(conflict.n for conflict in conflicts))))
    point = Point(citations[0].quote, citations)
    return DatedPoint(datetime.combine(item.day, datetime.min.time(), UTC), point, tuple(conflicts))


def contradicting_value(one: Sentence, other: Sentence, subject: str) -> str | None:
    """The value of another article's sentence that cannot be right as well; None when there is none for sure.

    Each must state a single quantity of one unit, with the same word behind it, of the same event.
    """
    if one.evidence.article_id == other.evidence.article_id:
        return None
    mine, theirs = list(quantities_in(one.text)), list(quantities_in(other.text))
    if len(mine) != 1 or len(theirs) != 1 or mine[0].unit != theirs[0].unit:
        return None
    words = [text[q.end :].split()[:1] for text, q in ((one.text, mine[0]), (other.text, theirs[0]))]
    if not words[0] or words[0] != words[1] or compatible(mine[0], theirs[0]):
        return None
    if not same_story(one, other, subject) or not same_frame(one.text, other.text):
        return None
    return other.text[theirs[0].start : theirs[0].end]
