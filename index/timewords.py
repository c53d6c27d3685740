"""The time that a question names: "in January 2020", "since Monday", "last week", or that it wants the newest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from index.foreign_dates import foreign_dates
from index.time_phrases import Found, found_in

_LONG_DAYS = 300  # a stated time of this length says less about an article's date than "this week" does
_SHORTEST_AFTER = timedelta(days=14)
_FIRST_YEAR, _LAST_YEAR = 1971, 2999  # a clock outside these is broken
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time named in a question: from `start` up to `end`, not included, both UTC.

    `words` is the stretch that names it, `question[span[0]:span[1]]`. `firm` is a stated period ("last week"); what is
    not firm only prefers the newest ("latest").
    """

    start: datetime
    end: datetime
    words: str
    span: tuple[int, int]
    firm: bool

    def without_words(self, question: str) -> str:
        """The question without the words that name the time."""
        return " ".join(f"{question[: self.span[0]]} {question[self.span[1] :]}".split())


def time_range(question: str, asked_at: datetime | None, timezone: str = "UTC") -> TimeRange | None:
    """The one time that a question names, if any; days and weeks (from Monday) are those of the time zone.

    A stated day goes before a stated month, that before "recently", and a stated year comes last. Without `asked_at`
    only what has a year counts. No time counts that begins after `asked_at`, stands in a quotation, is part of a name,
    or only compares ("the first since 2010"). `asked_at` without a zone is UTC; `timezone` is an IANA name.
    """
    zone = ZoneInfo(timezone)
    today = _day_of(asked_at, zone)
    plain = _QUOTED.sub(lambda match: " " * len(match.group()), question)
    found = [*found_in(plain, today), *foreign_dates(plain)]
    past = [item for item in found if today is None or item.days.start <= today]
    best = min(past, key=_order, default=None)
    if best is None:
        return None
    words = question[best.start : best.stop]
    start, end = (_midnight(day, zone) for day in best.days)
    return TimeRange(start, end, words, (best.start, best.stop), best.firm)


def publication_window(
    found: TimeRange, days_before: int = 1, days_after: int | None = None
) -> tuple[datetime, datetime]:
    """When articles come out that tell of a time: from about its start up to some days after its end, not included.

    The day before counts by default, as many articles say only the day, which began earlier elsewhere. `days_after` is
    by default as long again as the time itself, and two weeks at least.
    """
    after = max(found.end - found.start, _SHORTEST_AFTER) if days_after is None else timedelta(days=days_after)
    return found.start - timedelta(days=days_before), found.end + after


def _order(item: Found) -> tuple[int, int, bool, int]:
    vague = 1 if not item.firm else 2 if item.days.length > _LONG_DAYS else 0
    return vague, 0 if vague else item.days.length, not item.dated, item.start


def _day_of(moment: datetime | None, zone: ZoneInfo) -> date | None:
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone(zone).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
