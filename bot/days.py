"""The deployment's days: which one a moment falls on, and when the next begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_of(now: datetime, timezone: str) -> date:
    """The day on which an aware moment falls in a time zone such as "Europe/Berlin"."""
    return now.astimezone(ZoneInfo(timezone)).date()


def next_day(now: datetime, timezone: str) -> datetime:
    """The first moment of the day after, in that zone; not 00:00 where the clocks are put forward at midnight."""
    zone = ZoneInfo(timezone)
    midnight = datetime.combine(day_of(now, timezone) + timedelta(days=1), time(), zone)
    # A time that the zone leaves out becomes the first one behind the gap.
    return midnight.astimezone(UTC).astimezone(zone)
