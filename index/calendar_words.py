"""English words for days, weekdays, months and years, read as stretches of calendar days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![\w-])"
YEAR = r"(?:19[5-9]|20[0-9])\d(?![\w-])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,-]\d)"
POINT = (
    rf"(?:(?:19|20)\d\d-\d\d-\d\d(?!\d)|(?:the )?{DAY}(?: of)? {MONTH}(?:,? {YEAR}|(?!,? \d{{4}}))"
    rf"|{MONTH} (?:the )?{DAY}(?:,? {YEAR}|(?!,? \d{{4}}))"
    rf"|{MONTH},?(?: of)? {YEAR}|{MONTH}(?! \d)|{YEAR}|{WEEKDAY}|yesterday|today|last (?:week|month|year|weekend))"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PART = re.compile(rf"(?P<year>{YEAR})|(?P<day>{DAY})|(?P<month>{MONTH})|(?P<weekday>{WEEKDAY})", re.IGNORECASE)
_LONGEST_AGO = 300  # days; a date without a year that was so long ago is rather the coming one
_DECEMBER = 12


class Days(NamedTuple):
    """A stretch of calendar days, `end` not included."""

    start: date
    end: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days


def one_day(day: date) -> Days:
    """That day."""
    return Days(day, day + timedelta(days=1))


def month_of(year: int, month: int) -> Days:
    """That month."""
    return Days(date(year, month, 1), date(year + month // _DECEMBER, month % _DECEMBER + 1, 1))


def year_of(year: int) -> Days:
    """That year."""
    return Days(date(year, 1, 1), date(year + 1, 1, 1))


def week_of(day: date) -> Days:
    """The week from Monday to Sunday that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=7))


def weekend_before(day: date) -> Days:
    """The last Saturday and Sunday that have begun by that day."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return Days(saturday, saturday + timedelta(days=2))


def days_of(text: str, today: date | None, month: int | None = None, year: int | None = None) -> Days | None:
    """The days that a POINT means, or a day's number alone; None when it tells no day.

    What has no year is the last such time up to `today`, unless that is over 300 days ago. `month` and `year` are
    taken where the text gives none.
    """
    if iso := _ISO.fullmatch(text):
        return _checked(*(int(part) for part in iso.groups()))
    folded = text.casefold().strip()
    if folded in RELATIVE:
        return RELATIVE[folded](today) if today else None
    parts = {match.lastgroup: match.group() for match in _PART.finditer(folded)}
    if weekday := parts.get("weekday"):
        return one_day(weekday_before(weekday, today)) if today else None
    month = month_number(parts["month"]) if "month" in parts else month
    year = int(parts["year"]) if "year" in parts else year
    day = int(re.sub(r"\D", "", parts["day"])) if "day" in parts else None
    if month is None:
        return year_of(year) if year and day is None else None
    if year is None:
        return _last(month, day, today) if today else None
    return _checked(year, month, day)


def month_number(name: str) -> int:
    """1 to 12, of a month's name or its beginning."""
    return _MONTHS.index(name[:3].casefold()) + 1


def weekday_before(name: str, today: date) -> date:
    """The last day of this name, `today` included."""
    return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(name[:3].casefold())) % 7)


def _month_before(day: date) -> Days:
    before = day.replace(day=1) - timedelta(days=1)
    return month_of(before.year, before.month)


def _last(month: int, day: int | None, today: date) -> Days | None:
    """The last such day or month that began up to today; None when it was too long ago."""
    for year in (today.year, today.year - 1):
        found = _checked(year, month, day)
        if found and found.start <= today:
            return found if (today - found.end).days <= _LONGEST_AGO else None
    return None


def _checked(year: int, month: int, day: int | None = None) -> Days | None:
    try:
        return one_day(date(year, month, day)) if day else month_of(year, month)
    except ValueError:  # 30 February
        return None


# Each word for a time with what it means on a day.
RELATIVE: dict[str, Callable[[date], Days]] = {
    **dict.fromkeys(("today", "tonight", "this morning", "this afternoon", "this evening"), one_day),
    "yesterday": lambda today: one_day(today - timedelta(days=1)),
    "last night": lambda today: Days(today - timedelta(days=1), today + timedelta(days=1)),
    "the day before yesterday": lambda today: one_day(today - timedelta(days=2)),
    "last week": lambda today: week_of(today - timedelta(days=7)),
    **dict.fromkeys(("this weekend", "the weekend"), weekend_before),
    "last weekend": lambda today: weekend_before(week_of(today).start - timedelta(days=1)),
    "this month": lambda today: month_of(today.year, today.month),
    "last month": _month_before,
    "this year": lambda today: year_of(today.year),
    "last year": lambda today: year_of(today.year - 1),
}
