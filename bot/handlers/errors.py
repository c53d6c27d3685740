"""When a handler fails, the user gets one short line and the log what is needed to find the cause."""

from __future__ import annotations

import secrets

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.error import Forbidden, TelegramError, TimedOut

from bot.context import AskContext
from bot.logs import frames_of
from bot.replies import Reply
from bot.sending import send
from index.errors import NewsIndexError

log = structlog.get_logger(__name__)

_APOLOGY = "Sorry, something went wrong on my side. If it happens again, tell my owner this number: {reference}"
_MAX_ALERT = 200


async def on_error(update: object, context: AskContext) -> None:
    """Tells the user what an index error says, or apologises with a reference that the log has too."""
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):
        log.info("reply not delivered", reason=error.message)
        return
    if isinstance(error, NewsIndexError):
        log.info("not done", error=type(error).__name__, cause=type(error.__cause__).__name__)
        text = str(error)
    else:
        reference = secrets.token_hex(4)
        log.error("handler failed", reference=reference, exception=frames_of(error))
        # The texts of errors may quote messages.
        log.debug("the error's own words", reference=reference, error=str(error))
        text = _APOLOGY.format(reference=reference)
    # What timed out has most likely arrived, and a second reply would only confuse.
    if isinstance(update, Update) and not isinstance(error, TimedOut):
        await _tell(update, context, text)


async def _tell(update: Update, context: AskContext, text: str) -> None:
    try:
        if isinstance(update.callback_query, CallbackQuery):
            await update.callback_query.answer(text[:_MAX_ALERT], show_alert=True)
        elif isinstance(update.message, Message):
            await send(context.bot, context.read(update.message).place, Reply.text(text))
    except TelegramError as error:
        log.warning("error not reported to the user", reason=error.message)
