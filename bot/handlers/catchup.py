"""/catchup: what a group talked about since the reader was last there, by topic of conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Message, Update
from telegram.constants import ChatType

from bot.catchup_request import CatchUp, parse_catch_up
from bot.context import AskContext, visible_scopes
from bot.handlers.talk_admin import ADMIN_COMMANDS
from bot.incoming import Incoming, Place
from bot.replies import Reply
from bot.rights import is_admin
from bot.sending import send, typing
from bot.talk_messages import author_of
from bot.talk_replies import MessageLinks, talk_reply
from index.summaries.types import ChatMessage

log = structlog.get_logger(__name__)

_FIRST_TIME = timedelta(days=1)


async def catch_up(update: Update, context: AskContext) -> None:
    """/catchup, or /catchup 200, 3h or today; the answer comes in private when the reader has started the bot.

    For admins, /catchup export, wipe and import.

    Raises:
        StoreError: when the records fail.
        ProviderError: when the embedder fails.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    message = update.message
    if message is None or (incoming := context.read(message)).command != "catchup":
        return
    words = context.words
    place, asked = incoming.place, incoming.question.strip().casefold()
    if message.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
        await send(context, place, Reply.text(words("talk-only-groups")))
    elif asked in ADMIN_COMMANDS:
        await ADMIN_COMMANDS[asked](message, incoming, context)
    elif not context.chat_settings.talk:
        await send(context, place, Reply.text(words("talk-off")))
    elif wanted := parse_catch_up(asked, datetime.now(UTC), context.settings.timezone):
        await _tell(message, incoming, wanted, context)
    else:
        await send(context, place, Reply.text(words("talk-how")))


async def _tell(message: Message, incoming: Incoming, wanted: CatchUp, context: AskContext) -> None:
    place, words, reader = incoming.place, context.words, author_of(message) or 0
    said = await _messages(place, wanted, reader, context)
    if not said:
        await send(context, place, Reply.text(words("talk-nothing")))
        return
    async with typing(context, place):
        told = await context.summaries.talk(said, visible_scopes(place.chat_id))
    sees_all = context.bot.can_read_all_group_messages or await is_admin(place.chat_id, context.bot.id, context)
    links, timezone = MessageLinks.of(message.chat), context.settings.timezone
    reply = talk_reply(told, words, links, timezone=timezone, sees_all=sees_all)
    if await _deliver(reply, message, place, context) and wanted.is_own:
        await context.state.messages.note_caught_up(place.chat_id, place.thread_id, reader, said[-1].message_id)
    log.info("a discussion was summed up", chat=place.chat_id, messages=len(said))


async def _messages(place: Place, wanted: CatchUp, reader: int, context: AskContext) -> Sequence[ChatMessage]:
    log_of_group = context.state.messages
    if not wanted.is_own:
        return await log_of_group.read(place.chat_id, place.thread_id, since=wanted.since, last=wanted.last)
    after = await log_of_group.caught_up(place.chat_id, place.thread_id, reader)
    since = datetime.now(UTC) - _FIRST_TIME if after is None else None
    return await log_of_group.read(place.chat_id, place.thread_id, after=after, since=since)


async def _deliver(reply: Reply, message: Message, place: Place, context: AskContext) -> bool:
    """In private, with a word in the group; in the group when the reader has not started the bot. Whether it arrived.

    Who writes in the name of a group or channel has no private chat. A private chat that takes no message says nothing
    of whether the bot was in it, so nothing is noted of that.
    """
    reader = message.from_user if message.sender_chat is None else None
    if reader is not None:
        head = Reply.text(context.words("talk-heading", group=message.chat.title or "?"))
        outbox = replace(context.outbox, on_gone=None)
        if await outbox.send(Place(reader.id), Reply((*head.parts, *reply.parts), reply.buttons)):
            await send(context, place, Reply.text(context.words("talk-in-private")))
            return True
    return bool(await send(context, place, reply))
