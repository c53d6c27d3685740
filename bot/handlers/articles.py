"""/add, and forwarded posts, files and links in a private chat: into the chat's own collection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, TelegramError

from bot.article_replies import added_reply
from bot.context import AskContext, chat_scope
from bot.handlers.errors import error_line
from bot.incoming import Attachment, Incoming
from bot.intake_progress import counted
from bot.material import MAX_LINKS, Links, Material, Post, material_of
from bot.presses import answer_press
from bot.replies import Reply
from bot.richtext import Span
from bot.rights import may_add
from bot.sending import send, typing
from bot.words import Said
from index.errors import NewsIndexError, SourceError
from index.sources.files import MAX_FILE
from index.sources.posts import read_post
from index.types import Article

log = structlog.get_logger(__name__)

OFFER_DATA = "add"


class NotDeliveredError(SourceError):
    """Telegram does not hand out a file; the text is in the language of whoever sent it."""


async def add(update: Update, context: AskContext) -> None:
    """/add LINK, /add TEXT, or /add as a reply to a message, a link or a file."""
    if update.message:
        await add_from(context.read(update.message), context)


async def add_from(incoming: Incoming, context: AskContext, *, hint: str | None = None) -> None:
    """Adds what a message offers and says what came of it; `hint` replaces the usual reply when it offers nothing.

    Raises:
        NewsIndexError: when the store failed.
    """
    place = incoming.place
    material = material_of(incoming)
    if material is None or (incoming.answers_me and material_of(replace(incoming, reply=None)) is None):
        words = context.words
        text = words("articles-own-words") if material else hint or words("articles-hint")
        await send(context, place, Reply.text(text))
        return
    if not await may_add(incoming, context):
        await send(context, place, Reply.text(context.words("access-only-admins-add")))
        return
    async with typing(context, place):
        articles, problems = await read_material(material, context)
        scope = chat_scope(place.chat_id)
        async with counted(context.outbox, place, context.words, len(articles)) as message:
            added = await context.news.add(articles, scope=scope, on_added=message.count) if articles else []
        await message.finish(added_reply(added, context.words, problems))
    log.info("articles added", chat=place.chat_id, articles=len(added), problems=len(problems))


async def offer_to_add(incoming: Incoming, context: AskContext) -> None:
    """Asks whether links that somebody sent without a word shall be read."""
    words, count = context.words, len(incoming.links[:MAX_LINKS])
    button = InlineKeyboardButton(words("articles-add-button"), callback_data=OFFER_DATA)
    reply = Reply.of([Span(words("articles-offer", count=count))], InlineKeyboardMarkup([[button]]))
    await send(context, incoming.place, reply)


async def accept_offer(update: Update, context: AskContext) -> None:
    """The button under that question: reads the links of the message it answers."""
    query = update.callback_query
    message = query.message if query else None
    if query is None or not isinstance(message, Message):
        return
    if message.reply_to_message is None:
        await answer_press(query, context.words("articles-offer-gone"), alert=True)
        return
    await answer_press(query)
    await add_from(replace(context.read(message.reply_to_message), reply=None), context)
    # Only now: after a crash in between, the button is still there to be pressed.
    await context.outbox.delete(message.chat_id, message.message_id)


async def read_material(material: Material, context: AskContext) -> tuple[list[Article], list[str]]:
    """The articles in the material, and a line about each thing that could not be read."""
    try:
        if isinstance(material, Post):
            origin = material.origin
            post = read_post(material.text, origin=origin.name, posted_at=origin.posted_at, link=origin.link)
            return [post], []
        if isinstance(material, Attachment):
            data = await download(material, context)
            return _without_ids(await context.reader.file(data, material.name)), []
    except NotDeliveredError as error:
        return [], [str(error)]
    except NewsIndexError as error:
        return [], [error_line(error, context.words)]
    return await _read_links(material, context)


async def _read_links(links: Links, context: AskContext) -> tuple[list[Article], list[str]]:
    results = await asyncio.gather(*(context.reader.page(url) for url in links.urls), return_exceptions=True)
    articles: list[Article] = []
    problems: list[str] = []
    for url, result in zip(links.urls, results, strict=True):
        if isinstance(result, Article):
            articles.append(result)
        elif isinstance(result, NewsIndexError):
            line = error_line(result, context.words)
            problems.append(Said(f"{context.words.foreign(url)}: {line}") if len(links.urls) > 1 else line)
        else:
            raise result
    return articles, problems


async def download(attachment: Attachment, context: AskContext) -> bytes:
    """A file's bytes, as Telegram has it.

    Raises:
        NotDeliveredError: it is over 20 MB, or Telegram does not hand it out.
    """
    words = context.words
    too_large = NotDeliveredError(words("articles-too-large", name=attachment.name, megabytes=MAX_FILE // 1_000_000))
    if attachment.size is not None and attachment.size > MAX_FILE:
        raise too_large
    try:
        file = await context.bot.get_file(attachment.file_id)
        return bytes(await file.download_as_bytearray())
    except BadRequest as error:
        if "too big" in error.message.casefold():
            raise too_large from error
        raise NotDeliveredError(words("articles-file-gone")) from error
    except TelegramError as error:
        raise NotDeliveredError(words("articles-file-not-fetched")) from error


def _without_ids(articles: Iterable[Article]) -> list[Article]:
    """A file that somebody sends may not choose the ids: they are shared by all chats."""
    return [replace(article, id="") for article in articles]
