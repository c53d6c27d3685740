"""What the words behind /catchup mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catchup_request import MOST_MESSAGES, CatchUp, parse_catch_up

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def test_nothing_means_since_the_last_time() -> None:
    """Without words it begins where the reader left off; with words it does not."""
    for nothing in ("", "  \n"):
        wanted = parse_catch_up(nothing, NOW, "UTC")
        assert wanted == CatchUp()
        assert wanted.is_own
    for words in ("5", "5h", "today"):
        wanted = parse_catch_up(words, NOW, "UTC")
        assert wanted is not None
        assert not wanted.is_own


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("1", 1),
        ("200", 200),
        (" 0200 ", 200),
        ("٢٠٠", 200),
        ("50000", 50_000),
        ("50001", 50_000),
        ("999999999", 50_000),
    ],
)
def test_a_number_of_messages(words: str, count: int) -> None:
    """A number means so many messages, at most 50,000."""
    assert parse_catch_up(words, NOW, "UTC") == CatchUp(last=count)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("3h", 3),
        ("3 H", 3),
        ("3hrs", 3),
        ("1 hour", 1),
        ("24hours", 24),
        ("2d", 48),
        ("2 days", 48),
        ("1w", 168),
        ("2weeks", 336),
        ("60d", 1440),
        ("61d", 1440),
        ("9999w", 1440),
    ],
)
def test_a_span(words: str, hours: int) -> None:
    """Hours, days and weeks go back from now, at most 60 days."""
    assert parse_catch_up(words, NOW, "UTC") == CatchUp(since=NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    "words",
    [
        "0",
        "0h",
        "-5",
        "3x",
        "h",
        "3.5h",
        "3h 2d",
        "yesterday",
        "todayish",
        "200 messages",
        "5how",
        "1e3",
        "²",
        "9" * 4000,
    ],
)
def test_nonsense(words: str) -> None:
    """What is none of these is not guessed at."""
    assert parse_catch_up(words, NOW, "UTC") is None


@pytest.mark.parametrize(
    ("now", "timezone", "midnight"),
    [
        ("2026-05-04T12:30+00:00", "UTC", "2026-05-04T00:00+00:00"),
        ("2026-05-04T22:30+00:00", "Europe/Berlin", "2026-05-04T22:00+00:00"),
        ("2026-05-04T21:59+00:00", "Europe/Berlin", "2026-05-03T22:00+00:00"),
        # The clocks go forward: a day of 23 hours; back: one of 25.
        ("2026-03-29T12:00+00:00", "Europe/Berlin", "2026-03-28T23:00+00:00"),
        ("2026-03-29T22:30+00:00", "Europe/Berlin", "2026-03-29T22:00+00:00"),
        ("2026-10-25T22:30+00:00", "Europe/Berlin", "2026-10-24T22:00+00:00"),
        ("2026-10-25T23:30+00:00", "Europe/Berlin", "2026-10-25T23:00+00:00"),
        # A day that begins at 01:00, and one whose midnight comes twice: the first.
        ("2024-03-31T10:00+00:00", "Asia/Beirut", "2024-03-30T22:00+00:00"),
        ("2024-11-03T12:00+00:00", "America/Havana", "2024-11-03T04:00+00:00"),
    ],
)
def test_today(now: str, timezone: str, midnight: str) -> None:
    """Today begins at the first moment of the day by the clock of the zone, also when the clocks change."""
    wanted = parse_catch_up(" Today ", datetime.fromisoformat(now), timezone)
    assert wanted == CatchUp(since=datetime.fromisoformat(midnight))


@given(st.text(max_size=60) | st.from_regex(r"\d{1,12} ?[hdw]?[a-z]{0,5}", fullmatch=True))
def test_any_words(words: str) -> None:
    """Any words mean a bounded stretch or nothing."""
    wanted = parse_catch_up(words, NOW, "UTC")
    if wanted is not None:
        assert wanted.last is None or 0 < wanted.last <= MOST_MESSAGES
        assert wanted.since is None or NOW - timedelta(days=60) <= wanted.since < NOW
