"""The way of an update: stored, then handled in its chat's turn, different chats side by side, then ticked off."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any, TypeGuard
from weakref import WeakValueDictionary

import structlog
from telegram import Chat, Update
from telegram.ext import BaseUpdateProcessor

from bot.arrivals import Arrivals
from bot.inbox import Inbox
from bot.tracing import update_received
from index.errors import StoreError

log = structlog.get_logger(__name__)

_MAX_WAITING = 4096
_MAX_RUNNING = 64
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0  # seconds between attempts to store an update
_LOOK_AGAIN = 0.2  # seconds, while another process is at an earlier update of the same chat
_LONGEST_TURN = 300.0  # seconds; then something is wrong with it, and the others need not wait any more


class DurableQueue(asyncio.Queue[object]):
    """Takes an update only when the inbox has it, so that Telegram is told of no update that could be lost.

    The library puts each update here before it tells Telegram that it arrived, polling and webhook alike. One that is
    in the inbox already was delivered twice, or to another process on the same database, and is dropped. Inline queries
    are not kept: one comes with each letter, and an answer is of no use after a restart.
    """

    def __init__(self, inbox: Inbox, arrivals: Arrivals | None = None) -> None:
        super().__init__()
        self._inbox = inbox
        self._arrivals = arrivals

    async def put(self, item: object) -> None:
        """Stores and queues an update. One that cannot be stored is handled, and waited for until it is either."""
        if _is_kept(item):
            if self._arrivals:
                self._arrivals.note(item.update_id)
            try:
                if not await self._inbox.store(item):
                    return
            except StoreError as error:
                self._inbox.noting.failed(error)
                await self._put_unstored(item)
                return
        await super().put(item)

    async def _put_unstored(self, item: Update) -> None:
        """Telegram hears that an update arrived when it is stored after all, or handled: then it cannot be lost.

        One whose work came to nothing without the database is handled anew when it is stored.
        """
        update_id, unstored = item.update_id, self._inbox.unstored
        delivered_again = update_id in unstored
        handled = unstored.begin(update_id)
        if delivered_again:
            await handled.wait()
            return
        await super().put(item)
        wait = _FIRST_WAIT
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(handled.wait(), wait)
                return
            wait = min(2 * wait, _LONGEST_WAIT)
            with contextlib.suppress(StoreError):
                is_ours = await self._inbox.store(item)  # else another process has it
                if handled.is_set():  # ticked off before it was there
                    await self._inbox.finish(update_id)
                elif is_ours and unstored.is_left(update_id):
                    await super().put(item)
                unstored.stored(update_id)
                return

    async def put_stored(self, item: Update) -> None:
        """Queues an update that is in the inbox already."""
        await super().put(item)


class ChatOrderProcessor(BaseUpdateProcessor):
    """Handles the updates of a chat in the order they came; up to 64 chats run at once.

    Presses of buttons and /cancel wait for nothing: they are for a question of the same chat that is worked on.
    An update that was handled, well or badly, is ticked off in the inbox; one that was cancelled is not. One that
    another process has taken over, as this one seemed dead, is left to it.
    """

    __slots__ = ("_inbox", "_locks", "_running", "_tasks")

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        # The base class counts waiting updates too: bounded like the running ones, one chat could block all.
        super().__init__(_MAX_WAITING)
        self._running = asyncio.Semaphore(_MAX_RUNNING)
        # A lock lives as long as an update of its chat holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the chat's turn and handles one update."""
        request = update.update_id if isinstance(update, Update) else None
        # The id stands in each line that is logged for it.
        with update_received(), structlog.contextvars.bound_contextvars(request=request):
            await self._process(update, coroutine)

    async def _process(self, update: object, coroutine: Awaitable[Any]) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - always so in a coroutine
        self._tasks.add(task)
        try:
            await self._in_turn(update, coroutine)
        finally:
            self._tasks.discard(task)
            if asyncio.iscoroutine(coroutine):
                coroutine.close()  # no effect on one that ran; else it would warn that it never did

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handles an update behind those of its chat that came before, also of those that other processes have."""
        until = asyncio.get_running_loop().time() + _LONGEST_TURN
        while True:
            async with self._lock(update):
                if asyncio.get_running_loop().time() > until or await self._is_its_turn(update):
                    async with self._running:
                        await self._handle(update, coroutine)
                    return
            await asyncio.sleep(_LOOK_AGAIN)

    async def _is_its_turn(self, update: object) -> bool:
        chat = _waits_for(update)
        if chat is None or not _is_kept(update):
            return True
        return await self._inbox.noting(self._inbox.is_its_turn(update.update_id, chat.id)) is not False

    async def _handle(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not _is_kept(update):
            await coroutine
            return
        inbox = self._inbox
        # A note that cannot be made keeps nobody from an answer; at worst the next start looks after it again.
        begun = await inbox.noting(inbox.begin(update.update_id))
        if begun is False and update.update_id not in inbox.unstored:
            log.info("an update is another process's now, or handled")
            inbox.unstored.handled(update.update_id)
            return
        await coroutine
        if inbox.unstored.is_left(update.update_id):
            return
        await inbox.noting(inbox.finish(update.update_id))
        inbox.unstored.handled(update.update_id)

    def _lock(self, update: object) -> asyncio.Lock:
        chat = _waits_for(update)
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


def _waits_for(update: object) -> Chat | None:
    """The chat whose updates this one is in order with; None when it waits for none."""
    if not isinstance(update, Update) or update.callback_query or _is_cancel(update):
        return None
    return update.effective_chat


def _is_kept(item: object) -> TypeGuard[Update]:
    return isinstance(item, Update) and item.inline_query is None


def _is_cancel(update: Update) -> bool:
    return bool(update.message and (update.message.text or "").startswith("/cancel"))
