"""When a chat's daily digest is due, and what was sent: at its time by the clock on the wall, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Column, Connection, String, Table, delete, insert, select, update

from bot.database import StateDatabase, metadata, utc_text
from bot.days import day_of

# How long after its time a digest is still sent, as when the bot was away.
GRACE = timedelta(hours=3)

digests = Table(
    "digests",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("taken_at", String, nullable=False),
)


def due_time(at: str, now: datetime, timezone: str) -> datetime | None:
    """Today's time (UTC) of a digest that is wanted at "HH:MM" in a zone; None when it is not due now.

    A time that the zone leaves out today, when clocks are put forward, is that much later; one that comes twice counts
    once, the first time.
    """
    hour, minute = map(int, at.split(":"))
    due = datetime.combine(day_of(now, timezone), time(hour, minute), ZoneInfo(timezone)).astimezone(UTC)
    return due if due <= now < due + GRACE else None


class Digests:
    """What was sent to each chat. Every method raises StoreError when the database fails."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    async def take(self, chat_id: int, due: datetime, now: datetime) -> datetime | None:
        """Since when there may be news for a digest that is `due` (UTC); None when it was taken already.

        It is taken before it is sent: after a crash in between it is left out, and never sent twice.
        """

        def work(connection: Connection) -> datetime | None:
            mine = digests.c.chat_id == chat_id
            known = connection.execute(select(digests.c.taken_at).where(mine)).scalar()
            since = datetime.fromisoformat(known) if known else due - timedelta(days=1)
            if since >= due:
                return None
            if known is None:
                connection.execute(insert(digests).values(chat_id=chat_id, taken_at=utc_text(now)))
                return since
            # Of two processes that saw the same, one changes it.
            free = update(digests).where(mine, digests.c.taken_at == known).values(taken_at=utc_text(now))
            return since if connection.execute(free).rowcount else None

        return await self._database.run(work)

    async def migrate(self, old: int, new: int) -> None:
        """What a group was sent counts for the supergroup that it became."""

        def work(connection: Connection) -> None:
            if connection.execute(select(digests.c.chat_id).where(digests.c.chat_id == old)).first() is None:
                return  # moved already
            connection.execute(delete(digests).where(digests.c.chat_id == new))
            connection.execute(update(digests).where(digests.c.chat_id == old).values(chat_id=new))

        await self._database.run(work)

    async def forget(self, chat_id: int) -> None:
        """Forgets what a chat was sent."""
        gone = delete(digests).where(digests.c.chat_id == chat_id)
        await self._database.run(lambda connection: connection.execute(gone))
