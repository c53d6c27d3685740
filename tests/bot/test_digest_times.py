"""When a digest is due, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digest_times import GRACE, WEEKDAYS, WEEKLY_GRACE, DigestPlan, Due, due_digest

BERLIN = "Europe/Berlin"
SECOND = timedelta(seconds=1)


def local(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "day", "grace"),
    [("daily", "2026-03-10", GRACE), *((name, f"2026-03-{9 + n:02}", WEEKLY_GRACE) for n, name in enumerate(WEEKDAYS))],
)
@pytest.mark.parametrize("at", ["00:00", "08:00", "23:30"])
def test_due_from_its_time_on(every: str, day: str, grace: timedelta, at: str) -> None:
    """A digest is due from its time on until its grace is over, also when midnight lies in between."""
    plan, due = DigestPlan(every, at), local(f"{day} {at}")

    def found(now: datetime) -> datetime | None:
        result = due_digest(plan, now, BERLIN)
        return result.at if result else None

    assert [found(due - SECOND), found(due), found(due + grace - SECOND), found(due + grace)] == [None, due, due, None]


def test_off_is_never_due() -> None:
    """Where no digest is wanted, none is due at any hour."""
    assert not any(due_digest(DigestPlan("off"), utc("2026-03-10") + timedelta(hours=n), BERLIN) for n in range(200))


SWITCHES = [
    ("daily", "08:00", "2026-03-28 07:00", "2026-03-27 07:00"),
    ("daily", "08:00", "2026-03-29 06:00", "2026-03-28 07:00"),
    ("daily", "02:30", "2026-03-29 01:30", "2026-03-28 01:30"),  # left out: clocks go from 02:00 to 03:00
    ("daily", "02:30", "2026-03-30 00:30", "2026-03-29 01:30"),
    ("daily", "02:30", "2026-10-25 00:30", "2026-10-24 00:30"),  # comes twice: the first one
    ("daily", "02:30", "2026-10-26 01:30", "2026-10-25 00:30"),
    ("daily", "08:00", "2026-10-25 07:00", "2026-10-24 06:00"),
    ("sun", "08:00", "2026-03-29 06:00", "2026-03-22 07:00"),
    ("mon", "08:00", "2026-03-30 06:00", "2026-03-23 07:00"),
    ("sun", "02:30", "2026-03-29 01:30", "2026-03-22 01:30"),
    ("sun", "02:30", "2026-04-05 00:30", "2026-03-29 01:30"),
    ("sun", "02:30", "2026-10-25 00:30", "2026-10-18 00:30"),
    ("sun", "02:30", "2026-11-01 01:30", "2026-10-25 00:30"),
    ("wed", "08:00", "2026-10-28 07:00", "2026-10-21 06:00"),
]


@pytest.mark.parametrize(("every", "at", "due", "before"), SWITCHES)
def test_clocks_that_are_changed(every: str, at: str, due: str, before: str) -> None:
    """Across both changes of the clocks a digest comes at its time on the wall, and begins where the last one ended."""
    plan = DigestPlan(every, at)
    assert due_digest(plan, utc(due), BERLIN) == Due(utc(due), utc(before))
    assert due_digest(plan, utc(due) - SECOND, BERLIN) is None


@pytest.mark.parametrize("every", ["daily", "sun"])
@pytest.mark.parametrize("at", ["01:59", "02:00", "02:30", "02:59", "03:00"])
@pytest.mark.parametrize("sunday", ["2026-03-29", "2026-10-25"])
def test_each_time_comes_once(every: str, at: str, sunday: str) -> None:
    """Look by look through the night of a change, one digest is due, and those of other days are where they were."""
    start = local(f"{sunday} 00:00") - timedelta(days=1)
    minutes = (start + timedelta(minutes=n) for n in range(0, 3 * 24 * 60, 10))
    due = {found.at for now in minutes if (found := due_digest(DigestPlan(every, at), now, BERLIN))}
    days = [moment.astimezone(ZoneInfo(BERLIN)).date().isoformat() for moment in sorted(due)]
    saturday, monday = (local(f"{sunday} 12:00") + timedelta(days=n) for n in (-1, 1))
    expected = [sunday] if every == "sun" else [f"{saturday:%Y-%m-%d}", sunday, f"{monday:%Y-%m-%d}"]
    assert days == expected


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Asia/Jakarta", "UTC"])
def test_the_day_is_the_zones(zone: str) -> None:
    """Monday is Monday there, whatever day it is in UTC."""
    due = local("2026-05-04 08:00", zone)
    assert due_digest(DigestPlan("mon", "08:00"), due, zone) == Due(due, due - timedelta(days=7))
    assert due_digest(DigestPlan("tue", "08:00"), due, zone) is None


def test_a_day_that_a_zone_leaves_out() -> None:
    """Where a whole day was skipped, its digest and the next day's are one and the same."""
    due = local("2011-12-31 08:00", "Pacific/Apia")  # the day after the 29th
    assert due_digest(DigestPlan("daily", "08:00"), due, "Pacific/Apia") == Due(due, due)
