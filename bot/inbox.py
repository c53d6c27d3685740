"""The durable inbox: what Telegram delivered until it is handled, and what was sent for it until it cannot be in doubt.

An update is stored before Telegram hears that it arrived, so a crash loses none. A message that the bot sends is noted
as soon as Telegram has taken it; a message of the bot that is not noted was therefore sent right before a crash.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from weakref import WeakValueDictionary

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from telegram import Update

from bot.database import StateDatabase, metadata, utc_text

_KEPT = timedelta(days=2)  # Telegram keeps an update for a day

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String, nullable=False),
    Column("body", Text),  # the update as JSON; gone once it is handled
    Column("changed_at", String, nullable=False),
    Index("inbox_by_state", "state"),
)
sent = Table(
    "sent",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", Integer, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, index=True),
    Column("kind", String, nullable=False),
    Column("sent_at", String, nullable=False),
)


class Stage(StrEnum):
    """How far an update got."""

    WAITING = "waiting"
    STARTED = "started"  # something may have been sent for it
    DONE = "done"


class Kind(StrEnum):
    """What a message of the bot is for the update it belongs to."""

    PASSING = "passing"  # it will be changed or replaced: "Looking through the articles …"
    PART = "part"  # more follows
    FINAL = "final"
    APOLOGY = "apology"  # a final one that stands for all late questions of a chat


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An update that was stored and not handled to its end; `sent` are its messages: (chat, message, kind)."""

    update_id: int
    stage: Stage
    body: dict[str, object]
    sent: tuple[tuple[int, int, Kind], ...] = ()

    def __repr__(self) -> str:
        return f"Unfinished(update_id={self.update_id}, stage={self.stage.value})"


class Inbox:
    """Updates and sent messages in the bot's database. Every method raises StoreError when the database fails."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def sending(self, chat_id: int) -> asyncio.Lock:
        """A lock under which a message is sent into a chat and noted, so that none is there without its note."""
        return self._locks.setdefault(chat_id, asyncio.Lock())

    async def store(self, item: Update) -> bool:
        """Keeps an update; False when it is known already, here or in another process on the same database."""
        row = {"update_id": item.update_id, "state": Stage.WAITING, "body": item.to_json(), "changed_at": _now()}

        def work(connection: Connection) -> bool:
            try:
                with connection.begin_nested():
                    connection.execute(insert(inbox).values(row))
            except IntegrityError:
                return False
            return True

        return await self._database.run(work)

    async def begin(self, update_id: int) -> None:
        """Notes that from now on something may be sent for this update."""
        values = {"state": Stage.STARTED, "changed_at": _now()}
        statement = update(inbox).where(inbox.c.update_id == update_id).values(values)
        await self._database.run(lambda connection: connection.execute(statement) and None)

    async def finish(self, update_id: int) -> None:
        """Notes that an update is handled, and forgets its words."""
        values = {"state": Stage.DONE, "body": None, "changed_at": _now()}
        statement = update(inbox).where(inbox.c.update_id == update_id).values(values)
        await self._database.run(lambda connection: connection.execute(statement) and None)

    async def unfinished(self) -> list[Unfinished]:
        """What was stored and not handled to its end, oldest first."""

        def work(connection: Connection) -> list[Unfinished]:
            rows = connection.execute(
                select(inbox).where(inbox.c.state != Stage.DONE).order_by(inbox.c.update_id)
            ).all()
            notes = connection.execute(select(sent).where(sent.c.update_id.in_([row.update_id for row in rows]))).all()
            return [
                Unfinished(
                    row.update_id,
                    Stage(row.state),
                    json.loads(row.body or "{}"),
                    tuple((n.chat_id, n.message_id, Kind(n.kind)) for n in notes if n.update_id == row.update_id),
                )
                for row in rows
            ]

        return await self._database.run(work)

    async def note_sent(self, chat_id: int, message_id: int, update_id: int | None, kind: Kind) -> None:
        """Notes a message of the bot, or what a noted one is now."""
        row = {
            "chat_id": chat_id,
            "message_id": message_id,
            "update_id": update_id,
            "kind": kind,
            "sent_at": _now(),
        }
        mine = (sent.c.chat_id == chat_id) & (sent.c.message_id == message_id)

        def work(connection: Connection) -> None:
            connection.execute(delete(sent).where(mine))
            connection.execute(insert(sent).values(row))

        await self._database.run(work)

    async def forget_sent(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Forgets messages that were deleted."""
        statement = delete(sent).where(sent.c.chat_id == chat_id, sent.c.message_id.in_(message_ids))
        await self._database.run(lambda connection: connection.execute(statement) and None)

    async def noted(self, chat_id: int, after: int) -> set[int]:
        """The ids of the noted messages of a chat behind `after`."""
        query = select(sent.c.message_id).where(sent.c.chat_id == chat_id, sent.c.message_id > after)
        return await self._database.run(lambda connection: set(connection.execute(query).scalars()))

    async def apologised_since(self, chat_id: int, time: datetime) -> bool:
        """Whether a chat was told of late questions since a time (UTC)."""
        query = select(sent.c.message_id).where(
            sent.c.chat_id == chat_id, sent.c.kind == Kind.APOLOGY, sent.c.sent_at >= utc_text(time)
        )
        return await self._database.run(lambda connection: connection.execute(query.limit(1)).first() is not None)

    async def purge(self, now: datetime) -> None:
        """Drops handled updates and notes that are older than two days."""
        before = utc_text(now - _KEPT)

        def work(connection: Connection) -> None:
            connection.execute(delete(inbox).where(inbox.c.state == Stage.DONE, inbox.c.changed_at < before))
            connection.execute(delete(sent).where(sent.c.sent_at < before))

        await self._database.run(work)


def _now() -> str:
    return utc_text(datetime.now(UTC))
