"""The buttons under an answer: the quote in its paragraph."""

from __future__ import annotations

from telegram import Message, Update

from bot.article_replies import passage_reply
from bot.context import AskContext, visible_scopes
from bot.incoming import Place, topic_of
from bot.passages import PassageRef
from bot.replies import Reply
from bot.sending import send


async def show_passage(update: Update, context: AskContext) -> None:
    """Replies with the passage if this chat may see the article and it reads or once read so, else says it is gone.

    The data of a button can be forged and can outlive the article, so nothing in it is trusted.
    """
    query = update.callback_query
    if query is None:
        return
    ref = PassageRef.parse(query.data or "")
    message = query.message
    reply = None
    if ref and message:
        reply = await _passage(ref, message.chat.id, context)
    if reply is None or message is None:
        await query.answer(context.words("passages-gone"), show_alert=True)
        return
    await query.answer()
    thread = topic_of(message) if isinstance(message, Message) else None
    ids = await send(context, Place(message.chat.id, thread, message.message_id), reply)
    await context.state.conversations.join(message.chat.id, message.message_id, ids)


async def _passage(ref: PassageRef, chat_id: int, context: AskContext) -> Reply | None:
    """The passage in the current version, else in the newest of the older ones that holds it."""
    scopes = visible_scopes(chat_id)
    article = await context.news.article(ref.article_id, scopes)
    version = article.version if article else 0
    while article:
        if reply := passage_reply(article, ref, context.words):
            return reply
        version -= 1
        article = await context.news.article(ref.article_id, scopes, version) if version else None
    return None
