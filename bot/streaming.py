"""What a chat sees while an answer is being written: a draft in private chats, an edited message in groups.

Only text that was checked is shown, and the reply takes its place in the end. When showing fails, the reply is sent
all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Protocol

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import RetryAfter, TelegramError

from bot.inbox import Kind
from bot.incoming import Place
from bot.outbox import Outbox
from bot.ratelimit import ONCE
from bot.replies import Reply
from bot.richtext import MAX_UNITS, cleaned
from bot.words import Words
from index.types import Progress

log = structlog.get_logger(__name__)

STOP_DATA = "stop:"
DRAFT_AFTER, DRAFT_EVERY = 0.4, 0.7  # seconds
MESSAGE_AFTER, MESSAGE_EVERY = 1.5, 2.0
_SLOWER = 2.0  # after a 429
_SHOWN = (MAX_UNITS - 2) // 2  # characters of at most two UTF-16 units, and an ellipsis


class Stream(Protocol):
    """Shows progress until the reply takes its place."""

    def show(self, progress: Progress) -> None:
        """Takes news of how far the answer is; called on the event loop."""
        ...

    async def finish(self, reply: Reply) -> list[int]:
        """Delivers the reply; the ids of its messages.

        Raises:
            TelegramError: as `Outbox.send`.
        """
        ...

    async def abandon(self) -> None:
        """Takes back what is shown: there will be no reply."""
        ...


class _Pace:
    """The newest text to show, and how often it may change."""

    def __init__(self, words: Words, every: float) -> None:
        self._words = words
        self.every = every
        self.text = ""
        self.changed = asyncio.Event()

    def take(self, progress: Progress) -> None:
        text = f"{cleaned(progress.text)[:_SHOWN]} …" if progress.text else self._words(f"stage-{progress.stage}")
        if text != self.text:
            self.text = text
            self.changed.set()

    async def next(self) -> str:
        await self.changed.wait()
        self.changed.clear()
        return self.text

    async def slow_down(self, error: RetryAfter) -> None:
        self.every *= _SLOWER
        after = error.retry_after
        await asyncio.sleep(after if isinstance(after, int | float) else after.total_seconds())


class DraftStream:
    """A draft in a private chat (`sendMessageDraft`), which vanishes when the reply comes."""

    def __init__(self, outbox: Outbox, place: Place, words: Words) -> None:
        self._outbox, self._place = outbox, place
        self._pace = _Pace(words, DRAFT_EVERY)

    def show(self, progress: Progress) -> None:
        """Takes news of how far the answer is."""
        self._pace.take(progress)

    async def run(self) -> None:
        """Shows drafts until cancelled, or until Telegram takes none."""
        await asyncio.sleep(DRAFT_AFTER)
        draft_id = (self._outbox.update_id or 0) % (2**31 - 1) + 1
        with contextlib.suppress(TelegramError):
            while True:
                text = await self._pace.next()
                try:
                    await self._outbox.bot.send_message_draft(
                        self._place.chat_id, draft_id, text, message_thread_id=self._place.thread_id
                    )
                except RetryAfter as error:
                    await self._pace.slow_down(error)
                await asyncio.sleep(self._pace.every)

    async def finish(self, reply: Reply) -> list[int]:
        """Sends the reply."""
        return await self._outbox.send(self._place, reply)

    async def abandon(self) -> None:
        """Nothing to do: a draft fades by itself."""


class MessageStream:
    """A message in a group that says how far the answer is, with a button to stop; it becomes the reply."""

    def __init__(self, outbox: Outbox, place: Place, words: Words) -> None:
        self._outbox, self._place = outbox, place
        self._pace = _Pace(words, MESSAGE_EVERY)
        stop = InlineKeyboardButton(words("stop-button"), callback_data=f"{STOP_DATA}{outbox.update_id}")
        self._buttons = InlineKeyboardMarkup([[stop]])
        self._message_id: int | None = None
        self._busy = asyncio.Lock()
        self._finished = False

    def show(self, progress: Progress) -> None:
        """Takes news of how far the answer is."""
        self._pace.take(progress)

    async def run(self) -> None:
        """Sends the message when the answer takes its time, and changes it until cancelled."""
        await asyncio.sleep(MESSAGE_AFTER)
        with contextlib.suppress(TelegramError):
            while True:
                text = await self._pace.next()
                try:
                    # The lock is also the sign that nothing is under way when the reply comes.
                    async with self._busy:
                        if self._finished:
                            return
                        await self._show(text)
                except RetryAfter as error:
                    await self._pace.slow_down(error)
                await asyncio.sleep(self._pace.every)

    async def finish(self, reply: Reply) -> list[int]:
        """Turns the message into the reply, or sends the reply when there is none."""
        async with self._busy:
            self._finished = True
        if self._message_id is None:
            return await self._outbox.send(self._place, reply)
        first, *more = reply.parts
        kind = Kind.PART if more else Kind.FINAL
        buttons = None if more else reply.buttons
        if not await self._outbox.edit(self._place, self._message_id, first, buttons, kind):
            return await self._outbox.send(self._place, reply)
        rest = Reply(tuple(more), reply.buttons)
        behind = Place(self._place.chat_id, self._place.thread_id)
        return [self._message_id, *(await self._outbox.send(behind, rest) if more else [])]

    async def abandon(self) -> None:
        """Deletes the message."""
        async with self._busy:
            self._finished = True
        if self._message_id is not None:
            await self._outbox.delete(self._place.chat_id, self._message_id)

    async def _show(self, text: str) -> None:
        if self._message_id is None:
            reply = Reply(Reply.text(text).parts, self._buttons)
            sent = await self._outbox.send(self._place, reply, Kind.PASSING)
            self._message_id = sent[0] if sent else None
            return
        await self._outbox.bot.edit_message_text(
            text, self._place.chat_id, self._message_id, reply_markup=self._buttons, rate_limit_args=ONCE
        )


@contextlib.asynccontextmanager
async def streaming(outbox: Outbox, place: Place, words: Words, *, private: bool) -> AsyncIterator[Stream]:
    """A stream for one question; what it shows by itself ends with the block."""
    stream = DraftStream(outbox, place, words) if private else MessageStream(outbox, place, words)
    task = asyncio.create_task(stream.run(), name="stream")
    try:
        yield stream
    except Exception:
        await stream.abandon()
        raise
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
