"""How differing reports are told in English: "Reports differ: three (Reuters, 5 May) [1], four (BBC, 5 May) [2]."."""

from __future__ import annotations

from datetime import datetime

from index.differing_reports import DifferingReports, Headline, SaidValue, Telling, differing_reports
from index.types import Answer


def disagreement_lines(answer: Answer) -> list[str]:
    """The lines that tell of updates, contradictions and headlines that their text does not bear out."""
    differing = differing_reports(answer)
    lines = [_headline_line(headline) for headline in differing.headlines]
    if not differing.values:
        return lines
    if differing.telling is Telling.UPDATE:
        return [*lines, " · earlier, ".join(_told(value, differing) for value in differing.values)]
    told = ", ".join(f"{_with_origin(value, _date(value, differing))} [{value.n}]" for value in differing.values)
    opening = "Other reports say" if differing.telling is Telling.OTHERS else "Reports differ:"
    return [*lines, f"{opening} {told}."]


def short_date(time: datetime, *, year: bool = False) -> str:
    """A day as "5 May", or "5 May 2025"."""
    return f"{time.day} {time:%B %Y}" if year else f"{time.day} {time:%B}"


def _headline_line(headline: Headline) -> str:
    if not headline.text:
        return f"The headline says “{headline.value}” [{headline.n}]."
    return f"The headline says “{headline.value}”, the text “{headline.text}” [{headline.n}]."


def _told(value: SaidValue, differing: DifferingReports) -> str:
    """A value of an update; the day leads when it tells the values apart."""
    date = _date(value, differing)
    if date and differing.several_days:
        return f"{date}: {_with_origin(value, None)} [{value.n}]"
    return f"{_with_origin(value, date)} [{value.n}]"


def _date(value: SaidValue, differing: DifferingReports) -> str | None:
    return short_date(value.published_at, year=differing.several_years) if value.published_at else None


def _with_origin(value: SaidValue, date: str | None) -> str:
    known = ", ".join(part for part in (value.source, date) if part)
    return f"{value.value} ({known})" if known else value.value
