"""After a start: what was begun and not ended is taken back, and what was asked is answered after all."""

from __future__ import annotations

import structlog
from telegram import Message, Update
from telegram.error import TelegramError

from bot.context import BotApplication
from bot.inbox import Kind, Stage, Unfinished
from bot.outbox import Outbox, until_reached
from bot.traces import find_unnoted
from bot.updates import DurableQueue

log = structlog.get_logger(__name__)

_FINAL = {Kind.FINAL, Kind.APOLOGY}
_MOST_TRACES = 8  # messages that one update can have left behind unnoted


async def recover(application: BotApplication) -> None:
    """Queues the unfinished updates of the last run, oldest first.

    Of what an interrupted update left in its chat nothing stays: it will be handled anew. One whose reply had been
    delivered is only ticked off. Presses of buttons are forgotten: nobody waits for them any more.

    Raises:
        StoreError: when the inbox cannot be read.
    """
    inbox, queue = application.bot_data.state.inbox, application.update_queue
    unfinished = await inbox.unfinished()
    queued = 0
    for entry in unfinished:
        update = Update.de_json(entry.body, application.bot)
        replied = any(kind in _FINAL for _, _, kind in entry.sent)
        if replied or update.callback_query:
            await inbox.finish(entry.update_id)
            continue
        if entry.stage is Stage.STARTED:
            await _take_back(application, entry, update)
        if isinstance(queue, DurableQueue):
            await queue.put_stored(update)
            queued += 1
    if unfinished:
        log.info("updates of the last run found", queued=queued, answered=len(unfinished) - queued)


async def _take_back(application: BotApplication, entry: Unfinished, update: Update) -> None:
    """Deletes the messages that an interrupted update left: the noted ones, and those sent right before the end."""
    outbox = Outbox(application.bot, application.bot_data.state.inbox, entry.update_id)
    try:
        # Unnoted ones first: the notes tell them apart.
        if isinstance(update.message, Message):
            await _delete_unnoted(outbox, update.message)
        for chat_id, message_id, _ in entry.sent:
            await outbox.delete(chat_id, message_id)
    except TelegramError as error:
        log.warning("messages of the last run stay", reason=error.message)


async def _delete_unnoted(outbox: Outbox, message: Message) -> None:
    for _ in range(_MOST_TRACES):
        found = await until_reached(
            message.chat_id, lambda: find_unnoted(outbox.bot, outbox.inbox, message.chat_id, message.message_id)
        )
        if found is None:
            return
        await outbox.delete(message.chat_id, found)
