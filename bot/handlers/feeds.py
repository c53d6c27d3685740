"""/feeds: the sites and feeds that a chat follows; in groups only admins change them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import structlog
from telegram import Message, Update
from telegram.constants import ChatType

from bot.context import AskContext, chat_scope
from bot.feed_replies import PAGE_SIZE, feeds_reply, followed_reply, imported_reply
from bot.handlers.articles import download
from bot.handlers.errors import error_line
from bot.inbox import Kind
from bot.incoming import Attachment, Incoming, Place
from bot.presses import answer_press
from bot.replies import Reply
from bot.rights import is_admin, may_change
from bot.sending import send, typing
from index.errors import SourceError

log = structlog.get_logger(__name__)

FEED_DATA = re.compile(r"f:(stop|page):(\d{1,12})\Z")
_EXPORT = "export"
_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", re.IGNORECASE)


async def feeds(update: Update, context: AskContext) -> None:
    """/feeds lists, /feeds ADDRESS follows, /feeds with an OPML file follows all in it, /feeds export gives one.

    Raises:
        StoreError: when the records fail.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    place, words = incoming.place, context.words
    allowed = await may_change(incoming, context)
    words_given = incoming.question.strip()
    file, address = _file(incoming), _address(incoming)
    if not words_given and file is None and address is None:
        await send(context, place, await _list(place.chat_id, context, allowed=allowed))
    elif words_given.casefold() == _EXPORT:
        await _export(place, context)
    elif not allowed:
        await send(context, place, Reply.text(words("feeds-admins-only")))
    elif refusal := await _refusal(place.chat_id, context):
        await send(context, place, refusal)
    elif file is not None:
        await _import(file, place, context)
    elif address is not None:
        await _follow(address, place, context)
    else:
        await send(context, place, Reply.text(words("feeds-no-address")))


async def press_feed(update: Update, context: AskContext) -> None:
    """A button of the list: stops following a feed of this very chat, or turns the page.

    Raises:
        StoreError: when the records fail.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    query = update.callback_query
    match = FEED_DATA.match(query.data or "") if query else None
    if query is None or match is None or not isinstance(query.message, Message):
        return
    chat = query.message.chat
    allowed = chat.type == ChatType.PRIVATE or await is_admin(chat.id, query.from_user.id, context)
    what, number = match[1], int(match[2])
    if what == "stop" and not allowed:
        await answer_press(query, context.words("feeds-admins-only"), alert=True)
        return
    said = None
    if what == "stop":
        removed = await context.feeds.remove(number, chat_scope(chat.id))
        said = context.words("feeds-removed" if removed else "feeds-gone")
    reply = await _list(chat.id, context, allowed=allowed, offset=number if what == "page" else 0)
    await context.outbox.edit(Place(chat.id), query.message.message_id, reply.parts[0], reply.buttons, Kind.FINAL)
    await answer_press(query, said)


async def _list(chat_id: int, context: AskContext, *, allowed: bool, offset: int = 0) -> Reply:
    listed = await context.feeds.list(chat_scope(chat_id))
    offset = min(offset, max(0, (len(listed) - 1) // PAGE_SIZE * PAGE_SIZE))
    return feeds_reply(
        listed,
        context.words,
        offset=offset,
        now=datetime.now(UTC),
        timezone=context.settings.timezone,
        may_change=allowed,
    )


async def _refusal(chat_id: int, context: AskContext) -> Reply | None:
    most = context.settings.feeds_per_chat
    if most == 0:
        return Reply.text(context.words("feeds-off"))
    if len(await context.feeds.list(chat_scope(chat_id))) >= most:
        return Reply.text(context.words("feeds-too-many", count=most))
    return None


async def _follow(address: str, place: Place, context: AskContext) -> None:
    async with typing(context, place):
        try:
            reply = followed_reply(await context.feeds.add(address, chat_scope(place.chat_id)), context.words)
        except SourceError as error:
            reply = Reply.text(error_line(error, context.words))
        await send(context, place, reply)
    log.info("a feed was asked for", chat=place.chat_id)


async def _import(file: Attachment, place: Place, context: AskContext) -> None:
    scope = chat_scope(place.chat_id)
    async with typing(context, place):
        try:
            room = context.settings.feeds_per_chat - len(await context.feeds.list(scope))
            report = await context.feeds.import_opml(await download(file, context), scope, most=room)
            reply = imported_reply(report, context.words)
        except SourceError as error:
            reply = Reply.text(error_line(error, context.words))
        await send(context, place, reply)
    log.info("a list of feeds was handed in", chat=place.chat_id)


async def _export(place: Place, context: AskContext) -> None:
    scope = chat_scope(place.chat_id)
    if not await context.feeds.list(scope):
        await send(context, place, Reply.text(context.words("feeds-empty")))
        return
    document = (await context.feeds.export_opml(scope)).encode()
    await context.bot.send_document(
        place.chat_id,
        document,
        filename="feeds.opml",
        caption=context.words("feeds-exported"),
        message_thread_id=place.thread_id,
    )


def _file(incoming: Incoming) -> Attachment | None:
    return incoming.attachment or (incoming.reply.attachment if incoming.reply else None)


def _address(incoming: Incoming) -> str | None:
    """The address that is meant: a link of the message, a bare host such as "example.org", or a link replied to."""
    given = incoming.question.strip()
    if incoming.links and not (given and incoming.links[0] not in given and " " in given):
        return incoming.links[0]
    if _ADDRESS.fullmatch(given):
        return f"https://{given}"
    return incoming.reply.links[0] if not given and incoming.reply and incoming.reply.links else None
