"""The record of feeds, in the catalog's database: what is followed, and when it is looked at next. Blocking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from index.appearances import article_at
from index.database import mapped_errors
from index.errors import TooLargeError
from index.feed_queue import (
    WaitingEntry,
    is_of_another,
    next_try,
    note_read,
    note_skipped,
    queue_entries,
    waiting_entries,
)
from index.feed_schema import feeds, moment_of, stamp
from index.postgres import is_postgres
from index.sources.feed_entries import FeedEntry
from index.sources.metadata import site_name

FEEDS_A_SCOPE = 1_000

_MOVED_TO_KNOWN = "It moved to the address of a feed that is here already. Remove one of them."


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a collection follows.

    `site` is its home page; `articles` counts those that came in by it so far; `problem` is why the last look failed,
    on one line; a paused feed is gone (410), or failed too often, and is not looked at until it is added again.
    """

    id: int
    scope: str
    url: str
    title: str
    site: str | None
    added_at: datetime
    checked_at: datetime | None
    next_at: datetime
    failures: int
    problem: str | None
    articles: int
    paused: bool


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed with what the next request for it needs: the answer's validators, and its interval in seconds."""

    feed: Feed
    etag: str | None
    last_modified: str | None
    interval: float
    language: str | None


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed answered; `entries` is None when nothing changed (304), and then the texts are None too."""

    url: str
    etag: str | None
    last_modified: str | None
    interval: float
    next_at: datetime
    entries: tuple[FeedEntry, ...] | None = None
    title: str | None = None
    site: str | None = None
    language: str | None = None


class FeedCatalog:
    """Feeds and their entries; a method is one transaction. Every method raises StoreError when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, scope: str, wanted: Iterable[tuple[str, str]], now: datetime) -> tuple[list[int], list[int]]:
        """Follows feeds, given by address and title, from now on: the ids of the new ones, and of those known already.

        Raises:
            TooLargeError: more than 1,000 feeds of one collection; none is added then.
        """
        added: list[int] = []
        known: list[int] = []
        with mapped_errors("saved"), self._engine.begin() as connection:
            mine = select(feeds.c.key, feeds.c.id).where(feeds.c.scope == scope)
            there: dict[str, int] = {row.key: row.id for row in connection.execute(mine)}
            for url, title in wanted:
                key = feed_key(url)
                if key in there:
                    known.append(there[key])
                    continue
                if len(there) >= FEEDS_A_SCOPE:
                    raise TooLargeError(f"More than {FEEDS_A_SCOPE:,} feeds are not followed here. Remove some first.")
                there[key] = _insert(connection, scope, key, url, title, now)
                added.append(there[key])
        return added, known

    def state(self, feed_id: int) -> FeedState | None:
        """One feed."""
        with mapped_errors("read"), self._engine.connect() as connection:
            row = connection.execute(select(feeds).where(feeds.c.id == feed_id)).first()
        return _state(row) if row else None

    def find(self, url: str, scope: str) -> Feed | None:
        """The feed of a scope with this address, however it is spelled."""
        mine = (feeds.c.scope == scope) & (feeds.c.key == feed_key(url))
        with mapped_errors("read"), self._engine.connect() as connection:
            row = connection.execute(select(feeds).where(mine)).first()
        return _state(row).feed if row else None

    def feeds(self, *, scope: str | None = None, feed_id: int | None = None, due: datetime | None = None) -> list[Feed]:
        """Feeds by scope or id, as they were added; with `due` those to look at by then, the most overdue first."""
        query = select(feeds)
        if scope is not None:
            query = query.where(feeds.c.scope == scope)
        if feed_id is not None:
            query = query.where(feeds.c.id == feed_id)
        if due is not None:
            query = query.where(feeds.c.next_at <= stamp(due), feeds.c.paused.is_(False)).order_by(feeds.c.next_at)
        with mapped_errors("read"), self._engine.connect() as connection:
            return [_state(row).feed for row in connection.execute(query.order_by(feeds.c.id))]

    def claim(self, feed: Feed, until: datetime) -> bool:
        """Whether this process is the one to look at a due feed; others on a PostgreSQL database then wait `until`."""
        if not is_postgres(self._engine):
            return True
        mine = (feeds.c.id == feed.id) & (feeds.c.next_at == stamp(feed.next_at))
        with mapped_errors("saved"), self._engine.begin() as connection:
            return connection.execute(update(feeds).where(mine).values(next_at=stamp(until))).rowcount > 0

    def remove(self, feed_id: int, scope: str) -> bool:
        """Forgets a feed and its entries; its articles stay."""
        with mapped_errors("removed"), self._engine.begin() as connection:
            mine = (feeds.c.id == feed_id) & (feeds.c.scope == scope)
            return connection.execute(delete(feeds).where(mine)).rowcount > 0

    def move_scope(self, old: str, new: str) -> int:
        """Moves all feeds of a scope to another; one that is there already is forgotten. How many moved."""
        with mapped_errors("moved"), self._engine.begin() as connection:
            there = select(feeds.c.key).where(feeds.c.scope == new)
            connection.execute(delete(feeds).where(feeds.c.scope == old, feeds.c.key.in_(there.scalar_subquery())))
            return connection.execute(update(feeds).where(feeds.c.scope == old).values(scope=new)).rowcount

    def remove_scope(self, scope: str) -> int:
        """Forgets all feeds of a scope; how many there were."""
        with mapped_errors("removed"), self._engine.begin() as connection:
            return connection.execute(delete(feeds).where(feeds.c.scope == scope)).rowcount

    def note_answer(self, feed_id: int, answer: FeedAnswer, now: datetime) -> int:
        """Keeps what a feed answered, its new and changed entries and the time of the next look in one step.

        Nothing is written when the feed was removed meanwhile. How many entries are new or changed.
        """
        values: dict[str, Any] = {
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "interval": answer.interval,
            "checked_at": stamp(now),
            "next_at": stamp(answer.next_at),
            "failures": 0,
            "problem": None,
            "paused": False,
        }
        if answer.entries is not None:
            values |= {"site": answer.site, "language": answer.language}
            values |= {"title": answer.title} if answer.title else {}
        with mapped_errors("saved"), self._engine.begin() as connection:
            values |= _moved(connection, feed_id, answer.url)
            if connection.execute(update(feeds).where(feeds.c.id == feed_id).values(values)).rowcount == 0:
                return 0
            return queue_entries(connection, feed_id, answer.entries, now) if answer.entries else 0

    def note_failure(self, feed_id: int, problem: str, now: datetime, next_at: datetime, *, paused: bool) -> None:
        """Keeps why a feed could not be read, and when it is tried next."""
        values = {"problem": problem, "checked_at": stamp(now), "next_at": stamp(next_at), "paused": paused}
        with mapped_errors("saved"), self._engine.begin() as connection:
            failed = update(feeds).where(feeds.c.id == feed_id)
            connection.execute(failed.values(failures=feeds.c.failures + 1, **values))

    def look_sooner(self, feed_id: int, earliest: datetime) -> None:
        """Brings the next look forward to when an entry waits to be read, though not before `earliest`."""
        with mapped_errors("saved"), self._engine.begin() as connection:
            if wanted := next_try(connection, feed_id):
                at = stamp(max(wanted, earliest))
                sooner = update(feeds).where(feeds.c.id == feed_id, feeds.c.next_at > at, feeds.c.paused.is_(False))
                connection.execute(sooner.values(next_at=at))

    def waiting(self, feed_id: int, now: datetime, limit: int) -> list[WaitingEntry]:
        """The entries of a feed to be read by now, the newest first."""
        with mapped_errors("read"), self._engine.connect() as connection:
            return waiting_entries(connection, feed_id, now, limit)

    def note_read(
        self, feed_id: int, key: str, article_id: str | None, now: datetime, *, is_teaser: bool = False
    ) -> None:
        """An entry became an article, or (None) need not become one."""
        with mapped_errors("saved"), self._engine.begin() as connection:
            note_read(connection, feed_id, key, article_id, now, is_teaser=is_teaser)

    def note_skipped(self, feed_id: int, key: str, problem: str, again_at: datetime | None) -> None:
        """An entry could not be read; without `again_at` it is not tried again until it changes."""
        with mapped_errors("saved"), self._engine.begin() as connection:
            note_skipped(connection, feed_id, key, problem, again_at)

    def article_at(self, url: str, scope: str) -> str | None:
        """The id of the article that a scope has from this address."""
        with mapped_errors("read"), self._engine.connect() as connection:
            found = article_at(connection, url, scope)
        return found[0] if found else None

    def is_of_another(self, feed_id: int, key: str, article_id: str) -> bool:
        """Whether another entry of the feed became this article."""
        with mapped_errors("read"), self._engine.connect() as connection:
            return is_of_another(connection, feed_id, key, article_id)


