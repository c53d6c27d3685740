"""The order in which updates are handled: one chat's in turn, different chats' side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_MAX_WAITING = 4096
_MAX_RUNNING = 64


class ChatOrderProcessor(BaseUpdateProcessor):
    """Handles the updates of a chat in the order they came; up to 64 chats run at once.

    Presses of buttons wait for nothing: they are answered while a question of the same chat is worked on.
    """

    __slots__ = ("_locks", "_running", "_tasks")

    def __init__(self) -> None:
        # The base class counts waiting updates too: bounded like the running ones, one chat could block all.
        super().__init__(_MAX_WAITING)
        self._running = asyncio.Semaphore(_MAX_RUNNING)
        # A lock lives as long as an update of its chat holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's turn and handles one update."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - always so in a coroutine
        self._tasks.add(task)
        try:
            async with self._lock(update), self._running:
                await coroutine
        finally:
            self._tasks.discard(task)
            if asyncio.iscoroutine(coroutine):
                coroutine.close()  # no effect on one that ran; else it would warn that it never did

    def _lock(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) and not update.callback_query else None
        if chat is None:
            return asyncio.Lock()
        return self._locks.setdefault(chat.id, asyncio.Lock())

    async def cancel_all(self) -> int:
        """Cancels what is still being handled and returns how many updates that were."""
        tasks = [task for task in self._tasks if not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(tasks)

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Leaves no task behind."""
        await self.cancel_all()
