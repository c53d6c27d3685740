"""What /catchup asks for: the last messages, the last hours, today, or what came since the reader's last time. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.days import day_of

MOST_MESSAGES = 50_000
_MOST_HOURS = 24 * 60
_NUMBER = re.compile(r"\d{1,9}")
_SPAN = re.compile(r"(\d{1,4})\s*(?:(h)(?:ours?|rs?)?|(d)(?:ays?)?|(w)(?:eeks?)?)")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class CatchUp:
    """A stretch of a discussion: its last messages, or all since a time; neither means since the reader's last time."""

    last: int | None = None
    since: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Whether it begins where the reader left off."""
        return self.last is None and self.since is None


def parse_catch_up(text: str, now: datetime, timezone: str) -> CatchUp | None:
    """The stretch that the words behind /catchup name, at most 50,000 messages or 60 days; None when they name none.

    "today" begins at midnight by the clock of the zone, also on days that are 23 or 25 hours long.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return CatchUp()
    if wanted == "today":
        midnight = datetime.combine(day_of(now, timezone), time(), ZoneInfo(timezone))
        return CatchUp(since=midnight.astimezone(UTC))
    if _NUMBER.fullmatch(wanted) and int(wanted) > 0:
        return CatchUp(last=min(int(wanted), MOST_MESSAGES))
    if (match := _SPAN.fullmatch(wanted)) and int(match[1]) > 0:
        span = int(match[1]) * _UNITS[match[2] or match[3] or match[4]]
        return CatchUp(since=now - min(span, timedelta(hours=_MOST_HOURS)))
    return None
