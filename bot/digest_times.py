"""When a digest is wanted, and since when it is due: at its time by the clock on the wall, each day or each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.days import day_of

OFF, DAILY = "off", "daily"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# How long after its time a digest is still sent, as when the bot was away.
GRACE = timedelta(hours=3)
WEEKLY_GRACE = timedelta(days=1)
_LOOK_BACK = 3  # days: more than the longer grace, whatever the clocks do


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """`every` is "off", "daily" or a day of the week such as "mon"; `at` is "HH:MM" in the deployment's time zone."""

    every: str = OFF
    at: str = "08:00"

    @property
    def days(self) -> int:
        """The days from one digest to the next."""
        return 1 if self.every == DAILY else len(WEEKDAYS)

    @property
    def grace(self) -> timedelta:
        """How long after its time a digest is still sent."""
        return GRACE if self.every == DAILY else WEEKLY_GRACE


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is due since `at`; the one before it was due `before` (both UTC)."""

    at: datetime
    before: datetime


def due_digest(plan: DigestPlan, now: datetime, timezone: str) -> Due | None:
    """The digest of a plan that is due at an aware moment, in a time zone such as "Europe/Berlin"; None when none is.

    A time that the zone leaves out on a day, when clocks are put forward, is that much later; one that comes twice
    counts once, the first time.
    """
    today = day_of(now, timezone)
    for day in (today - timedelta(days=back) for back in range(_LOOK_BACK)):
        if plan.every in {DAILY, WEEKDAYS[day.weekday()]}:
            at = _moment(day, plan.at, timezone)
            if at <= now < at + plan.grace:
                return Due(at, _moment(day - timedelta(days=plan.days), plan.at, timezone))
    return None


def _moment(day: date, at: str, timezone: str) -> datetime:
    hour, minute = map(int, at.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(timezone)).astimezone(UTC)
