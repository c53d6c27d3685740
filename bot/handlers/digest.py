"""/digest: what is new, as stories, page by page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from telegram import Message, Update

from bot.context import AskContext, visible_scopes
from bot.inbox import Kind
from bot.incoming import Place
from bot.presses import answer_press
from bot.replies import Reply
from bot.sending import send, typing
from bot.summary_replies import STORIES_A_PAGE, digest_page
from bot.words import Words

DIGEST_DATA = re.compile(r"d:(\d{1,11}):(\d{1,11}):(\d{1,5})\Z")
_SPAN = re.compile(r"(\d{1,3})\s*([hdw])\w*", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST = timedelta(days=60)


async def digest(update: Update, context: AskContext) -> None:
    """/digest tells the last day, /digest 3d, 12h or 1w that time.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    if update.message is None:
        return
    incoming = context.read(update.message)
    until = datetime.now(UTC) + timedelta(seconds=1)
    span = _span(incoming.question)
    async with typing(context, incoming.place):
        reply = await digest_reply(context, incoming.place.chat_id, until - span, until, words=context.words)
        await send(context, incoming.place, reply or Reply.text(context.words("digest-nothing")))


async def turn_digest(update: Update, context: AskContext) -> None:
    """A button under a digest: the same message shows another page, made from the articles of the same time.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    query = update.callback_query
    match = DIGEST_DATA.match(query.data or "") if query else None
    if query is None or match is None or not isinstance(query.message, Message):
        return
    since, until = (datetime.fromtimestamp(int(stamp), UTC) for stamp in match.groups()[:2])
    chat_id = query.message.chat_id
    reply = await digest_reply(context, chat_id, since, until, words=context.words, offset=int(match[3]))
    if reply:
        await context.outbox.edit(Place(chat_id), query.message.message_id, reply.parts[0], reply.buttons, Kind.FINAL)
    await answer_press(query, None if reply else context.words("digest-nothing"))


async def digest_reply(
    context: AskContext, chat_id: int, since: datetime, until: datetime, *, words: Words, offset: int = 0
) -> Reply | None:
    """A page of what came into a chat's collections between two times (UTC); None when nothing did.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    since, until = (moment.replace(microsecond=0) for moment in (since, until))
    found = await context.summaries.digest(visible_scopes(chat_id), since, until, offset=offset, limit=STORIES_A_PAGE)
    return digest_page(found, words, offset) if found.stories else None


def _span(text: str) -> timedelta:
    match = _SPAN.fullmatch(text.strip())
    return min(int(match[1]) * _UNITS[match[2].lower()], _LONGEST) if match else timedelta(days=1)
