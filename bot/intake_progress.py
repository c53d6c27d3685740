"""What a chat sees while many articles are taken in: one message that counts, and becomes the report."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog
from telegram.error import TelegramError

from bot.inbox import Kind
from bot.incoming import Place
from bot.outbox import Outbox
from bot.replies import Reply
from bot.words import Words

log = structlog.get_logger(__name__)

FEW = 5  # so many need no counting
EVERY = 3.0  # seconds between changes of the message


@dataclass(slots=True)
class CountingMessage:
    """A message such as "Reading: 40 of 200 articles", changed every few seconds."""

    outbox: Outbox
    place: Place
    words: Words
    total: int
    done: int = 0
    message_id: int | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def count(self, _: object = None) -> None:
        """One more is saved."""
        self.done += 1

    async def run(self) -> None:
        """Shows the count until it is over; a failure to show it is no failure."""
        try:
            shown = -1
            while not self.over.is_set():
                if self.done != shown:
                    shown = self.done
                    await self._show(Reply.text(self.words("articles-reading", done=shown, total=self.total)))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.over.wait(), EVERY)
        except TelegramError as error:
            log.info("progress not shown", chat=self.place.chat_id, reason=error.message)

    async def finish(self, reply: Reply) -> None:
        """The report takes the message's place, or comes by itself."""
        if self.message_id is not None and len(reply.parts) == 1:
            part = reply.parts[0]
            if await self.outbox.edit(self.place, self.message_id, part, reply.buttons, Kind.FINAL):
                return
        await self.outbox.send(self.place, reply)
        if self.message_id is not None:
            await self.outbox.delete(self.place.chat_id, self.message_id)

    async def _show(self, reply: Reply) -> None:
        if self.message_id is not None:
            await self.outbox.edit(self.place, self.message_id, reply.parts[0], None, Kind.PASSING)
        elif ids := await self.outbox.send(self.place, reply, Kind.PASSING):
            self.message_id = ids[-1]


@contextlib.asynccontextmanager
async def counted(outbox: Outbox, place: Place, words: Words, total: int) -> AsyncIterator[CountingMessage]:
    """Shows how far the block is with its `total` articles, when they are more than a few."""
    message = CountingMessage(outbox, place, words, total)
    task = asyncio.create_task(message.run(), name="count") if total > FEW else None
    try:
        yield message
    finally:
        if task:
            message.over.set()
            await asyncio.gather(task, return_exceptions=True)
