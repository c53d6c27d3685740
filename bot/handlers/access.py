"""The first handler of every update: who may use the bot, and in which language and manner it answers."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import structlog
from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ApplicationHandlerStop

from bot.context import AskContext
from bot.replies import Reply
from bot.sending import send
from bot.settings import Settings
from bot.words import words_of

log = structlog.get_logger(__name__)


def is_allowed(settings: Settings, chat_id: int, user_id: int | None, *, private: bool) -> bool:
    """Whether this user may use the bot in this chat.

    In private the user must be on the list of users. A group that is on the list of groups is open to all its
    members; where all groups are allowed (`*`), the list of users decides there too. Admins always may.
    """
    users, groups = settings.allowed_telegram_user_ids, settings.allowed_telegram_group_ids
    if user_id in settings.admin_user_ids:
        return True
    if not private and groups is not None:
        return chat_id in groups
    return users is None or user_id in users


async def gate(update: Update, context: AskContext) -> None:
    """Stops the updates of strangers, and sets `chat_settings` and `words` for all others.

    What tells where the bot is, such as that it was removed, passes whoever did it. A failure stops the update, too:
    the library would go on with the next handlers.

    Raises:
        ApplicationHandlerStop: when the update is a stranger's, or cannot be judged.
    """
    try:
        admitted = _tells_where_the_bot_is(update) or await is_admitted(update, context)
        await (learn_chat if admitted else _turn_away)(update, context)
    except Exception as error:
        await context.application.process_error(update if _waits_for_a_reply(update, context) else None, error)
        raise ApplicationHandlerStop from error
    if not admitted:
        raise ApplicationHandlerStop


async def is_admitted(update: Update, context: AskContext) -> bool:
    """Whether the sender may use the bot where the update comes from.

    A supergroup is let in under the id that it had as a group.

    Raises:
        StoreError: when the records cannot be read.
    """
    chat, user, settings = update.effective_chat, update.effective_user, context.settings
    private = chat is None or chat.type == ChatType.PRIVATE
    if is_allowed(settings, chat.id if chat else 0, user.id if user else None, private=private):
        return True
    if chat is None or private or settings.allowed_telegram_group_ids is None:
        return False
    return await context.state.chats.former_id(chat.id) in settings.allowed_telegram_group_ids


async def learn_chat(update: Update, context: AskContext) -> None:
    """Sets the chat's settings and the language: the chat's own, else that of the person.

    An inline query is under the settings of the person's private chat.

    Raises:
        StoreError: when the records cannot be read.
    """
    user = update.effective_user
    if place := update.effective_chat or user:
        heard_at = update.message.date if update.message else None
        context.chat_settings = await context.state.chats.settings(place.id, heard_at=heard_at)
    context.words = words_of(context.chat_settings.language or (user.language_code if user else None))


def _tells_where_the_bot_is(update: Update) -> bool:
    message = update.message
    return bool(update.my_chat_member or (message and (message.migrate_to_chat_id or message.migrate_from_chat_id)))


def _waits_for_a_reply(update: Update, context: AskContext) -> bool:
    """In a group, most messages are for somebody else."""
    return update.message is None or context.read(update.message).addressed


async def _turn_away(update: Update, context: AskContext) -> None:
    """Without a word in groups, with one line a day in private; a pressed button only stops to blink."""
    chat, user, message = update.effective_chat, update.effective_user, update.message
    log.info("update of a stranger ignored", chat=chat.id if chat else None)
    if update.callback_query:
        with contextlib.suppress(BadRequest):  # too late
            await update.callback_query.answer()
    elif user and message and message.chat.type == ChatType.PRIVATE:
        now, timezone = datetime.now(UTC), context.settings.timezone
        if await context.state.usage.first_today(f"stranger:{user.id}", now, timezone):
            line = words_of(user.language_code)("access-private-bot", id=str(user.id))
            await send(context, context.read(message).place, Reply.text(line))
