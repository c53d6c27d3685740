"""All handlers, in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

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
from bot.handlers.articles import add
from bot.handlers.conversation import start_over
from bot.handlers.errors import on_error
from bot.handlers.help import show_help, start, unknown
from bot.handlers.inline import InlineQueries
from bot.handlers.membership import membership, migration
from bot.handlers.messages import message
from bot.handlers.passages import show_passage
from bot.handlers.questions import ask
from bot.handlers.settings import press_setting, settings
from bot.handlers.sources import PAGE_DATA, sources, turn_page
from bot.handlers.stopping import STOP_PATTERN, cancel, stop
from bot.settings_menu import PATTERN as SETTING_DATA

Handle = Callable[[Update, AskContext], Coroutine[Any, Any, None]]

COMMAND_HANDLERS: dict[str, Handle] = {
    "start": start,
    "help": show_help,
    "ask": ask,
    "add": add,
    "new": start_over,
    "cancel": cancel,
    "sources": sources,
    "settings": settings,
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
    application.add_handler(MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, migration))
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(InlineQueryHandler(InlineQueries().handle))
    application.add_handler(CallbackQueryHandler(stop, pattern=STOP_PATTERN))
    application.add_handler(CallbackQueryHandler(press_setting, pattern=SETTING_DATA))
    application.add_handler(CallbackQueryHandler(turn_page, pattern=PAGE_DATA))
    application.add_handler(CallbackQueryHandler(show_passage))
    application.add_error_handler(on_error)
