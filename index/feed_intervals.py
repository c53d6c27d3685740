"""How long until a feed is looked at again, and an entry that could not be read is tried again."""

from __future__ import annotations

import zlib
from datetime import timedelta

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(days=1)
USUAL = timedelta(minutes=30)
MOST_FAILURES = 30  # in a row, over three weeks; then the feed is paused

_FIRST_BACK_OFF = timedelta(minutes=15)
_RETRIES = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))


def interval_of(*wishes: float | None) -> timedelta:
    """The longest time, in seconds, that feed and site ask for: ten minutes to a day; else half an hour."""
    seconds = max((wish for wish in wishes if wish), default=None)
    return USUAL if seconds is None else min(max(timedelta(seconds=min(seconds, 1e6)), SHORTEST), LONGEST)


def back_off(failures: int, feed_url: str, retry_after: float | None = None) -> timedelta:
    """The wait after so many failures in a row: what the site asks for, else 15 minutes, doubling up to a day.

    Spread by a tenth around that, so that feeds that fail together are not tried together.
    """
    if retry_after is not None:
        return interval_of(max(retry_after, SHORTEST.total_seconds()))
    spread = 0.9 + 0.2 * zlib.crc32(f"{feed_url} {failures}".encode()) / 2**32
    wait = _FIRST_BACK_OFF * (spread * 2.0 ** min(failures - 1, 10))
    return min(wait, LONGEST)


def next_retry(tries: int, retry_after: float | None = None) -> timedelta | None:
    """The wait after so many tries at an entry that failed; None when it is left at that."""
    if tries > len(_RETRIES):
        return None
    return max(_RETRIES[tries - 1], timedelta(seconds=retry_after or 0))
