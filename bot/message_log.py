"""What is said in groups that want summaries of their talk: kept for a time, and only of people who did not opt out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from bot.database import StateDatabase, utc_text
from bot.message_tables import TABLES, catch_ups, forgotten, message_of, messages, opt_outs, row_of
from index.summaries.types import ChatMessage

EVERYWHERE = 0  # the chat of an opt-out that holds in all chats
# A supergroup counts its messages anew: those of the group that it was stand below, in their order.
MIGRATED = -1_000_000_000
_AT_ONCE = 400


class MessageLog:
    """The messages of groups. Every method raises StoreError when the database fails."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    async def store(self, chat_id: int, said: Iterable[ChatMessage]) -> int:
        """Keeps messages, or their edited form; how many, without those of people who opted out."""
        rows = [row_of(chat_id, message) for message in said]

        def work(connection: Connection) -> int:
            silent = _silent(connection, chat_id)
            kept = [row for row in rows if row["author_id"] not in silent]
            for at in range(0, len(kept), _AT_ONCE):
                ids = [row["message_id"] for row in kept[at : at + _AT_ONCE]]
                connection.execute(delete(messages).where(_in(chat_id), messages.c.message_id.in_(ids)))
                connection.execute(insert(messages), kept[at : at + _AT_ONCE])
            return len(kept)

        return await self._database.run(work)

    async def store_older(self, chat_id: int, said: Iterable[ChatMessage]) -> int:
        """Keeps messages of the time before, and changes none that is there; how many.

        What a person had forgotten stays so. Messages with ids below 0 are numbered in a way of their own: they are
        taken only from before all that is kept, as nothing else tells that one of them is there already.
        """
        rows = [row_of(chat_id, message) for message in said]

        def work(connection: Connection) -> int:
            silent = _silent(connection, chat_id)
            gone = _forgotten(connection, chat_id)
            there = set(connection.execute(select(messages.c.message_id).where(_in(chat_id))).scalars())
            oldest = connection.execute(select(func.min(messages.c.at)).where(_in(chat_id))).scalar()

            def is_new(row: dict[str, object]) -> bool:
                author, at, number = row["author_id"], str(row["at"]), row["message_id"]
                if author in silent or number in there or at <= gone.get(author, ""):
                    return False
                return not (isinstance(number, int) and number < 0 and oldest is not None and at >= oldest)

            kept = list({row["message_id"]: row for row in rows if is_new(row)}.values())
            for start in range(0, len(kept), _AT_ONCE):
                connection.execute(insert(messages), kept[start : start + _AT_ONCE])
            return len(kept)

        return await self._database.run(work)

    async def knows(self, chat_id: int, message_id: int) -> bool:
        """Whether a message is kept, so that an edit of it is to be kept too."""
        query = select(messages.c.message_id).where(_in(chat_id), messages.c.message_id == message_id)
        return await self._database.run(lambda connection: connection.execute(query).first() is not None)

    async def remove(self, chat_id: int, message_id: int) -> None:
        """Deletes one message."""
        gone = delete(messages).where(_in(chat_id), messages.c.message_id == message_id)
        await self._database.run(lambda connection: connection.execute(gone))

    async def read(
        self,
        chat_id: int,
        topic_id: int | None = None,
        *,
        after: int | None = None,
        since: datetime | None = None,
        last: int | None = None,
        limit: int = 50_000,
    ) -> list[ChatMessage]:
        """Messages of one topic, or of what is outside of topics (None), in order.

        All, or those behind a message, since a time (UTC), or the last ones. Of more than `limit` the newest are given.
        """
        query = select(messages).where(_in(chat_id), messages.c.topic_id == topic_id)
        if after is not None:
            query = query.where(messages.c.message_id > after)
        if since is not None:
            query = query.where(messages.c.at >= utc_text(since))
        query = query.order_by(messages.c.message_id.desc()).limit(min(limit, last or limit))

        def work(connection: Connection) -> list[ChatMessage]:
            return [message_of(row) for row in connection.execute(query)][::-1]

        return await self._database.run(work)

    async def read_all(self, chat_id: int, after: int | None = None, limit: int = 10_000) -> list[ChatMessage]:
        """A page of all that is kept of a chat, in order: the first messages behind one, or from the beginning."""
        query = select(messages).where(_in(chat_id)).order_by(messages.c.message_id).limit(limit)
        if after is not None:
            query = query.where(messages.c.message_id > after)
        return await self._database.run(lambda connection: [message_of(row) for row in connection.execute(query)])

    async def count(self, chat_id: int) -> int:
        """How many messages of a chat are kept."""
        query = select(func.count()).select_from(messages).where(_in(chat_id))
        return await self._database.run(lambda connection: int(connection.execute(query).scalar_one()))

    async def forget_person(self, user_id: int, chat_id: int | None = None) -> int:
        """Deletes what a person wrote until now, in one chat or in all; how many messages."""

        def work(connection: Connection) -> int:
            gone = delete(messages).where(messages.c.author_id == user_id)
            where = EVERYWHERE if chat_id is None else chat_id
            mine = (forgotten.c.user_id == user_id) & (forgotten.c.chat_id == where)
            connection.execute(delete(forgotten).where(mine))
            now = utc_text(datetime.now(UTC))
            connection.execute(insert(forgotten).values(chat_id=where, user_id=user_id, until=now))
            return connection.execute(gone if chat_id is None else gone.where(_in(chat_id))).rowcount

        return await self._database.run(work)

    async def set_opt_out(self, user_id: int, chat_id: int, *, out: bool) -> None:
        """Keeps what a person writes from now on out of the log of a chat, or `EVERYWHERE`; or lets it in again."""

        def work(connection: Connection) -> None:
            mine = (opt_outs.c.user_id == user_id) & (opt_outs.c.chat_id == chat_id)
            connection.execute(delete(opt_outs).where(mine))
            if out:
                connection.execute(insert(opt_outs).values(user_id=user_id, chat_id=chat_id))

        await self._database.run(work)

    async def is_out(self, user_id: int, chat_id: int) -> bool:
        """Whether a person keeps out of the log of a chat."""
        return await self._database.run(lambda connection: user_id in _silent(connection, chat_id))

    async def caught_up(self, chat_id: int, topic_id: int | None, user_id: int) -> int | None:
        """The last message that a reader has caught up with, if ever."""
        query = select(catch_ups.c.message_id).where(_mark(chat_id, topic_id, user_id))
        return await self._database.run(lambda connection: connection.execute(query).scalar())

    async def note_caught_up(self, chat_id: int, topic_id: int | None, user_id: int, message_id: int) -> None:
        """Notes how far a reader has caught up."""

        def work(connection: Connection) -> None:
            connection.execute(delete(catch_ups).where(_mark(chat_id, topic_id, user_id)))
            place = {"chat_id": chat_id, "topic_id": topic_id or 0, "user_id": user_id}
            connection.execute(insert(catch_ups).values(message_id=message_id, **place))

        await self._database.run(work)

    async def chats(self) -> Sequence[int]:
        """The chats of which any message is kept."""
        query = select(messages.c.chat_id).distinct()
        return await self._database.run(lambda connection: list(connection.execute(query).scalars()))

    async def purge(self, chat_id: int, before: datetime) -> int:
        """Deletes a chat's messages that were written before a time (UTC); how many."""
        gone = delete(messages).where(_in(chat_id), messages.c.at < utc_text(before))
        return await self._database.run(lambda connection: connection.execute(gone).rowcount)

    async def wipe(self, chat_id: int) -> int:
        """Deletes all messages of a chat and how far its readers are; who opted out stays out. How many messages."""

        def work(connection: Connection) -> int:
            connection.execute(delete(catch_ups).where(catch_ups.c.chat_id == chat_id))
            return connection.execute(delete(messages).where(_in(chat_id))).rowcount

        return await self._database.run(work)

    async def forget_chat(self, chat_id: int) -> None:
        """Deletes all that is known of a chat."""

        def work(connection: Connection) -> None:
            for table in TABLES:
                connection.execute(delete(table).where(table.c.chat_id == chat_id))

        await self._database.run(work)

    async def migrate(self, old: int, new: int) -> None:
        """Moves what is known of a group to the supergroup that it became.

        Its messages stand before all of the supergroup's, below 0. A second time finds nothing to move.
        """

        def work(connection: Connection) -> None:
            below = {"chat_id": new, "message_id": messages.c.message_id + MIGRATED}
            reply_to = messages.c.reply_to + MIGRATED
            own = messages.c.message_id > 0  # others have been below 0 before
            connection.execute(update(messages).where(_in(old), own).values(**below, reply_to=reply_to))
            marks = update(catch_ups).where(catch_ups.c.chat_id == old)
            connection.execute(marks.values(message_id=catch_ups.c.message_id + MIGRATED))
            for table in (opt_outs, forgotten, catch_ups):
                there = select(table.c.user_id).where(table.c.chat_id == new)
                connection.execute(delete(table).where(table.c.chat_id == old, table.c.user_id.in_(there)))
            for table in TABLES:
                connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))

        if old != new:
            await self._database.run(work)


def _in(chat_id: int) -> ColumnElement[bool]:
    return messages.c.chat_id == chat_id


def _mark(chat_id: int, topic_id: int | None, user_id: int) -> ColumnElement[bool]:
    return (
        (catch_ups.c.chat_id == chat_id) & (catch_ups.c.topic_id == (topic_id or 0)) & (catch_ups.c.user_id == user_id)
    )


def _silent(connection: Connection, chat_id: int) -> set[int]:
    """Who keeps out of the log of a chat."""
    out = select(opt_outs.c.user_id).where(opt_outs.c.chat_id.in_((chat_id, EVERYWHERE)))
    return set(connection.execute(out).scalars())


def _forgotten(connection: Connection, chat_id: int) -> dict[object, str]:
    """Until when what a person wrote in a chat is to be forgotten."""
    query = select(forgotten.c.user_id, func.max(forgotten.c.until).label("until"))
    mine = query.where(forgotten.c.chat_id.in_((chat_id, EVERYWHERE))).group_by(forgotten.c.user_id)
    return {row.user_id: row.until for row in connection.execute(mine)}
