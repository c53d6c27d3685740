"""Feeds whose next look is further away than any interval: they were planned by a clock that was wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, inspect, update

from index.database import mapped_errors
from index.feed_intervals import LONGEST
from index.feed_schema import feeds, stamp

_LATEST = LONGEST + timedelta(hours=1)


def replan_feeds(engine: Engine, now: datetime) -> int:
    """Brings such looks forward to `now` (UTC); how many. Blocking.

    Raises:
        StoreError: when the database fails.
    """
    with mapped_errors("saved"), engine.begin() as connection:
        if not inspect(connection).has_table(feeds.name):
            return 0
        wrong = (feeds.c.next_at > stamp(now + _LATEST)) & feeds.c.paused.is_(False)
        return connection.execute(update(feeds).where(wrong).values(next_at=stamp(now))).rowcount
