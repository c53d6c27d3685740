"""Replying to the update at hand, and showing that the bot is at work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.context import AskContext
from bot.incoming import Place
from bot.replies import Reply

_TYPING_EVERY = 4.0  # seconds; Telegram shows the action for five


async def send(context: AskContext, place: Place, reply: Reply) -> list[int]:
    """Sends the messages of a reply in order; their ids, none when the chat takes none (blocked, kicked, closed).

    Raises:
        TelegramError: when Telegram refuses for another reason.
    """
    return await context.outbox.send(place, reply)


@contextlib.asynccontextmanager
async def typing(context: AskContext, place: Place) -> AsyncIterator[None]:
    """Shows "typing" in the chat for as long as the block runs; a failure to show it is no failure."""
    task = asyncio.create_task(_keep_typing(context, place), name="typing")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_typing(context: AskContext, place: Place) -> None:
    while True:
        with contextlib.suppress(TelegramError):
            await context.bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)
        await asyncio.sleep(_TYPING_EVERY)
