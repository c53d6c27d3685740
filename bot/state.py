"""All that the bot itself keeps, opened together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.chats import Chats
from bot.conversations import Conversations
from bot.database import StateDatabase
from bot.digests import Digests
from bot.inbox import Inbox
from bot.leases import Leases
from bot.message_log import MessageLog
from bot.usage import Usage
from index.database import DatabasePlace


@dataclass(frozen=True, slots=True)
class State:
    """The bot's records, one part a subject; all in one database."""

    database: StateDatabase
    conversations: Conversations
    inbox: Inbox
    chats: Chats
    usage: Usage
    digests: Digests
    leases: Leases
    messages: MessageLog


@asynccontextmanager
async def open_state(place: DatabasePlace) -> AsyncIterator[State]:
    """Opens the records in the database at a place and closes them behind the block.

    Raises:
        StoreError: when it cannot be reached or written, or is a newer version's.
    """
    database = StateDatabase(place)
    try:
        await database.prepare()
        leases = Leases(database)
        yield State(
            database,
            Conversations(database),
            Inbox(database, leases),
            Chats(database),
            Usage(database),
            Digests(database),
            leases,
            MessageLog(database),
        )
    finally:
        await database.close()
