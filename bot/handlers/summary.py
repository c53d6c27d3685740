"""/summary: an article in one line and a few points, as a reply to what shows it."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update

from bot.context import AskContext, chat_scope, visible_scopes
from bot.handlers.articles import read_material
from bot.handlers.errors import error_line
from bot.incoming import Incoming
from bot.material import Links, material_of
from bot.passages import PassageRef
from bot.replies import Reply
from bot.rights import may_add
from bot.sending import send, typing
from bot.summary_replies import article_summary_reply
from index.errors import SourceError
from index.types import Article


async def summary(update: Update, context: AskContext) -> None:
    """/summary with a link, or as a reply to a link, a file, a post, an answer or the bot's "Added".

    An article that is not there yet is added first, when the sender may add.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    place = incoming.place
    async with typing(context, place):
        try:
            article = await _article_quoted(update.message, incoming, context) or await _article(incoming, context)
            if isinstance(article, Reply):
                await send(context, place, article)
                return
            told = await context.summaries.article(article.id, visible_scopes(place.chat_id))
            reply = article_summary_reply(told, context.words) if told else Reply.text(context.words("summary-which"))
        except SourceError as error:
            reply = Reply.text(error_line(error, context.words))
        await send(context, place, reply)


async def _article_quoted(message: Message, incoming: Incoming, context: AskContext) -> Article | None:
    """The article of the first quote of the bot's answer that is replied to: not every article has an address."""
    answer = message.reply_to_message
    if not incoming.answers_me or incoming.links or answer is None or answer.reply_markup is None:
        return None
    buttons = (button for row in answer.reply_markup.inline_keyboard for button in row)
    refs = (PassageRef.parse(str(button.callback_data)) for button in buttons)
    ref = next((ref for ref in refs if ref), None)
    return await context.news.article(ref.article_id, visible_scopes(message.chat_id)) if ref else None


async def _article(incoming: Incoming, context: AskContext) -> Article | Reply:
    """The article that is meant, or what to say when there is none.

    Raises:
        SourceError: when a link or a file cannot be read.
    """
    scopes = visible_scopes(incoming.place.chat_id)
    for link in _links(incoming):
        if known := await context.news.article_at(link, scopes):
            return known
    material = material_of(incoming)
    if material is None or (incoming.answers_me and not incoming.links):
        return Reply.text(context.words("summary-which"))
    if not await may_add(incoming, context):
        return Reply.text(context.words("access-only-admins-add"))
    if isinstance(material, Links):
        material = replace(material, urls=material.urls[:1])
    articles, problems = await read_material(material, context)
    if not articles:
        return Reply.text(problems[0] if problems else context.words("summary-which"))
    added = await context.news.add(articles[:1], scope=chat_scope(incoming.place.chat_id))
    return added[0].article


def _links(incoming: Incoming) -> tuple[str, ...]:
    """The addresses of the message, else of the one it replies to: an answer names its first source first."""
    return incoming.links or (incoming.reply.links if incoming.reply else ())
