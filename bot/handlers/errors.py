"""When a handler fails, the user gets one short line and the log what is needed to find the cause."""

from __future__ import annotations

import secrets

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.error import Forbidden, TelegramError, TimedOut

from bot.context import AskContext
from bot.handlers.access import learn_chat
from bot.logs import frames_of
from bot.replies import Reply
from bot.richtext import one_line
from bot.sending import send
from bot.words import DEFAULT, Words, words_of
from index.errors import (
    FeedFileError,
    FetchError,
    ForbiddenAddressError,
    NewsIndexError,
    ProviderError,
    QuestionError,
    SourceError,
    StoreError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)

log = structlog.get_logger(__name__)

_MAX_ALERT = 200
# What is said of an error, by its class or the nearest one above it.
_LINES: dict[type, str] = {
    NewsIndexError: "errors-any",
    SourceError: "errors-source",
    UnreadableError: "errors-unreadable",
    UnsupportedError: "errors-unsupported",
    FeedFileError: "errors-feed-file",
    TooLargeError: "errors-too-large",
    FetchError: "errors-fetch",
    ForbiddenAddressError: "errors-forbidden-address",
    QuestionError: "errors-question",
    ProviderError: "errors-provider",
    StoreError: "errors-store",
}


def error_line(error: NewsIndexError, words: Words) -> str:
    """What an error says in the reader's language; in English its own line, which is more exact."""
    if words.code == DEFAULT:
        return one_line(str(error))
    return words(next(_LINES[kind] for kind in type(error).__mro__ if kind in _LINES))


async def on_error(update: object, context: AskContext) -> None:
    """Tells the user what an index error says, or apologises with a reference that the log has too."""
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):
        log.info("reply not delivered", reason=error.message)
        return
    if isinstance(update, Update):
        await _learn_language(update, context)
    if isinstance(error, NewsIndexError):
        log.info("not done", error=type(error).__name__, cause=type(error.__cause__).__name__)
        text = error_line(error, context.words)
        if isinstance(error, StoreError) and await _is_left(update, context):
            text = context.words("errors-store-later")
    else:
        reference = secrets.token_hex(4)
        log.error("handler failed", reference=reference, exception=frames_of(error))
        # The texts of errors may quote messages.
        log.debug("the error's own words", reference=reference, error=str(error))
        text = context.words("errors-apology", reference=reference)
    # What timed out has most likely arrived, and a second reply would only confuse.
    if isinstance(update, Update) and not isinstance(error, TimedOut):
        await _tell(update, context, text)


async def _is_left(update: object, context: AskContext) -> bool:
    """Whether Telegram keeps the update until the database is back; a press is of no use then.

    While it can be read, as on a full disk, others are answered, and must not wait behind this one.
    """
    inbox = context.state.inbox
    if not isinstance(update, Update) or update.callback_query or update.update_id not in inbox.unstored:
        return False
    try:
        await inbox.depth()
    except StoreError:
        return inbox.unstored.leave(update.update_id)
    return False


async def _learn_language(update: Update, context: AskContext) -> None:
    """The library makes a new context for an error, without what was set for the update."""
    try:
        await learn_chat(update, context)
    except StoreError:
        user = update.effective_user
        context.words = words_of(user.language_code if user else None)


async def _tell(update: Update, context: AskContext, text: str) -> None:
    try:
        if isinstance(update.callback_query, CallbackQuery):
            await update.callback_query.answer(text[:_MAX_ALERT], show_alert=True)
        elif isinstance(update.message, Message):
            await send(context, context.read(update.message).place, Reply.text(text))
    except TelegramError as error:
        log.warning("error not reported to the user", reason=error.message)