def feed_key(url: str) -> str:
    """The address without what differs between its spellings: scheme, `www.`, a default port, the slash at its end."""
    parts = urlsplit(url)
    try:
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def _insert(connection: Connection, scope: str, key: str, url: str, title: str, now: datetime) -> int:
    values = {
        "scope": scope,
        "key": key,
        "url": url,
        "title": title or site_name(url) or url,
        "interval": 0.0,
        "added_at": stamp(now),
        "next_at": stamp(now),
        "failures": 0,
        "paused": False,
        "articles": 0,
    }
    return int(connection.execute(insert(feeds).values(values).returning(feeds.c.id)).scalar_one())


def _moved(connection: Connection, feed_id: int, url: str) -> dict[str, Any]:
    """The new address of a feed, unless another feed of its scope has it already."""
    mine = connection.execute(select(feeds.c.scope).where(feeds.c.id == feed_id)).scalar()
    others = (feeds.c.scope == mine) & (feeds.c.key == feed_key(url)) & (feeds.c.id != feed_id)
    if connection.execute(select(func.count()).select_from(feeds).where(others)).scalar_one():
        return {"paused": True, "problem": _MOVED_TO_KNOWN}
    return {"url": url, "key": feed_key(url)}


def _state(row: Row[Any]) -> FeedState:
    feed = Feed(
        id=row.id,
        scope=row.scope,
        url=row.url,
        title=row.title,
        site=row.site,
        added_at=datetime.fromisoformat(row.added_at),
        checked_at=moment_of(row.checked_at),
        next_at=datetime.fromisoformat(row.next_at),
        failures=row.failures,
        problem=row.problem,
        articles=row.articles,
        paused=row.paused,
    )
    return FeedState(feed, row.etag, row.last_modified, row.interval, row.language)
