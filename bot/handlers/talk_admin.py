"""What a group's admins do with the log of its talk: take it home, wipe it, fill it from Telegram's own export."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import wraps

import structlog
from telegram import Message
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.context import AskContext
from bot.handlers.articles import NotDeliveredError, download
from bot.handlers.errors import error_line
from bot.inbox import Kind
from bot.incoming import Incoming
from bot.outbox import until_reached
from bot.replies import Reply
from bot.rights import may_change
from bot.sending import send, typing
from bot.talk_export import talk_files
from index.errors import SourceError
from index.summaries.types import ChatMessage

log = structlog.get_logger(__name__)

Command = Callable[[Message, Incoming, AskContext], Awaitable[Reply]]
_MOST_LOOKED_AT = 200  # people of an export of whom Telegram is asked whether they are bots


def _for_admins(command: Command) -> Callable[[Message, Incoming, AskContext], Awaitable[None]]:
    """Does it when an admin asks for it, and says what came of it."""

    @wraps(command)
    async def checked(message: Message, incoming: Incoming, context: AskContext) -> None:
        if await may_change(incoming, context):
            reply = await command(message, incoming, context)
        else:
            reply = Reply.text(context.words("talk-admins-only"))
        await send(context, incoming.place, reply)

    return checked


@_for_admins
async def export_log(message: Message, incoming: Incoming, context: AskContext) -> Reply:
    """/catchup export: the log as JSON lines, to the admin in private."""
    chat_id, user = incoming.place.chat_id, message.from_user
    if not await context.state.messages.count(chat_id):
        return Reply.text(context.words("talk-log-empty"))
    if user is None or message.sender_chat is not None:
        return Reply.text(context.words("talk-start-me"))
    caption = context.words("talk-exported", group=message.chat.title or "?")
    async for name, data in talk_files(context.state.messages, chat_id):
        if not await _hand_over(user.id, name, data, str(caption), context):
            return Reply.text(context.words("talk-start-me"))
    log.info("a group's log was exported", chat=chat_id)
    return Reply.text(context.words("talk-in-private"))


@_for_admins
async def wipe_log(_: Message, incoming: Incoming, context: AskContext) -> Reply:
    """/catchup wipe: deletes the whole log of the group."""
    count = await context.state.messages.wipe(incoming.place.chat_id)
    log.info("a group's log was deleted", chat=incoming.place.chat_id, messages=count)
    return Reply.text(context.words("talk-wiped", count=count))


@_for_admins
async def import_log(message: Message, incoming: Incoming, context: AskContext) -> Reply:
    """/catchup import: what was said before, from Telegram's own export of this chat."""
    words, chat_id = context.words, incoming.place.chat_id
    attachment = incoming.attachment or (incoming.reply.attachment if incoming.reply else None)
    if not context.chat_settings.talk:
        return Reply.text(words("talk-off"))
    if attachment is None:
        return Reply.text(words("talk-import-how"))
    former = await context.state.chats.former_id(chat_id)
    async with typing(context, incoming.place):
        try:
            data = await download(attachment, context)
            talk = await context.reader.talk(data, attachment.name, [chat_id, former] if former else [chat_id])
        except NotDeliveredError as error:
            return Reply.text(str(error))
        except SourceError as error:
            return Reply.text(error_line(error, words))
        if not talk.found:
            return Reply.text(words("talk-import-other"))
        count = await _keep(talk.messages, message, context)
    log.info("talk was imported", chat=chat_id, messages=count)
    return Reply.text(words("talk-imported", count=count))


async def _keep(said: Collection[ChatMessage], message: Message, context: AskContext) -> int:
    """Keeps what is not too old and not by a bot; how many messages."""
    chat_id, own = message.chat_id, context.chat_settings.retention_days
    days = context.settings.message_retention_days if own is None else own
    since = datetime.now(UTC) - timedelta(days=days)
    recent = [one for one in said if since <= one.at <= message.date]
    bots = await _bots_among(recent, chat_id, context)
    return await context.state.messages.store_older(chat_id, [one for one in recent if one.author_id not in bots])


async def _bots_among(said: Collection[ChatMessage], chat_id: int, context: AskContext) -> set[int]:
    """The writers that are bots: an export does not tell, so Telegram is asked."""
    people = list(dict.fromkeys(one.author_id for one in said if one.author_id > 0))[:_MOST_LOOKED_AT]
    bots = {context.bot.id}
    for person in people:
        try:
            member = await context.bot.get_chat_member(chat_id, person)
        except TelegramError as error:
            log.debug("not known whether a bot", chat=chat_id, reason=error.message)
        else:
            bots |= {person} if member.user.is_bot else set()
    return bots


async def _hand_over(user_id: int, name: str, data: bytes, caption: str, context: AskContext) -> bool:
    """Sends a file to a person in private; False when the chat takes none."""

    async def give() -> Message:
        return await context.bot.send_document(user_id, data, filename=name, caption=caption)

    inbox = context.state.inbox
    async with inbox.sending(user_id):
        try:
            sent = await until_reached(user_id, give)
        except (BadRequest, Forbidden) as error:
            log.info("file not delivered", chat=user_id, reason=error.message)
            return False
        await inbox.note_sent(user_id, sent.message_id, context.update_id or None, Kind.PART)
    return True


ADMIN_COMMANDS: Mapping[str, Callable[[Message, Incoming, AskContext], Awaitable[None]]] = {
    "export": export_log,
    "wipe": wipe_log,
    "import": import_log,
}
