"""/remove: takes an article out of the chat's own collection, by its link or from a list; in groups for admins."""

from __future__ import annotations

import re

import structlog
from telegram import Message, Update
from telegram.constants import ChatType

from bot.article_replies import PAGE_SIZE, removal_reply
from bot.context import AskContext, chat_scope
from bot.inbox import Kind
from bot.incoming import Place
from bot.presses import answer_press
from bot.replies import Reply
from bot.rights import is_admin, may_change
from bot.sending import send
from index.types import Scopes

log = structlog.get_logger(__name__)

REMOVAL_DATA = re.compile(r"r:(?:x:([A-Za-z0-9_-]{1,48})|p:(\d{1,9}))\Z")


async def remove(update: Update, context: AskContext) -> None:
    """/remove with a link, or as a reply to a message with one, removes that article; alone it lists what there is.

    Raises:
        StoreError: when the index fails.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    place = incoming.place
    if not await may_change(incoming, context):
        reply = Reply.text(context.words("removal-admins-only"))
    elif links := incoming.links or (incoming.reply.links if incoming.reply else ()):
        reply = Reply.text(context.words("removal-done" if await _at(links, place, context) else "removal-unknown"))
    else:
        reply = await _list(place.chat_id, context)
    await send(context, place, reply)


async def press_removal(update: Update, context: AskContext) -> None:
    """A button of the list; its data can be forged, so only this chat's own collection is touched.

    Raises:
        StoreError: when the index fails.
        TelegramError: when Telegram cannot be asked who is an admin.
    """
    query = update.callback_query
    match = REMOVAL_DATA.match(query.data or "") if query else None
    if query is None or match is None or not isinstance(query.message, Message):
        return
    chat = query.message.chat
    if chat.type != ChatType.PRIVATE and not await is_admin(chat.id, query.from_user.id, context):
        await answer_press(query, context.words("removal-admins-only"), alert=True)
        return
    said = None
    if match[1]:
        removed = await context.news.remove(match[1], Scopes.of(chat_scope(chat.id)))
        said = context.words("removal-done" if removed else "removal-unknown")
        log.info("an article was removed", chat=chat.id, known=removed)
    reply = await _list(chat.id, context, offset=int(match[2] or 0))
    await context.outbox.edit(Place(chat.id), query.message.message_id, reply.parts[0], reply.buttons, Kind.FINAL)
    await answer_press(query, said)


async def _at(links: tuple[str, ...], place: Place, context: AskContext) -> bool:
    """Removes the articles at these addresses; whether there was any."""
    scopes = Scopes.of(chat_scope(place.chat_id))
    removed = [
        await context.news.remove(article.id, scopes)
        for link in links
        if (article := await context.news.article_at(link, scopes))
    ]
    return any(removed)


async def _list(chat_id: int, context: AskContext, *, offset: int = 0) -> Reply:
    scopes = Scopes.of(chat_scope(chat_id))
    total = await context.news.count(scopes)
    offset = min(offset, max(0, (total - 1) // PAGE_SIZE * PAGE_SIZE))
    articles = await context.news.articles(scopes, limit=PAGE_SIZE, offset=offset)
    return removal_reply(articles, context.words, offset=offset, total=total)
