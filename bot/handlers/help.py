"""/start, /help, and a pointer for commands that do not exist."""

from __future__ import annotations

from telegram import Update

from bot.commands import commands, publish_owner_menu
from bot.context import AskContext
from bot.incoming import Incoming
from bot.replies import Reply
from bot.sending import send
from bot.words import Said, Words


def help_text(words: Words, *, private: bool, owner: bool = False) -> Said:
    """All commands of a private chat or of a group, with those of its admins, and how to ask without one."""
    listed = commands(words, private=private, admin=True, owner=owner)
    lines = [
        words("help-command", command=Said(f"/{one.command}"), description=Said(one.description)) for one in listed
    ]
    return Said("\n".join([words("help-heading"), *lines, "", words("help-private"), words("help-group")]))


async def start(update: Update, context: AskContext) -> None:
    """What the bot is, with a question to try; an owner gets the menu that could not be set before."""
    await _say(update, context, context.words("help-start"))
    if update.message and _is_owners(incoming := context.read(update.message), context):
        await publish_owner_menu(context.bot, incoming.place.chat_id)


async def show_help(update: Update, context: AskContext) -> None:
    """All commands."""
    if update.message:
        incoming = context.read(update.message)
        owner = _is_owners(incoming, context)
        await _say(update, context, help_text(context.words, private=incoming.private, owner=owner))


async def unknown(update: Update, context: AskContext) -> None:
    """A command of this bot that does not exist; other bots' commands are none of its business."""
    if update.message and context.read(update.message).command:
        await _say(update, context, context.words("help-unknown"))


def _is_owners(incoming: Incoming, context: AskContext) -> bool:
    """Whether it was written in the private chat of one of the bot's owners."""
    return incoming.private and incoming.user_id in context.settings.admin_user_ids


async def _say(update: Update, context: AskContext, text: Said) -> None:
    if update.message:
        await send(context, context.read(update.message).place, Reply.text(text))
