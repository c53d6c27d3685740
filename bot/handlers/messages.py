"""Messages that are no text command: what does the sender want?"""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.context import AskContext
from bot.handlers.articles import add_from, offer_to_add
from bot.handlers.feeds import feeds
from bot.handlers.questions import answer
from bot.incoming import Incoming
from bot.material import is_only_links


async def message(update: Update, context: AskContext) -> None:
    """In private: adds what is forwarded or sent as a file, offers to add a link, and answers all else.

    /add or /feeds under a file is that command. In a group words that address the bot are a question, the rest is not
    for it.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    if incoming.command == "add":
        await add_from(incoming, context)
    elif incoming.command == "feeds":
        await feeds(update, context)
    elif incoming.private and not incoming.origin and not incoming.attachment and is_only_links(incoming):
        await offer_to_add(incoming, context)
    elif incoming.private and _is_for_adding(incoming):
        hint = context.words("articles-nothing-to-read")
        await add_from(replace(incoming, reply=None), context, hint=hint)
    elif _is_question(incoming):
        await answer(incoming, context)


def _is_question(incoming: Incoming) -> bool:
    """Not a sticker in reply to the bot, and not the caption of another command."""
    if not incoming.addressed or incoming.command not in {None, "ask"}:
        return False
    return incoming.private or bool(incoming.question) or incoming.mentioned


def _is_for_adding(incoming: Incoming) -> bool:
    return bool(incoming.origin or incoming.attachment or not incoming.text)
