"""/start, /help, and a pointer for commands that do not exist."""

from __future__ import annotations

from telegram import Update

from bot.commands import commands
from bot.context import AskContext
from bot.replies import Reply
from bot.sending import send
from bot.words import Said, Words


def help_text(words: Words, *, private: bool) -> Said:
    """All commands of a private chat or of a group, with those of its admins, and how to ask without one."""
    listed = commands(words, private=private, admin=True)
    lines = [
        words("help-command", command=Said(f"/{one.command}"), description=Said(one.description)) for one in listed
    ]
    return Said("\n".join([words("help-heading"), *lines, "", words("help-private"), words("help-group")]))


async def start(update: Update, context: AskContext) -> None:
    """What the bot is, with a question to try."""
    await _say(update, context, context.words("help-start"))


async def show_help(update: Update, context: AskContext) -> None:
    """All commands."""
    if update.message:
        await _say(update, context, help_text(context.words, private=context.read(update.message).private))


async def unknown(update: Update, context: AskContext) -> None:
    """A command of this bot that does not exist; other bots' commands are none of its business."""
    if update.message and context.read(update.message).command:
        await _say(update, context, context.words("help-unknown"))


async def _say(update: Update, context: AskContext, text: Said) -> None:
    if update.message:
        await send(context, context.read(update.message).place, Reply.text(text))
