"""/settings: a menu that changes in place; in groups only admins may use it."""

from __future__ import annotations

from dataclasses import replace

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.context import AskContext
from bot.inbox import Kind
from bot.incoming import Place, topic_of
from bot.presses import answer_press
from bot.replies import Reply
from bot.rights import is_admin, is_by_admin
from bot.sending import send
from bot.settings_menu import Menu, Press, parse
from bot.words import words_of

log = structlog.get_logger(__name__)


async def settings(update: Update, context: AskContext) -> None:
    """/settings shows the menu.

    Raises:
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    message = update.message
    if message is None:
        return
    incoming = context.read(message)
    if incoming.private or await is_by_admin(message, context):
        reply = await _menu(context, incoming.place, private=incoming.private)
    else:
        reply = Reply.text(context.words("settings-admins-only"))
    await send(context, incoming.place, reply)


async def press_setting(update: Update, context: AskContext) -> None:
    """A button of the menu: shows the choices of a line, or sets one for the chat that the menu stands in.

    Who presses is checked each time, and nothing in the button's data is trusted.

    Raises:
        StoreError: when the choice cannot be kept.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    query = update.callback_query
    if query is None:
        return
    message = query.message
    private = message is not None and message.chat.type == ChatType.PRIVATE
    press = parse(query.data or "", private=private)
    if press is None or not isinstance(message, Message):
        await answer_press(query, context.words("settings-outdated"), alert=True)
        return
    if not private and not await is_admin(message.chat_id, query.from_user.id, context):
        await answer_press(query, context.words("settings-admins-only"), alert=True)
        return
    place = Place(message.chat_id, topic_of(message))
    saved = await _save(press, place, query, context)
    await answer_press(query, context.words(await _said_of(press, message.chat_id, context)) if saved else None)
    if saved and press.change.get("talk"):
        await _tell_group(message, context)
    reply = await _menu(context, place, private=private, press=press)
    await context.outbox.edit(place, message.message_id, reply.parts[0], reply.buttons, Kind.FINAL)


async def _save(press: Press, place: Place, query: CallbackQuery, context: AskContext) -> bool:
    """Keeps what was chosen, if anything; from then on the bot speaks accordingly."""
    change, state = press.change, context.state
    if not change or press.option is None:
        return False
    if press.option.of_digest:
        await state.digests.change(place.chat_id, place.thread_id, lambda plan: replace(plan, **change))
    else:
        context.chat_settings = await state.chats.change(place.chat_id, lambda settings: replace(settings, **change))
        context.words = words_of(context.chat_settings.language or query.from_user.language_code)
    log.info("a chat's settings changed", chat=place.chat_id, what=press.option.name)
    return True


async def _said_of(press: Press, chat_id: int, context: AskContext) -> str:
    """The line for what was chosen; where talk is no longer kept, what was kept of it goes."""
    if press.change.get("talk") is not False:
        return "settings-saved"
    count = await context.state.messages.wipe(chat_id)
    log.info("a group's log was deleted", chat=chat_id, messages=count)
    return "settings-talk-deleted"


async def _menu(context: AskContext, place: Place, *, private: bool, press: Press | None = None) -> Reply:
    """The choices that are asked for next, else the whole menu; the digest's are those of the place's topic."""
    own = context.settings
    menu = Menu(
        context.chat_settings,
        context.words,
        private,
        own.message_retention_days,
        own.article_retention_days,
        await context.state.digests.plan(place.chat_id, place.thread_id),
        place.thread_id is not None,
        own.timezone,
    )
    return menu.reply(press.asks if press else None)


async def _tell_group(message: Message, context: AskContext) -> None:
    """Says once, when it is switched on, that the talk is kept, for how long, and how to keep out of it."""
    if not await context.state.chats.first_time(message.chat_id, "talk is kept"):
        return
    own = context.chat_settings.retention_days
    days = context.settings.message_retention_days if own is None else own
    lines = [context.words("talk-hello", count=days)]
    sees_all = context.bot.can_read_all_group_messages or await is_admin(message.chat_id, context.bot.id, context)
    if not sees_all:
        lines.append(context.words("talk-hello-part"))
    await send(context, Place(message.chat_id, topic_of(message)), Reply.text(" ".join(lines)))
