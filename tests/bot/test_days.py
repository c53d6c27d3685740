"""Where a day begins and ends, in every time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.days import day_of, next_day

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - the strategy wants naive bounds
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))


@pytest.mark.parametrize(
    ("moment", "zone", "day", "ends"),
    [
        ("2026-11-26T12:00+00:00", "UTC", "2026-11-26", "2026-11-27T00:00+00:00"),
        ("2026-11-26T23:30+00:00", "Europe/Berlin", "2026-11-27", "2026-11-28T00:00+01:00"),
        ("2026-11-26T23:30+00:00", "America/New_York", "2026-11-26", "2026-11-27T00:00-05:00"),
        ("2026-11-26T18:30+00:00", "Asia/Kolkata", "2026-11-27", "2026-11-28T00:00+05:30"),
        # The days on which clocks change have 23 and 25 hours.
        ("2026-03-28T23:00+00:00", "Europe/Berlin", "2026-03-29", "2026-03-30T00:00+02:00"),
        ("2026-10-24T22:00+00:00", "Europe/Berlin", "2026-10-25", "2026-10-26T00:00+01:00"),
        # Midnight left out: in Cairo the day begins at one o'clock.
        ("2026-04-23T12:00+00:00", "Africa/Cairo", "2026-04-23", "2026-04-24T01:00+03:00"),
        # Midnight twice: in Havana the day begins with the first one.
        ("2026-10-31T12:00+00:00", "America/Havana", "2026-10-31", "2026-11-01T00:00-04:00"),
        # A day left out: Samoa had no 30 December 2011.
        ("2011-12-30T09:00+00:00", "Pacific/Apia", "2011-12-29", "2011-12-31T00:00+14:00"),
    ],
)
def test_known_borders(moment: str, zone: str, day: str, ends: str) -> None:
    """The day and its end are those of the zone's own calendar and clocks."""
    now = datetime.fromisoformat(moment)
    assert day_of(now, zone) == date.fromisoformat(day)
    end = next_day(now, zone)
    assert end.isoformat(timespec="minutes") == ends
    assert str(end.tzinfo) == zone


@given(MOMENTS, ZONES)
def test_a_day_ends_where_the_next_begins(now: datetime, zone: str) -> None:
    """In any zone at any time: the end lies ahead, it is another day there, and still this one right before."""
    end = next_day(now, zone).astimezone(UTC)
    assert now < end <= now + timedelta(hours=49)
    assert day_of(end, zone) > day_of(now, zone)
    assert day_of(end - timedelta(microseconds=1), zone) == day_of(now, zone)
