"""Dates in English news text as (year, month, day), each part None where the text does not give it."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = """
    january february march april may june july august september october november december
""".split()
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?\b",
        rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?(?!\w)",
        rf"\b{_MONTH},? {_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b",
        r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>(?:19|20)\d\d))?(?![\d/])",
    )
)
_MONTH_ALONE = re.compile(rf"\b{_MONTH}(?!\w)")


class PartialDate(NamedTuple):
    """A date as far as a text gives it."""

    year: int | None
    month: int | None
    day: int | None


def dates_in(text: str) -> set[PartialDate]:
    """All dates of a text: "26 January 2020", "Oct. 1", "January 2020", "2020-01-26", "1/26" (month first)."""
    found = {_date(match) for form in _FORMS for match in form.finditer(text)}
    return {date for date in found if date.month is None or 1 <= date.month <= len(_MONTHS)}


def without_days(text: str) -> str:
    """A text without its dates but for their years, so that the number of a day counts nothing else."""
    for form in _FORMS:
        text = form.sub(lambda match: f" , {match.groupdict().get('year') or ''} , ", text)
    return text


def months_in(text: str) -> set[int]:
    """The months that a text names, alone or within a date; "May" only where it is clearly the month."""
    months = {date.month for date in dates_in(text) if date.month}
    named = {_month(match["month"]) for match in _MONTH_ALONE.finditer(text) if match["month"] not in {"May", "Mar"}}
    return months | named


def agrees(claim: PartialDate, other: PartialDate) -> bool:
    """Whether two dates have no part that differs, and at least the month or the year in common."""
    pairs = [(a, b) for a, b in zip(claim, other, strict=True) if a is not None and b is not None]
    return bool(pairs) and all(a == b for a, b in pairs) and (claim.month is None or other.month is not None)


def _date(match: re.Match[str]) -> PartialDate:
    parts = match.groupdict()
    month = parts.get("month")
    return PartialDate(
        int(parts["year"]) if parts.get("year") else None,
        (int(month) if month.isdigit() else _month(month)) if month else None,
        int(parts["day"]) if parts.get("day") else None,
    )


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].casefold()))
