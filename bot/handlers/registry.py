"""All handlers, in the order they are tried."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import AskContext, BotApplication
from bot.handlers.access import gate
from bot.handlers.articles import OFFER_DATA, accept_offer, add
from bot.handlers.catchup import catch_up
from bot.handlers.conversation import start_over
from bot.handlers.digest import DIGEST_DATA, digest, turn_digest
from bot.handlers.errors import on_error
from bot.handlers.feeds import FEED_DATA, feeds, press_feed
from bot.handlers.help import show_help, start, unknown
from bot.handlers.inline import InlineQueries
from bot.handlers.membership import membership, migration
from bot.handlers.messages import message
from bot.handlers.passages import show_passage
from bot.handlers.privacy import forget, opt_in, opt_out
from bot.handlers.questions import ask
from bot.handlers.removal import REMOVAL_DATA, press_removal, remove
from bot.handlers.settings import press_setting, settings
from bot.handlers.sources import PAGE_DATA, sources, turn_page
from bot.handlers.status import status
from bot.handlers.stopping import STOP_PATTERN, cancel, stop
from bot.handlers.summary import summary
from bot.handlers.talk_log import note_message
from bot.handlers.timeline import timeline
from bot.settings_menu import PATTERN as SETTING_DATA

log = structlog.get_logger(__name__)

Handle = Callable[[Update, AskContext], Coroutine[Any, Any, None]]


def _traced(name: str, handle: Handle) -> Handle:
    """The handler, its work a trace of this name and a line in the log."""

    @wraps(handle)
    async def traced(update: Update, context: AskContext) -> None:
        began = time.monotonic()
        with context.tracing.work(name, context.update_id):
            await handle(update, context)
        chat = update.effective_chat
        log.info(f"{name} done", chat=chat and chat.id, total_ms=round((time.monotonic() - began) * 1000))

    return traced


COMMAND_HANDLERS: dict[str, Handle] = {
    "start": start,
    "help": show_help,
    "ask": ask,
    "add": add,
    "new": start_over,
    "cancel": cancel,
    "summary": _traced("summary", summary),
    "digest": _traced("digest", digest),
    "timeline": _traced("timeline", timeline),
    "catchup": _traced("catchup", catch_up),
    "feeds": feeds,
    "sources": sources,
    "remove": remove,
    "forget": forget,
    "optout": opt_out,
    "optin": opt_in,
    "settings": settings,
    "status": status,
}
_GATE_GROUP, _LOG_GROUP = -2, -1
# Edits don't count, and a forwarded "/ask …" is a post like any other.
_NEW = filters.UpdateType.MESSAGE
_TYPED = _NEW & ~filters.FORWARDED


def register(application: BotApplication) -> None:
    """Adds the handlers to the application."""
    application.add_handler(TypeHandler(Update, gate), group=_GATE_GROUP)
    for name, handle in COMMAND_HANDLERS.items():
        application.add_handler(CommandHandler(name, handle, filters=_TYPED))
    application.add_handler(MessageHandler(_TYPED & filters.COMMAND & filters.ChatType.PRIVATE, unknown))
    # A file with this caption; those of /add and /feeds are looked after by `message`.
    importing = filters.Document.ALL & filters.CaptionRegex(r"(?i)^/catchup\b")
    application.add_handler(MessageHandler(_TYPED & importing, COMMAND_HANDLERS["catchup"]))
    words = ~filters.COMMAND | filters.FORWARDED
    application.add_handler(MessageHandler(_NEW & words & ~filters.StatusUpdate.ALL, message))
    application.add_handler(MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, migration))
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(InlineQueryHandler(InlineQueries().handle))
    application.add_handler(CallbackQueryHandler(stop, pattern=STOP_PATTERN))
    application.add_handler(CallbackQueryHandler(press_setting, pattern=SETTING_DATA))
    application.add_handler(CallbackQueryHandler(turn_page, pattern=PAGE_DATA))
    application.add_handler(CallbackQueryHandler(accept_offer, pattern=rf"{OFFER_DATA}\Z"))
    application.add_handler(CallbackQueryHandler(press_feed, pattern=FEED_DATA))
    application.add_handler(CallbackQueryHandler(_traced("digest", turn_digest), pattern=DIGEST_DATA))
    application.add_handler(CallbackQueryHandler(press_removal, pattern=REMOVAL_DATA))
    application.add_handler(CallbackQueryHandler(show_passage))
    # Before the others and beside them: what is a question to the bot is part of the talk, too.
    talk = (filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE) & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(talk, note_message), group=_LOG_GROUP)
    application.add_error_handler(on_error)
