"""How differing values are told: "Reports differ: three (Reuters, 5 May) [1], four (BBC, 5 May) [2]."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.types import Answer, Citation, Conflict, ConflictKind


@dataclass(frozen=True, slots=True)
class _SaidValue:
    """One of the differing values, who says it, and the number of the citation."""

    value: str
    n: int
    source: str | None
    published_at: datetime | None


def _said_values(answer: Answer) -> list[_SaidValue]:
    """The answer's own value, which the first citation gives, and those of other articles' texts, newest first."""
    cited = {citation.n: citation for citation in answer.citations}
    said = [_said(conflict, cited.get(conflict.n)) for conflict in answer.conflicts if not conflict.in_title]
    own = _own_value(answer)
    if own and said and 1 in cited:
        said.insert(0, _SaidValue(own, 1, cited[1].source, cited[1].published_at))
    return sorted(said, key=lambda value: value.published_at or datetime.min.replace(tzinfo=UTC), reverse=True)


def _own_value(answer: Answer) -> str | None:
    """The value that an answer gives: its short answer, else the answering words of its first quote.

    A written answer is no bare value: None.
    """
    if answer.sentences:
        return None
    return answer.short_answer or (answer.citations[0].answer_words if answer.citations else None)


def contradicts(answer: Answer) -> bool:
    """Whether an answer's values exclude each other, so that the reply begins with that; never for a written one."""
    return not answer.sentences and any(conflict.kind is ConflictKind.CONTRADICTION for conflict in answer.conflicts)


def disagreement_lines(answer: Answer) -> list[str]:
    """The lines that tell of updates, contradictions and headlines that their text does not bear out."""
    lines = [_headline_line(answer, conflict) for conflict in answer.conflicts if conflict.in_title]
    said = _said_values(answer)
    if not said:
        return lines
    dated = list(zip(said, _dates([value.published_at for value in said]), strict=True))
    told = ", ".join(f"{value.value}{_origin(value.source, date)} [{value.n}]" for value, date in dated)
    if answer.sentences or _own_value(answer) is None:
        return [*lines, f"Other reports say {told}."]
    if any(c.kind is ConflictKind.CONTRADICTION for c in answer.conflicts if not c.in_title):
        return [*lines, f"Reports differ: {told}."]
    several_days = len({date for _, date in dated}) > 1
    return [*lines, " · earlier, ".join(_told(value, date, lead=several_days) for value, date in dated)]


def short_date(time: datetime, *, year: bool = False) -> str:
    """A day as "5 May", or "5 May 2025"."""
    return f"{time.day} {time:%B %Y}" if year else f"{time.day} {time:%B}"


def _said(conflict: Conflict, citation: Citation | None) -> _SaidValue:
    source = conflict.source or (citation.source if citation else None)
    time = conflict.published_at or (citation.published_at if citation else None)
    return _SaidValue(conflict.value, conflict.n, source, time)


def _headline_line(answer: Answer, conflict: Conflict) -> str:
    citation: Citation | None = next((c for c in answer.citations if c.n == conflict.n), None)
    text = (citation.answer_words if citation else None) or _own_value(answer)
    if not text:
        return f"The headline says “{conflict.value}” [{conflict.n}]."
    return f"The headline says “{conflict.value}”, the text “{text}” [{conflict.n}]."


def _told(value: _SaidValue, date: str | None, *, lead: bool) -> str:
    """A value of an update; the day leads when it tells the values apart."""
    if lead and date:
        return f"{date}: {value.value}{_origin(value.source, None)} [{value.n}]"
    return f"{value.value}{_origin(value.source, date)} [{value.n}]"


def _origin(source: str | None, date: str | None) -> str:
    known = ", ".join(part for part in (source, date) if part)
    return f" ({known})" if known else ""


def _dates(times: Sequence[datetime | None]) -> list[str | None]:
    """The days, with their year when it is not the same for all."""
    year = len({time.year for time in times if time}) > 1
    return [short_date(time, year=year) if time else None for time in times]
