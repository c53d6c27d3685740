"""What a process that ended left unfinished is taken back, and what was asked is answered after all.

That is done at a start, and by those who share a database again and again, for the others among them that have died.
"""

from __future__ import annotations

import asyncio

import structlog
from telegram import Message, Update
from telegram.error import TelegramError

from bot.context import BotApplication
from bot.inbox import Kind, Stage, Unfinished
from bot.outbox import Outbox, until_reached
from bot.traces import find_unnoted
from bot.updates import DurableQueue
from index.errors import StoreError

log = structlog.get_logger(__name__)

_EVERY = 6.0  # seconds between looks for what dead processes left
_FINAL = {Kind.FINAL, Kind.APOLOGY}
_MOST_TRACES = 8  # messages that one update can have left behind unnoted
# Another living process notes what it sends within this time (in seconds), or it has failed.
_NOTED_WITHIN = 3.0


async def recover(application: BotApplication, *, alone: bool = True) -> None:
    """Takes over the unfinished updates of processes that have ended, and queues them, oldest first.

    Of what an interrupted update left in its chat nothing stays: it will be handled anew. One whose reply had been
    delivered is only ticked off. Presses of buttons are forgotten: nobody waits for them any more. With `alone` no
    other process can be on this database, so that none of the others is alive; else a lease tells.

    Raises:
        StoreError: when the inbox cannot be read.
    """
    inbox, queue = application.bot_data.state.inbox, application.update_queue
    unfinished = await inbox.take_over(everything=alone)
    queued = 0
    for entry in unfinished:
        update = Update.de_json(entry.body, application.bot)
        replied = any(kind in _FINAL for _, _, kind in entry.sent)
        if replied or update.callback_query:
            await inbox.finish(entry.update_id)
            continue
        if entry.stage is Stage.STARTED:
            await _take_back(application, entry, update, alone=alone)
        if isinstance(queue, DurableQueue):
            await queue.put_stored(update)
            queued += 1
    if unfinished:
        log.info("unfinished updates found", queued=queued, answered=len(unfinished) - queued)


async def recover_regularly(application: BotApplication) -> None:
    """Goes on to take over what processes on the same database leave when they die, until cancelled."""
    while True:
        await asyncio.sleep(_EVERY)
        try:
            await recover(application, alone=False)
        except (StoreError, TelegramError) as error:
            log.warning("cannot look after what others left, trying again", reason=type(error).__name__)


async def _take_back(application: BotApplication, entry: Unfinished, update: Update, *, alone: bool) -> None:
    """Deletes the messages that an interrupted update left: the noted ones, and those sent right before the end."""
    outbox = Outbox(application.bot, application.bot_data.state.inbox, entry.update_id)
    try:
        # Unnoted ones first: the notes tell them apart.
        if isinstance(update.message, Message):
            await _delete_unnoted(outbox, update.message, alone=alone)
        for chat_id, message_id, _ in entry.sent:
            await outbox.delete(chat_id, message_id)
    except TelegramError as error:
        log.warning("messages of an interrupted update stay", reason=error.message)


async def _delete_unnoted(outbox: Outbox, message: Message, *, alone: bool) -> None:
    chat_id, inbox = message.chat_id, outbox.inbox
    for _ in range(_MOST_TRACES):
        async with inbox.sending(chat_id):
            found = await until_reached(chat_id, lambda: find_unnoted(outbox.bot, inbox, chat_id, message.message_id))
        if found is None:
            return
        if not alone:
            await asyncio.sleep(_NOTED_WITHIN)
        if alone or found not in await inbox.noted(chat_id, found - 1):
            await outbox.delete(chat_id, found)
