"""What was said last, so that a follow-up such as "and who did they blame?" can be understood.

Each answer of the bot keeps the few turns that led to it. In a private chat the next question continues the last
answer in its chat and topic; in a group only a reply continues a conversation: the answer that it replies to.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
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

from bot.database import StateDatabase, metadata, utc_text
from bot.incoming import Incoming
from index.types import Turn

TURNS = 3
EXPIRY = timedelta(hours=1)

# One row an answer: the turns that led to it, its own the last. `asked_id` is the message that asked.
conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("asked_id", BigInteger, nullable=False),
    Column("turns", Text, nullable=False),
    Column("noted_at", String, nullable=False),
    Index("conversations_by_place", "chat_id", "thread_id"),
    Index("conversations_by_time", "noted_at"),
)

# The messages of an answer. They keep the chat they were sent to: a supergroup counts its messages anew.
conversation_messages = Table(
    "conversation_messages",
    metadata,
    Column("sent_to", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
)


class Conversations:
    """The last turns in every chat, kept for as long as they can be followed up.

    `expiry` is the silence that ends a conversation. A `now` is aware. Every method raises StoreError when the
    database fails.
    """

    def __init__(self, database: StateDatabase, expiry: timedelta = EXPIRY) -> None:
        self._database = database
        self._expiry = expiry

    async def history(self, incoming: Incoming, now: datetime) -> Sequence[Turn]:
        """The last three turns of the conversation that a message continues, oldest first; none when it begins one."""
        return await self._database.run(lambda connection: self._continued(connection, incoming, now))

    async def note(self, incoming: Incoming, sent_message_ids: Sequence[int], turn: Turn, now: datetime) -> None:
        """Keeps what a message asked and was answered; `sent_message_ids` are the messages of the answer.

        Noting a message once more, as after a crash, takes the place of the first note.
        """
        place = incoming.place
        asked = {"chat_id": place.chat_id, "asked_id": place.reply_to or 0}

        def work(connection: Connection) -> None:
            turns = [*self._continued(connection, incoming, now), turn][-TURNS:]
            connection.execute(delete(conversations).filter_by(**asked))
            row = {**asked, "thread_id": place.thread_id, "turns": _dumped(turns), "noted_at": utc_text(now)}
            made = connection.execute(insert(conversations).values(row)).inserted_primary_key
            if made:
                _assign(connection, place.chat_id, sent_message_ids, made[0])

        await self._database.run(work)

    async def join(self, chat_id: int, answer_id: int, sent_message_ids: Sequence[int]) -> None:
        """Replies to these messages, such as a passage shown under an answer, continue that answer as well."""

        def work(connection: Connection) -> None:
            query = select(conversations.c.id).join(conversation_messages)
            known = connection.execute(query.where(*_answer(chat_id, chat_id, answer_id))).scalar()
            if known is not None:
                _assign(connection, chat_id, sent_message_ids, known)

        await self._database.run(work)

    async def start_over(self, chat_id: int, thread_id: int | None, now: datetime) -> None:
        """Deletes what was said until now in a chat's topic, so that the next question begins a new conversation."""
        here = (conversations.c.chat_id == chat_id, conversations.c.thread_id == thread_id)
        await self._delete(*here, conversations.c.noted_at <= utc_text(now))

    async def migrate(self, old: int, new: int) -> None:
        """Moves all conversations of a group that became a supergroup with another id."""
        moved = update(conversations).where(conversations.c.chat_id == old).values(chat_id=new)
        await self._database.run(lambda connection: connection.execute(moved))

    async def forget(self, chat_id: int) -> None:
        """Deletes all that was said in a chat."""
        await self._delete(conversations.c.chat_id == chat_id)

    async def purge(self, now: datetime) -> int:
        """Deletes what has expired in all chats; how many answers those were."""
        return await self._delete(conversations.c.noted_at <= self._expired(now))

    async def _delete(self, *conditions: ColumnElement[bool]) -> int:
        gone = delete(conversations).where(*conditions)
        return await self._database.run(lambda connection: connection.execute(gone).rowcount)

    def _expired(self, now: datetime) -> str:
        return utc_text(now - self._expiry)

    def _continued(self, connection: Connection, incoming: Incoming, now: datetime) -> list[Turn]:
        place = incoming.place
        query = select(conversations.c.turns).where(
            conversations.c.noted_at > self._expired(now),
            conversations.c.asked_id != (place.reply_to or 0),  # its own turn, when it is handled once more
        )
        if incoming.answers_me and incoming.reply:
            replied = incoming.reply.place
            query = query.join(conversation_messages).where(
                *_answer(place.chat_id, replied.chat_id, replied.reply_to or 0)
            )
        elif incoming.private:
            here = (conversations.c.chat_id == place.chat_id, conversations.c.thread_id == place.thread_id)
            query = query.where(*here).order_by(conversations.c.id.desc()).limit(1)
        else:
            return []
        turns = connection.execute(query).scalar()
        return _loaded(turns) if turns else []


def _answer(chat_id: int, sent_to: int, message_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conversation of one chat that a message sent there, or to the group that it once was, belongs to."""
    return (
        conversations.c.chat_id == chat_id,
        conversation_messages.c.sent_to == sent_to,
        conversation_messages.c.message_id == message_id,
    )


def _assign(connection: Connection, sent_to: int, message_ids: Sequence[int], conversation_id: int) -> None:
    """Makes messages belong to one answer and no other."""
    messages = conversation_messages.c
    rows = [
        {"sent_to": sent_to, "message_id": message_id, "conversation_id": conversation_id}
        for message_id in dict.fromkeys(message_ids)
    ]
    connection.execute(
        delete(conversation_messages).where(messages.sent_to == sent_to, messages.message_id.in_(message_ids))
    )
    if rows:
        connection.execute(insert(conversation_messages), rows)


def _dumped(turns: Sequence[Turn]) -> str:
    return json.dumps([(turn.question, turn.answer) for turn in turns])


def _loaded(text: str) -> list[Turn]:
    return [Turn(question, answer) for question, answer in json.loads(text)]
