"""All handlers, in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler, filters

from bot.context import AskContext, BotApplication
from bot.handlers.access import gate
from bot.handlers.articles import add
from bot.handlers.errors import on_error
from bot.handlers.help import show_help, start, unknown
from bot.handlers.messages import message
from bot.handlers.passages import show_passage
from bot.handlers.questions import ask
from bot.handlers.sources import PAGE_DATA, sources, turn_page

Handle = Callable[[Update, AskContext], Coroutine[Any, Any, None]]

COMMAND_HANDLERS: dict[str, Handle] = {
    "start": start,
    "help": show_help,
    "ask": ask,
    "add": add,
    "sources": sources,
}
_GATE_GROUP = -1
# Edits don't count, and a forwarded "/ask …" is a post like any other.
_NEW = filters.UpdateType.MESSAGE
_TYPED = _NEW & ~filters.FORWARDED


def register(application: BotApplication) -> None:
    """Adds the handlers to the application."""
    application.add_handler(TypeHandler(Update, gate), group=_GATE_GROUP)
    for name, handle in COMMAND_HANDLERS.items():
        application.add_handler(CommandHandler(name, handle, filters=_TYPED))
    application.add_handler(MessageHandler(_TYPED & filters.COMMAND & filters.ChatType.PRIVATE, unknown))
    words = ~filters.COMMAND | filters.FORWARDED
    application.add_handler(MessageHandler(_NEW & words & ~filters.StatusUpdate.ALL, message))
    application.add_handler(CallbackQueryHandler(turn_page, pattern=PAGE_DATA))
    application.add_handler(CallbackQueryHandler(show_passage))
    application.add_error_handler(on_error)
