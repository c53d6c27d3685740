"""Writes to the catalog and the vector index: one after another, in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class IndexWriter:
    """Runs writes; `whole` tells whether none has failed, so that the vector index needs no check at the next start."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self.whole = True

    async def run(self, work: Callable[[], _T]) -> _T:
        """Runs a write in a thread, after those before it."""
        async with self._lock:
            try:
                return await asyncio.to_thread(work)
            except BaseException:
                self.whole = False
                raise

    async def finish(self, work: Callable[[], None]) -> None:
        """Runs the last piece of work, behind all writes."""
        async with self._lock:
            await asyncio.to_thread(work)
