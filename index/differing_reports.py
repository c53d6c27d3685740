"""What reports say otherwise than an answer, ready to be told in any language: who says what, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from index.types import Answer, Citation, Conflict, ConflictKind


class Telling(StrEnum):
    """How the values are told: as what others say beside a written answer, as differing, or newest to oldest."""

    OTHERS = "others"
    CONTRADICTION = "contradiction"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class SaidValue:
    """One of the differing values, who says it and when, and the number of the citation."""

    value: str
    n: int
    source: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline says that its text does not bear out; `text` is what the text says, when that is known."""

    value: str
    text: str | None
    n: int


@dataclass(frozen=True, slots=True)
class DifferingReports:
    """All of it for one answer; `values` are newest first and empty when no text says otherwise.

    `leads` says that it takes the place of the short answer: the values exclude each other, or there is no answer.
    """

    headlines: tuple[Headline, ...]
    values: tuple[SaidValue, ...]
    telling: Telling
    leads: bool

    def __bool__(self) -> bool:
        return bool(self.headlines or self.values)

    @property
    def several_years(self) -> bool:
        """Whether the values are of different years, so that a day needs its year."""
        return len({value.published_at.year for value in self.values if value.published_at}) > 1

    @property
    def several_days(self) -> bool:
        """Whether the day tells the values apart."""
        return len({value.published_at and value.published_at.date() for value in self.values}) > 1

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all citations that are named."""
        return frozenset({headline.n for headline in self.headlines} | {value.n for value in self.values})


def differing_reports(answer: Answer) -> DifferingReports:
    """What reports say otherwise; empty, and thus false, when none does."""
    contradicts = not answer.sentences and any(c.kind is ConflictKind.CONTRADICTION for c in answer.conflicts)
    headlines = tuple(_headline(answer, conflict) for conflict in answer.conflicts if conflict.in_title)
    values = _said_values(answer)
    return DifferingReports(
        headlines,
        values,
        _telling(answer),
        leads=bool(headlines or values) and (contradicts or not answer.short_answer),
    )


def _telling(answer: Answer) -> Telling:
    if answer.sentences or _own_value(answer) is None:
        return Telling.OTHERS
    if any(c.kind is ConflictKind.CONTRADICTION for c in answer.conflicts if not c.in_title):
        return Telling.CONTRADICTION
    return Telling.UPDATE


def _said_values(answer: Answer) -> tuple[SaidValue, ...]:
    """The answer's own value, which the first citation gives, and those of other articles' texts, newest first."""
    cited = {citation.n: citation for citation in answer.citations}
    said = [_said(conflict, cited.get(conflict.n)) for conflict in answer.conflicts if not conflict.in_title]
    own = _own_value(answer)
    if own and said and 1 in cited:
        said.insert(0, SaidValue(own, 1, cited[1].source, cited[1].published_at))
    oldest = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(said, key=lambda value: value.published_at or oldest, reverse=True))


def _own_value(answer: Answer) -> str | None:
    """The value that an answer gives: its short answer, else the answering words of its first quote.

    A written answer is no bare value: None.
    """
    if answer.sentences:
        return None
    return answer.short_answer or (answer.citations[0].answer_words if answer.citations else None)


def _said(conflict: Conflict, citation: Citation | None) -> SaidValue:
    source = conflict.source or (citation.source if citation else None)
    time = conflict.published_at or (citation.published_at if citation else None)
    return SaidValue(conflict.value, conflict.n, source, time)


def _headline(answer: Answer, conflict: Conflict) -> Headline:
    citation = next((c for c in answer.citations if c.n == conflict.n), None)
    text = (citation.answer_words if citation else None) or _own_value(answer)
    return Headline(conflict.value, text or None, conflict.n)
