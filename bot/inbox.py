"""The durable inbox: what Telegram delivered until it is handled, and what was sent for it until it cannot be in doubt.

An update is stored before Telegram hears that it arrived, so a crash loses none. It belongs to the process that stored
it, until that one is dead and another takes it over. A message that the bot sends is noted as soon as Telegram has
taken it; a message of the bot that is not noted was therefore sent right before a crash.
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
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from telegram import Update

from bot.database import StateDatabase, metadata, utc_text
from bot.leases import Leases, end_lapsed, living_owners
from bot.noting import Noting
from bot.unstored import UnstoredUpdates

_KEPT = timedelta(days=2)  # Telegram keeps an update for a day

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String, nullable=False),
    Column("body", Text),  # the update as JSON; gone once it is handled
    Column("changed_at", String, nullable=False),
    Column("owner", String),  # the process that works on it, by its lease
    Column("chat_id", BigInteger),
    Index("inbox_by_state", "state"),
    Index("inbox_by_chat", "chat_id"),
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


_OPEN = (Stage.WAITING, Stage.STARTED)


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
    """Updates and sent messages in the bot's database, as the process that holds `leases` sees them.

    Every method raises StoreError when the database fails.
    """

    def __init__(self, database: StateDatabase, leases: Leases) -> None:
        self._database = database
        self._leases = leases
        self._owner = leases.owner
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.noting = Noting()
        self.unstored = UnstoredUpdates()

    def sending(self, chat_id: int) -> asyncio.Lock:
        """A lock under which a message is sent into a chat and noted, so that none is there without its note."""
        return self._locks.setdefault(chat_id, asyncio.Lock())

    async def store(self, item: Update) -> bool:
        """Keeps an update; False when it is known already, here or in another process on the same database."""
        row = {
            "update_id": item.update_id,
            "state": Stage.WAITING,
            "body": item.to_json(),
            "changed_at": _now(),
            "owner": self._owner,
            "chat_id": item.effective_chat.id if item.effective_chat else None,
        }

        def work(connection: Connection) -> bool:
            try:
                with connection.begin_nested():
                    connection.execute(insert(inbox).values(row))
            except IntegrityError:
                return False
            return True

        return await self._database.run(work)

    async def begin(self, update_id: int) -> bool:
        """Notes that from now on something may be sent for this update.

        False when it must not be: another process has taken it over, or it was handled meanwhile.
        """
        values = {"state": Stage.STARTED, "changed_at": _now()}
        mine = and_(inbox.c.update_id == update_id, inbox.c.owner == self._owner, inbox.c.state.in_(_OPEN))

        def work(connection: Connection) -> bool:
            if connection.execute(update(inbox).where(mine).values(values)).rowcount:
                return True
            return connection.execute(select(inbox.c.owner).where(inbox.c.update_id == update_id)).first() is None

        return await self._database.run(work)

    async def is_its_turn(self, update_id: int, chat_id: int) -> bool:
        """Whether all updates of its chat before this one are handled, by this process or another."""
        if not self._leases.shared:
            return True
        earlier = and_(inbox.c.chat_id == chat_id, inbox.c.update_id < update_id, inbox.c.state.in_(_OPEN))
        query = select(inbox.c.update_id).where(earlier).limit(1)
        return await self._database.run(lambda connection: connection.execute(query).first() is None)

    async def finish(self, update_id: int) -> None:
        """Notes that an update is handled, and forgets its words; nothing when another process has taken it over."""
        values = {"state": Stage.DONE, "body": None, "changed_at": _now()}
        mine = and_(inbox.c.update_id == update_id, inbox.c.owner == self._owner)
        statement = update(inbox).where(mine).values(values)
        await self._database.run(lambda connection: connection.execute(statement) and None)

    async def owns(self, update_id: int) -> bool:
        """Whether no other process has taken an update over."""
        if not self._leases.shared:
            return True
        return await self._database.run(lambda connection: self._owns(connection, update_id))

    def _owns(self, connection: Connection, update_id: int) -> bool:
        # Where several write at once, nobody takes it over until the transaction ends.
        query = select(inbox.c.owner).where(inbox.c.update_id == update_id).with_for_update(read=True)
        row = connection.execute(query).one_or_none()
        return row is None or row.owner == self._owner

    async def take_over(self, *, everything: bool) -> list[Unfinished]:
        """Makes this process the owner of what dead ones left unfinished, and returns that, oldest first.

        With `everything`, every other process is known to be dead. Of several that try, one gets each update.
        """

        def work(connection: Connection) -> list[Unfinished]:
            query = select(inbox.c.owner).distinct().where(inbox.c.state.in_(_OPEN))
            owners = connection.execute(query).scalars().all()
            # Read behind them: a process takes its lease before its first update.
            living = {self._owner} if everything else {self._owner, *living_owners(connection)}
            taken = {number for owner in owners if owner not in living for number in self._take(connection, owner)}
            end_lapsed(connection)
            mine = and_(inbox.c.state.in_(_OPEN), inbox.c.owner == self._owner)
            return [entry for entry in _unfinished(connection, mine) if entry.update_id in taken] if taken else []

        return await self._database.run(work)

    def _take(self, connection: Connection, owner: str | None) -> Sequence[int]:
        """Of two processes that try, one gets each update: it must still be the owner's, and nobody be at it."""
        left = and_(inbox.c.state.in_(_OPEN), inbox.c.owner.is_not_distinct_from(owner))
        free = select(inbox.c.update_id).where(left).with_for_update(skip_locked=True)
        taken = update(inbox).where(left, inbox.c.update_id.in_(free)).values(owner=self._owner)
        taken = taken.returning(inbox.c.update_id)
        return connection.execute(taken).scalars().all()

    async def depth(self) -> tuple[int, int]:
        """How many updates wait, and how many are being handled."""
        query = select(inbox.c.state, func.count()).where(inbox.c.state.in_(_OPEN)).group_by(inbox.c.state)

        def work(connection: Connection) -> dict[str, int]:
            return {row.state: int(row[1]) for row in connection.execute(query)}

        found = await self._database.run(work)
        return found.get(Stage.WAITING, 0), found.get(Stage.STARTED, 0)

    async def unfinished(self) -> list[Unfinished]:
        """What was stored and not handled to its end, by this process or another, oldest first."""
        return await self._database.run(lambda connection: _unfinished(connection, inbox.c.state.in_(_OPEN)))

    async def sent_for(self, update_id: int) -> list[tuple[int, int, Kind]]:
        """The noted messages of an update: (chat, message, kind)."""
        query = select(sent.c.chat_id, sent.c.message_id, sent.c.kind).where(sent.c.update_id == update_id)

        def work(connection: Connection) -> list[tuple[int, int, Kind]]:
            return [(chat_id, message_id, Kind(kind)) for chat_id, message_id, kind in connection.execute(query)]

        return await self._database.run(work)

    async def note_sent(self, chat_id: int, message_id: int, update_id: int | None, kind: Kind) -> None:
        """Notes a message of the bot, or what a noted one is now.

        It counts for no update that another process has taken over meanwhile: that one takes back what it finds, and
        answers.
        """
        row = {"chat_id": chat_id, "message_id": message_id, "kind": kind, "sent_at": _now()}
        mine = (sent.c.chat_id == chat_id) & (sent.c.message_id == message_id)

        def work(connection: Connection) -> None:
            counts_for = update_id if update_id is not None and self._owns(connection, update_id) else None
            connection.execute(delete(sent).where(mine))
            connection.execute(insert(sent).values(update_id=counts_for, **row))

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


def _unfinished(connection: Connection, which: ColumnElement[bool]) -> list[Unfinished]:
    rows = connection.execute(select(inbox).where(which).order_by(inbox.c.update_id)).all()
    query = select(sent).where(sent.c.update_id.in_(select(inbox.c.update_id).where(which)))
    notes: dict[int, list[tuple[int, int, Kind]]] = {}
    for note in connection.execute(query):
        notes.setdefault(note.update_id, []).append((note.chat_id, note.message_id, Kind(note.kind)))
    return [
        Unfinished(row.update_id, Stage(row.state), json.loads(row.body or "{}"), tuple(notes.get(row.update_id, ())))
        for row in rows
    ]


def _now() -> str:
    return utc_text(datetime.now(UTC))
