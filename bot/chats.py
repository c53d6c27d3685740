"""What the bot knows of each chat: its settings, whether the bot is still in it, and what was said there once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    String,
    Table,
    delete,
    false,
    insert,
    select,
    update,
)

from bot.database import StateDatabase, metadata, utc_text

Length = Literal["short", "normal", "long"]
WhoAdds = Literal["everyone", "admins"]

# `left_at` is null while the bot is in the chat; `former_id` is the group that became this supergroup.
chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("joined_at", String, nullable=False),
    Column("left_at", String, index=True),
    Column("former_id", BigInteger),
)

chat_settings = Table(
    "chat_settings",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String),
    Column("length", String, nullable=False),
    Column("sources", Boolean, nullable=False),
    Column("who_adds", String, nullable=False),
    Column("retention_days", Integer),
    Column("article_days", Integer),
    Column("talk", Boolean, nullable=False, server_default=false()),
)

# What a chat has been told once, such as a hint.
chat_firsts = Table(
    "chat_firsts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String, primary_key=True),
    Column("at", String, nullable=False),
)

_TABLES = (chats, chat_settings, chat_firsts)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How a chat wants the bot to be.

    A `language` of None is that of each person's Telegram, `retention_days` of None the deployment's
    (MESSAGE_RETENTION_DAYS). `article_days` is how long an article stays, 0 for always, None as the deployment has it
    (ARTICLE_RETENTION_DAYS). With `talk` what is said in a group is kept for summaries.
    """

    language: str | None = None
    length: Length = "normal"
    sources: bool = True
    who_adds: WhoAdds = "everyone"
    retention_days: int | None = None
    article_days: int | None = None
    talk: bool = False


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


