"""Makes the bot's own tables in a database that a backup is restored into."""

from __future__ import annotations

import asyncio

import bot.problems  # noqa: F401 – its table is one of them
from bot.state import open_state
from index.database import DatabasePlace


def prepare_tables(place: DatabasePlace) -> None:
    """Makes the tables at a place, or brings those of an earlier version up. Blocking.

    Raises:
        StoreError: when the database cannot be reached or written.
    """

    async def prepare() -> None:
        async with open_state(place):
            pass

    asyncio.run(prepare())
