"""The entries of feeds: which were seen, which wait to be read, and what became of them. Blocking."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from index.feed_schema import feed_entries, feeds, moment_of, stamp
from index.sources.feed_entries import FeedEntry

KEPT = timedelta(days=30)  # how long an entry is remembered that its feed no longer has
MOST_WAITING = 400  # entries of a feed; the oldest are given up when more come in than can be read
MOST_KEPT = 10_000
_FIRST_WAIT = timedelta(minutes=30)
_LONGEST_WAIT = timedelta(days=1)

_TIMES = ("published_at", "updated_at")


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """An entry to be read. `tries` failed before; `article_id` is what an earlier form of it became."""

    entry: FeedEntry
    tries: int
    article_id: str | None
    is_teaser: bool  # that article is only the feed's summary


def queue_entries(connection: Connection, feed_id: int, entries: Sequence[FeedEntry], now: datetime) -> int:
    """Notes what a feed has now. New and changed entries wait to be read from here on; how many these are.

    An entry that was read several times waits longer each time, so that one that changes all the time costs little.
    """
    rows = {row.key: row for row in connection.execute(select(feed_entries).where(feed_entries.c.feed_id == feed_id))}
    renamed = _renamed(rows, entries)
    seen: list[dict[str, Any]] = []
    fresh = 0
    for position, entry in enumerate(entries):
        row = rows.get(entry.key) or renamed.get(entry.key)
        if row is not None and row.digest == entry.digest:
            seen.append({"old_key": row.key, "new_key": entry.key, "new_url": entry.url})
            continue
        fresh += 1
        values = {
            "key": entry.key,
            "url": entry.url,
            "digest": entry.digest,
            "seen_at": stamp(now),
            "waiting": _written(entry),
            "queued_at": stamp(now),
            "position": position,
        }
        if row is None:
            new = {"feed_id": feed_id, "tries": 0, "reads": 0, "is_teaser": False, "next_try_at": stamp(now)}
            connection.execute(insert(feed_entries).values(values | new))
        else:
            again = {} if row.waiting else {"tries": 0, "next_try_at": stamp(max(now, _calm_until(row) or now))}
            connection.execute(update(feed_entries).where(_is(feed_id, row.key)).values(values | again))
    _note_seen(connection, feed_id, seen, now)
    if fresh:
        _bound(connection, feed_id)
    return fresh


def waiting_entries(connection: Connection, feed_id: int, now: datetime, limit: int) -> list[WaitingEntry]:
    """The entries whose time has come, the newest first."""
    due = and_(
        feed_entries.c.feed_id == feed_id, feed_entries.c.waiting.is_not(None), feed_entries.c.next_try_at <= stamp(now)
    )
    order = (feed_entries.c.queued_at.desc(), feed_entries.c.position)
    rows = connection.execute(select(feed_entries).where(due).order_by(*order).limit(limit))
    return [WaitingEntry(_read(row.waiting), row.tries, row.article_id, row.is_teaser) for row in rows]


def next_try(connection: Connection, feed_id: int) -> datetime | None:
    """When the next entry of a feed is to be read."""
    mine = and_(feed_entries.c.feed_id == feed_id, feed_entries.c.waiting.is_not(None))
    return moment_of(connection.execute(select(func.min(feed_entries.c.next_try_at)).where(mine)).scalar())


def note_read(
    connection: Connection, feed_id: int, key: str, article_id: str | None, now: datetime, *, is_teaser: bool = False
) -> None:
    """An entry became an article, or need not become one."""
    mine = _is(feed_id, key)
    first = connection.execute(select(feed_entries.c.key).where(mine, feed_entries.c.article_id.is_(None))).first()
    values: dict[str, Any] = {
        "waiting": None,
        "next_try_at": None,
        "tries": 0,
        "problem": None,
        "reads": feed_entries.c.reads + 1,
        "read_at": stamp(now),
    }
    if article_id is not None:
        values |= {"article_id": article_id, "is_teaser": is_teaser}
    connection.execute(update(feed_entries).where(mine).values(values))
    if first and article_id is not None:
        connection.execute(update(feeds).where(feeds.c.id == feed_id).values(articles=feeds.c.articles + 1))


def note_skipped(connection: Connection, feed_id: int, key: str, problem: str, again_at: datetime | None) -> None:
    """An entry could not be read; without `again_at` it is left at that until it changes."""
    values: dict[str, Any] = {"tries": feed_entries.c.tries + 1, "problem": problem}
    values |= {"next_try_at": stamp(again_at)} if again_at else {"next_try_at": None, "waiting": None}
    connection.execute(update(feed_entries).where(_is(feed_id, key)).values(values))


def is_of_another(connection: Connection, feed_id: int, key: str, article_id: str) -> bool:
    """Whether another entry of the feed became this article."""
    others = and_(feed_entries.c.feed_id == feed_id, feed_entries.c.key != key)
    query = select(feed_entries.c.key).where(others, feed_entries.c.article_id == article_id)
    return connection.execute(query.limit(1)).first() is not None


def _is(feed_id: int, key: str) -> Any:
    return and_(feed_entries.c.feed_id == feed_id, feed_entries.c.key == key)


def _renamed(rows: dict[str, Row[Any]], entries: Sequence[FeedEntry]) -> dict[str, Row[Any]]:
    """Entries whose key is new and whose link is that of one entry before: some feeds make up new keys all the time."""
    keys = {entry.key for entry in entries}
    counts = Counter(entry.url for entry in entries)
    old = Counter(row.url for row in rows.values())
    left = {row.url: row for key, row in rows.items() if key not in keys and row.url and old[row.url] == 1}
    return {
        entry.key: left[entry.url]
        for entry in entries
        if entry.key not in rows and entry.url in left and counts[entry.url] == 1
    }


def _calm_until(row: Row[Any]) -> datetime | None:
    """Until when an entry that was read again before is left alone: half an hour, twice as long each time, to a day."""
    if row.reads <= 1 or not row.read_at:
        return None
    doublings: int = min(row.reads - 2, 10)
    return datetime.fromisoformat(row.read_at) + min(_FIRST_WAIT * 2.0**doublings, _LONGEST_WAIT)


def _note_seen(connection: Connection, feed_id: int, seen: list[dict[str, Any]], now: datetime) -> None:
    if seen:
        mine = and_(feed_entries.c.feed_id == feed_id, feed_entries.c.key == bindparam("old_key"))
        values = {"seen_at": stamp(now), "key": bindparam("new_key"), "url": bindparam("new_url")}
        connection.execute(update(feed_entries).where(mine).values(values), seen)
    old = and_(feed_entries.c.feed_id == feed_id, feed_entries.c.seen_at < stamp(now - KEPT))
    connection.execute(delete(feed_entries).where(old, feed_entries.c.waiting.is_(None)))


def _bound(connection: Connection, feed_id: int) -> None:
    """Keeps a feed that pours out entries from filling the disk."""
    mine = feed_entries.c.feed_id == feed_id
    key = select(feed_entries.c.key).where(mine)
    order = (feed_entries.c.queued_at.desc(), feed_entries.c.position)
    late = key.where(feed_entries.c.waiting.is_not(None)).order_by(*order).offset(MOST_WAITING)
    given_up = {"waiting": None, "next_try_at": None, "problem": "More came in than could be read."}
    connection.execute(update(feed_entries).where(mine, feed_entries.c.key.in_(late)).values(given_up))
    old = key.order_by(feed_entries.c.seen_at.desc(), feed_entries.c.position).offset(MOST_KEPT)
    connection.execute(delete(feed_entries).where(mine, feed_entries.c.key.in_(old)))


def _written(entry: FeedEntry) -> str:
    values = asdict(entry)
    return json.dumps(values | {name: values[name] and values[name].isoformat() for name in _TIMES})


def _read(text: str) -> FeedEntry:
    values: dict[str, Any] = json.loads(text)
    return FeedEntry(**(values | {name: moment_of(values[name]) for name in _TIMES}))
