"""/start, /help, and a pointer for commands that do not exist."""

from __future__ import annotations

from telegram import Update

from bot.commands import COMMANDS
from bot.context import AskContext
from bot.replies import Reply
from bot.sending import send

START = (
    "I read the news for you and answer questions about it.\n"
    "Every answer shows the sentence it rests on; when the articles don't say, I say so.\n"
    "Try: How many rockets hit the embassy in Baghdad?\n\n"
    "Send me a link, a file or a forwarded post to add it. /help shows the rest."
)
HELP = "\n".join(
    [
        "Here is what I can do:",
        *(f"/{command.command} – {command.description}" for command in COMMANDS),
        "",
        "In a private chat every message is a question, and links, files and forwarded posts are added.",
        "In a group, ask with /ask, mention me, or reply to one of my messages.",
    ]
)
_UNKNOWN = "I don't know this command. /help shows what I can do."


async def start(update: Update, context: AskContext) -> None:
    """What the bot is, with a question to try."""
    await _say(update, context, START)


async def show_help(update: Update, context: AskContext) -> None:
    """All commands."""
    await _say(update, context, HELP)


async def unknown(update: Update, context: AskContext) -> None:
    """A command of this bot that does not exist; other bots' commands are none of its business."""
    if update.message and context.read(update.message).command:
        await _say(update, context, _UNKNOWN)


async def _say(update: Update, context: AskContext, text: str) -> None:
    if update.message:
        await send(context.bot, context.read(update.message).place, Reply.text(text))