class Chats:
    """The records of all chats. Every method raises StoreError when the database fails."""

    def __init__(self, database: StateDatabase, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def settings(self, chat_id: int, *, heard_at: datetime | None = None) -> ChatSettings:
        """A chat's settings; the defaults where nothing was set.

        Something that was said there at `heard_at` (aware) shows that the bot is back in a chat that it had left.
        """

        def work(connection: Connection) -> ChatSettings:
            if heard_at is not None:
                _note_heard(connection, chat_id, utc_text(heard_at))
            return _settings(connection, chat_id)

        return await self._database.run(work)

    async def save(self, chat_id: int, settings: ChatSettings) -> None:
        """Keeps a chat's settings."""
        await self.change(chat_id, lambda _: settings)

    async def change(self, chat_id: int, changed: Callable[[ChatSettings], ChatSettings]) -> ChatSettings:
        """Keeps and returns what `changed` makes of a chat's settings, in one transaction."""

        def work(connection: Connection) -> ChatSettings:
            settings = changed(_settings(connection, chat_id))
            _replace(connection, chat_settings, chat_id, asdict(settings))
            return settings

        return await self._database.run(work)

    async def joined(self, chat_id: int, kind: str) -> bool:
        """Notes that the bot is in a chat (`kind` is Telegram's word); True when it was not, as far as was known."""

        def work(connection: Connection) -> bool:
            known = connection.execute(select(chats).where(chats.c.chat_id == chat_id)).one_or_none()
            if known and known.left_at is None:
                return False
            former = known.former_id if known else None
            values = {"kind": kind, "joined_at": self._text(), "left_at": None, "former_id": former}
            _replace(connection, chats, chat_id, values)
            return True

        return await self._database.run(work)

    async def left(self, chat_id: int) -> None:
        """Notes that the bot was removed or blocked, and when; a second time changes nothing."""

        def work(connection: Connection) -> None:
            now = self._text()
            gone = update(chats).where(chats.c.chat_id == chat_id, chats.c.left_at.is_(None)).values(left_at=now)
            if connection.execute(gone).rowcount or _known(connection, chats, chat_id):
                return
            kind = "private" if chat_id > 0 else "group"
            _replace(connection, chats, chat_id, {"kind": kind, "joined_at": now, "left_at": now})

        await self._database.run(work)

    async def came_back(self, chat_id: int) -> None:
        """Notes that a chat has the bot again: unblocked, or added anew."""
        back = update(chats).where(chats.c.chat_id == chat_id).values(left_at=None)
        await self._database.run(lambda connection: connection.execute(back))

    async def first_time(self, chat_id: int, what: str) -> bool:
        """True exactly once for a chat and a subject, as for a hint that is given once."""

        def work(connection: Connection) -> bool:
            here = (chat_firsts.c.chat_id == chat_id, chat_firsts.c.what == what)
            if connection.execute(select(chat_firsts.c.what).where(*here)).first():
                return False
            connection.execute(insert(chat_firsts).values(chat_id=chat_id, what=what, at=self._text()))
            return True

        return await self._database.run(work)

    async def former_id(self, chat_id: int) -> int | None:
        """The id that a supergroup had when it was a group, if the bot saw it change."""
        query = select(chats.c.former_id).where(chats.c.chat_id == chat_id)
        return await self._database.run(lambda connection: connection.execute(query).scalar())

    async def migrate(self, old: int, new: int) -> None:
        """Moves all that is known of a group to the supergroup that it became; what the new one has, it keeps.

        A second time finds nothing to move and changes nothing.
        """
        if old == new:
            return

        def work(connection: Connection) -> None:
            there = connection.execute(select(chats.c.former_id).where(chats.c.chat_id == new)).one_or_none()
            _move(connection, chat_settings, old, new)
            _move_firsts(connection, old, new)
            _move(connection, chats, old, new)
            if there is None:
                joined_at = connection.execute(select(chats.c.joined_at).where(chats.c.chat_id == new)).scalar()
                values = {"kind": "supergroup", "joined_at": joined_at or self._text(), "former_id": old}
                _replace(connection, chats, new, values)
            elif there.former_id is None:
                connection.execute(update(chats).where(chats.c.chat_id == new).values(former_id=old))

        await self._database.run(work)

    async def left_before(self, time: datetime) -> list[int]:
        """The chats that the bot is no longer in since before an aware moment."""
        query = select(chats.c.chat_id).where(chats.c.left_at < utc_text(time)).order_by(chats.c.left_at)
        return await self._database.run(lambda connection: list(connection.execute(query).scalars()))

    async def forget(self, chat_id: int) -> None:
        """Deletes all that is known of a chat."""

        def work(connection: Connection) -> None:
            for table in _TABLES:
                connection.execute(delete(table).where(table.c.chat_id == chat_id))

        await self._database.run(work)

    def _text(self) -> str:
        return utc_text(self._now())


def _settings(connection: Connection, chat_id: int) -> ChatSettings:
    row = connection.execute(select(chat_settings).where(chat_settings.c.chat_id == chat_id)).one_or_none()
    return ChatSettings(*row[1:]) if row else ChatSettings()


def _note_heard(connection: Connection, chat_id: int, heard_at: str) -> None:
    left_at = connection.execute(select(chats.c.left_at).where(chats.c.chat_id == chat_id)).scalar()
    if left_at is not None and left_at < heard_at:
        connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(left_at=None))


def _known(connection: Connection, table: Table, chat_id: int) -> bool:
    return connection.execute(select(table.c.chat_id).where(table.c.chat_id == chat_id)).first() is not None


def _replace(connection: Connection, table: Table, chat_id: int, values: dict[str, Any]) -> None:
    connection.execute(delete(table).where(table.c.chat_id == chat_id))
    connection.execute(insert(table).values(chat_id=chat_id, **values))


def _move(connection: Connection, table: Table, old: int, new: int) -> None:
    if _known(connection, table, new):
        connection.execute(delete(table).where(table.c.chat_id == old))
    else:
        connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))


def _move_firsts(connection: Connection, old: int, new: int) -> None:
    there = connection.execute(select(chat_firsts.c.what).where(chat_firsts.c.chat_id == new)).scalars().all()
    connection.execute(delete(chat_firsts).where(chat_firsts.c.chat_id == old, chat_firsts.c.what.in_(there)))
    connection.execute(update(chat_firsts).where(chat_firsts.c.chat_id == old).values(chat_id=new))
