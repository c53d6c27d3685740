"""All that the bot itself keeps, opened together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.chats import Chats
from bot.conversations import Conversations
from bot.database import StateDatabase
from bot.digest_takeover import take_over_digests
from bot.digests import Digests
from bot.inbox import Inbox
from bot.leases import Leases
from bot.message_log import MessageLog
from bot.usage import Usage


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
async def open_state(path: Path) -> AsyncIterator[State]:
    """Opens the records in the database file at `path` and closes them behind the block.

    Raises:
        StoreError: when the file cannot be written.
    """
    database = StateDatabase(path)
    try:
        await database.prepare()
        await database.run(take_over_digests)
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
