"""Where digests are wanted, chat by chat and topic by topic, and which were taken: each once, by one process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Row, String, Table, and_, delete, insert, select
from sqlalchemy import update as update_rows

from bot.chats import chats, utc_now
from bot.database import StateDatabase, metadata, utc_text
from bot.digest_times import OFF, DigestPlan, due_digest

OUTSIDE = 0  # the topic of a chat without topics, and of General

digest_plans = Table(
    "digest_plans",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("topic_id", BigInteger, primary_key=True, autoincrement=False),
    Column("every", String, nullable=False),
    Column("at", String, nullable=False),
    Column("changed_at", String),  # null where an earlier version of askwire kept the time
    Column("taken_at", String),
)


@dataclass(frozen=True, slots=True)
class WantedDigest:
    """What a chat, or a topic of it, wants; since when, and when the last one was taken (UTC), as far as is known."""

    chat_id: int
    topic_id: int | None
    plan: DigestPlan
    changed_at: datetime | None = None
    taken_at: datetime | None = None

    def since(self, now: datetime, timezone: str) -> datetime | None:
        """Since when there may be news for the digest that is due (UTC); None when none is, or it was taken.

        A time that was over when it was chosen does not count. The first digest looks back a day or a week.
        """
        due = due_digest(self.plan, now, timezone)
        if due is None or any(moment and moment >= due.at for moment in (self.changed_at, self.taken_at)):
            return None
        return self.taken_at or due.before


class Digests:
    """The plans and what was taken. Every method raises StoreError when the database fails."""

    def __init__(self, database: StateDatabase, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def plan(self, chat_id: int, topic_id: int | None = None) -> DigestPlan:
        """What is wanted in a topic of a chat, or in the chat itself (None); off where nothing was set."""
        query = select(digest_plans).where(_at(chat_id, topic_id))
        row = await self._database.run(lambda connection: connection.execute(query).one_or_none())
        return _wanted(row).plan if row else DigestPlan()

    async def change(
        self, chat_id: int, topic_id: int | None, changed: Callable[[DigestPlan], DigestPlan]
    ) -> DigestPlan:
        """Keeps and returns what `changed` makes of a plan, in one transaction."""
        here, now = _at(chat_id, topic_id), self._now()

        def work(connection: Connection) -> DigestPlan:
            row = connection.execute(select(digest_plans).where(here)).one_or_none()
            before = _wanted(row) if row else WantedDigest(chat_id, topic_id, DigestPlan())
            after = replace(before, plan=changed(before.plan), changed_at=now)
            if before.plan.every == OFF and before.taken_at and before.taken_at < now - timedelta(days=after.plan.days):
                after = replace(after, taken_at=None)  # switched on again: it begins anew
            connection.execute(delete(digest_plans).where(here))
            connection.execute(insert(digest_plans).values(**_row(after)))
            return after.plan

        return await self._database.run(work)

    async def wanted(self) -> list[WantedDigest]:
        """All that is wanted in the chats that have the bot."""
        query = (
            select(digest_plans)
            .outerjoin(chats, chats.c.chat_id == digest_plans.c.chat_id)
            .where(digest_plans.c.every != OFF, chats.c.left_at.is_(None))
            .order_by(digest_plans.c.chat_id, digest_plans.c.topic_id)
        )
        return await self._database.run(lambda connection: [_wanted(row) for row in connection.execute(query)])

    async def take(self, digest: WantedDigest, now: datetime) -> bool:
        """Takes a digest; False when another process has, or when it is no longer wanted like that.

        It is taken before it is sent: after a crash in between it is left out, and never sent twice.
        """
        taken_at = utc_text(digest.taken_at) if digest.taken_at else None
        as_known = and_(
            _at(digest.chat_id, digest.topic_id),
            digest_plans.c.every == digest.plan.every,
            digest_plans.c.at == digest.plan.at,
            digest_plans.c.taken_at.is_not_distinct_from(taken_at),
        )
        take = update_rows(digest_plans).where(as_known).values(taken_at=utc_text(now))
        return await self._database.run(lambda connection: connection.execute(take).rowcount == 1)

    async def stop(self, chat_id: int, topic_id: int | None = None) -> None:
        """Wants no digest any more in a topic, or in a chat and all its topics (None), that is not there any more."""
        gone = delete(digest_plans).where(_at(chat_id, topic_id) if topic_id else digest_plans.c.chat_id == chat_id)
        await self._database.run(lambda connection: connection.execute(gone))

    async def migrate(self, old: int, new: int) -> None:
        """Moves a group's plans to the supergroup that it became; what that one has, it keeps.

        What either was sent counts. A second time finds nothing to move.
        """
        if old == new:
            return

        def work(connection: Connection) -> None:
            for former in _of_chat(connection, old):
                moved = replace(former, chat_id=new)
                here = _at(new, former.topic_id)
                row = connection.execute(select(digest_plans).where(here)).one_or_none()
                if row is not None:
                    own = _wanted(row)
                    taken = [moment for moment in (own.taken_at, former.taken_at) if moment]
                    moved = replace(own, taken_at=max(taken, default=None))
                connection.execute(delete(digest_plans).where(here))
                connection.execute(insert(digest_plans).values(**_row(moved)))
            connection.execute(delete(digest_plans).where(digest_plans.c.chat_id == old))

        await self._database.run(work)

    async def forget(self, chat_id: int) -> None:
        """Forgets what a chat wants and was sent."""
        await self.stop(chat_id)


def _at(chat_id: int, topic_id: int | None) -> ColumnElement[bool]:
    return and_(digest_plans.c.chat_id == chat_id, digest_plans.c.topic_id == (topic_id or OUTSIDE))


def _of_chat(connection: Connection, chat_id: int) -> list[WantedDigest]:
    query = select(digest_plans).where(digest_plans.c.chat_id == chat_id)
    return [_wanted(row) for row in connection.execute(query).all()]


def _wanted(row: Row[tuple[object, ...]]) -> WantedDigest:
    changed_at, taken_at = (datetime.fromisoformat(text) if text else None for text in (row.changed_at, row.taken_at))
    return WantedDigest(row.chat_id, row.topic_id or None, DigestPlan(row.every, row.at), changed_at, taken_at)


def _row(digest: WantedDigest) -> dict[str, object]:
    return {
        "chat_id": digest.chat_id,
        "topic_id": digest.topic_id or OUTSIDE,
        "every": digest.plan.every,
        "at": digest.plan.at,
        "changed_at": utc_text(digest.changed_at) if digest.changed_at else None,
        "taken_at": utc_text(digest.taken_at) if digest.taken_at else None,
    }
