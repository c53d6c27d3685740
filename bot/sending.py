"""Delivering a reply: in its topic, as plain text if the HTML is refused, quietly if nobody can get it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.incoming import Place
from bot.replies import Part, Reply

log = structlog.get_logger(__name__)

_TYPING_EVERY = 4.0  # seconds; Telegram shows the action for five
_NETWORK_WAITS = (1.0, 2.0, 4.0)  # seconds
_NOT_HTML = ("can't parse entities", "entities too long", "entity_")
# Texts of BadRequest that mean that this chat or topic takes no message from the bot.
_CLOSED = (
    "topic_closed",
    "topic_deleted",
    "message thread not found",
    "chat not found",
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "need administrator rights",
    "group chat was deactivated",
)


async def send(bot: ExtBot[Any], place: Place, reply: Reply) -> bool:
    """Sends the messages of a reply in order; False when the chat takes none (blocked, kicked, closed).

    Raises:
        TelegramError: when Telegram cannot be reached or refuses for another reason.
    """
    for number, part in enumerate(reply.parts):
        first, last = number == 0, number == len(reply.parts) - 1
        to = place if first else Place(place.chat_id, place.thread_id)
        try:
            place = await _send_part(bot, to, part, reply.buttons if last else None)
        except Forbidden as error:
            log.info("reply not delivered", chat=place.chat_id, reason=error.message)
            return False
        except BadRequest as error:
            if not _matches(error, _CLOSED):
                raise
            log.info("reply not delivered", chat=place.chat_id, reason=error.message)
            return False
    return True


async def _send_part(bot: ExtBot[Any], place: Place, part: Part, buttons: InlineKeyboardMarkup | None) -> Place:
    """Sends one message and returns the place for the next one."""
    try:
        await _send_text(bot, place, part.html, ParseMode.HTML, buttons)
    except ChatMigrated as error:
        place = Place(error.new_chat_id)
        await _send_text(bot, place, part.html, ParseMode.HTML, buttons)
    except BadRequest as error:
        if not _matches(error, _NOT_HTML):
            raise
        log.warning("HTML refused, sent as plain text", chat=place.chat_id)
        await _send_text(bot, place, part.plain, None, buttons)
    return place


async def _send_text(
    bot: ExtBot[Any], place: Place, text: str, mode: ParseMode | None, buttons: InlineKeyboardMarkup | None
) -> None:
    reply_to = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
    for wait in (*_NETWORK_WAITS, None):
        try:
            await bot.send_message(
                place.chat_id,
                text,
                parse_mode=mode,
                message_thread_id=place.thread_id,
                reply_parameters=reply_to,
                reply_markup=buttons,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except (BadRequest, TimedOut):
            raise  # refused, or most likely delivered
        except NetworkError:
            if wait is None:
                raise
            log.info("Telegram not reached, trying again", chat=place.chat_id, wait_s=wait)
            await asyncio.sleep(wait)
        else:
            return


def _matches(error: TelegramError, texts: tuple[str, ...]) -> bool:
    message = error.message.casefold()
    return any(text in message for text in texts)


@contextlib.asynccontextmanager
async def typing(bot: ExtBot[Any], place: Place) -> AsyncIterator[None]:
    """Shows "typing" in the chat for as long as the block runs; a failure to show it is no failure."""
    task = asyncio.create_task(_keep_typing(bot, place), name="typing")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_typing(bot: ExtBot[Any], place: Place) -> None:
    while True:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)
        await asyncio.sleep(_TYPING_EVERY)
