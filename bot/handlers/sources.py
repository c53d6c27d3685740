"""/sources: the articles a chat can ask about, page by page."""

from __future__ import annotations

import re

from telegram import Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.article_replies import PAGE_SIZE, sources_reply
from bot.context import AskContext, visible_scopes
from bot.replies import Reply
from bot.sending import send

PAGE_DATA = re.compile(r"s:(\d{1,9})\Z")


async def sources(update: Update, context: AskContext) -> None:
    """The newest articles."""
    if update.message:
        incoming = context.read(update.message)
        await send(context, incoming.place, await _page(incoming.place.chat_id, 0, context))


async def turn_page(update: Update, context: AskContext) -> None:
    """A button under the list: the same message shows another page."""
    query = update.callback_query
    match = PAGE_DATA.match(query.data or "") if query else None
    if query is None or match is None:
        return
    if isinstance(query.message, Message):
        reply = await _page(query.message.chat_id, int(match[1]), context)
        try:
            await query.edit_message_text(reply.parts[0].html, parse_mode=ParseMode.HTML, reply_markup=reply.buttons)
        except BadRequest as error:
            if "not modified" not in error.message.casefold():
                raise
    await query.answer()


async def _page(chat_id: int, offset: int, context: AskContext) -> Reply:
    scopes = visible_scopes(chat_id)
    total = await context.news.count(scopes)
    offset = min(offset, max(0, (total - 1) // PAGE_SIZE * PAGE_SIZE))
    articles = await context.news.articles(scopes, limit=PAGE_SIZE, offset=offset)
    return sources_reply(articles, context.words, offset=offset, total=total)
