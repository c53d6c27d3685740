"""Inline queries: `@bot how many rockets…`, typed in any chat, offers the answer to share there.

Only the public collection is searched: whoever reads the answer may not belong to the chat that added an article.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.charging import budget_line, may_spend, note_cost
from bot.context import AskContext
from bot.replies import answer_reply
from bot.richtext import cleaned, one_line
from bot.usage import Limits, Refusal
from bot.words import Words
from index.differing_reports import differing_reports
from index.scripts import UNSPACED
from index.types import PUBLIC, Answer, Status

log = structlog.get_logger(__name__)

PAUSE = 0.6  # seconds without a keystroke, after which a question is taken to be complete
PATIENCE = 8.0  # seconds; not much later, Telegram takes no answer any more
_KEPT = 60.0  # seconds that an answer is kept for a query that is typed once more
_CACHE = 30  # seconds that Telegram may show the same results to the same person
_LEAST_CHARACTERS = 8
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_MAX_TITLE = 120  # characters; Telegram shows about half of it
_MAX_DESCRIPTION = 240


@dataclass(frozen=True, slots=True)
class _Search:
    """What one person asked, without its end mark, and the work on its answer."""

    question: str
    task: asyncio.Task[Answer | Refusal]


class InlineQueries:
    """Answers the latest query of each person; those before it end without a word.

    Telegram sends one at nearly every keystroke, so a query is worked on only after a pause. What takes longer than
    Telegram waits is finished all the same, for when the query is typed once more.
    """

    def __init__(self) -> None:
        self._latest: dict[int, str] = {}
        self._searches: dict[int, _Search] = {}

    async def handle(self, update: Update, context: AskContext) -> None:
        """Offers the answer, or says what is missing.

        Raises:
            NewsIndexError: when the store failed.
        """
        query = update.inline_query
        if query is None:
            return
        question = " ".join(cleaned(query.query, own=True).split())
        user_id = query.from_user.id
        self._latest[user_id] = query.id
        self._end_other(user_id, question)
        try:
            if not _is_question(question):
                await _show(query, [], context.words("inline-hint"))
                return
            await asyncio.sleep(PAUSE)
            if self._is_latest(query):
                await self._work_on(query, question, context)
        finally:
            if self._is_latest(query):
                del self._latest[user_id]

    async def _work_on(self, query: InlineQuery, question: str, context: AskContext) -> None:
        user_id = query.from_user.id
        self._end_other(user_id, question)
        if known := self._searches.get(user_id):
            await self._offer(query, known.task, context.words)
            return
        task = asyncio.create_task(_traced_answer(question, user_id, context), name="inline query")
        search = self._searches[user_id] = _Search(_core(question), task)
        try:
            await self._offer(query, task, context.words)
            await asyncio.wait({task})
        finally:
            task.cancel()
            useful = task.done() and not task.cancelled() and task.exception() is None
            asyncio.get_running_loop().call_later(_KEPT if useful else 0, self._drop, user_id, search)
        if not task.cancelled():
            task.result()  # raises what went wrong

    async def _offer(self, query: InlineQuery, task: asyncio.Task[Answer | Refusal], words: Words) -> None:
        """The answer if it comes in time, unless there is a newer query by then."""
        await asyncio.wait({task}, timeout=PATIENCE - PAUSE)
        if not self._is_latest(query):
            return
        if not task.done():
            await _show(query, [], words("inline-still-looking"), cache_time=0)
        elif not task.cancelled() and task.exception() is None:
            found = task.result()
            if isinstance(found, Refusal):
                await _show(query, [], _refused(found, words), cache_time=0)
            else:
                await _show(query, [_result(found, words)])

    def _is_latest(self, query: InlineQuery) -> bool:
        return self._latest.get(query.from_user.id) == query.id

    def _end_other(self, user_id: int, question: str) -> None:
        """Ends the work on another question of this person."""
        search = self._searches.get(user_id)
        if search and search.question != _core(question):
            search.task.cancel()
            self._drop(user_id, search)

    def _drop(self, user_id: int, search: _Search) -> None:
        if self._searches.get(user_id) is search:
            del self._searches[user_id]


async def _traced_answer(question: str, user_id: int, context: AskContext) -> Answer | Refusal:
    with context.tracing.work("inline", context.update_id):
        return await _answer(question, user_id, context)


async def _answer(question: str, user_id: int, context: AskContext) -> Answer | Refusal:
    """What the public articles say, or why this person gets no answer today.

    It counts as a question in the person's private chat, also when the next query ends it: it cost as much.
    """
    settings, usage, now = context.settings, context.state.usage, datetime.now(UTC)
    limits = Limits.of(settings)
    if refusal := await usage.take_question(user_id, user_id, limits, now, settings.timezone):
        context.ended("refused")
        return refusal
    affordable = await may_spend(context, now)
    try:
        with context.tracing.part("answer"):
            found = await context.news.ask(question, PUBLIC, asked_at=now, use_model=affordable)
            context.tracing.answered(found)
    except Exception:
        context.ended("failed")
        await usage.give_back(user_id, user_id, limits, now, settings.timezone)
        raise
    await note_cost(found, context, now)
    return found if affordable else replace(found, notice=budget_line(context, now))


def _is_question(text: str) -> bool:
    """Whether it is long enough to mean something; in scripts without spaces, each character is as good as a word."""
    return len(text) >= _LEAST_CHARACTERS and len(_WORD.findall(text)) > 1


def _core(question: str) -> str:
    """The question without what is often typed last and changes nothing."""
    return question.rstrip(" ?!.…؟？").casefold()


def _result(answer: Answer, words: Words) -> InlineQueryResultArticle:
    part = answer_reply(answer, words).parts[0]
    content = InputTextMessageContent(
        part.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    quote = one_line(answer.citations[0].quote)[:_MAX_DESCRIPTION] if answer.citations else None
    return InlineQueryResultArticle("answer", _title(answer, words)[:_MAX_TITLE], content, description=quote)


def _title(answer: Answer, words: Words) -> str:
    if answer.status is Status.DECLINED:
        return words("inline-declined")
    if differing_reports(answer).leads:
        return words("inline-differing")
    short = one_line(answer.short_answer or "")
    return short[:1].upper() + short[1:] if short else words("inline-quoted")


def _refused(refusal: Refusal, words: Words) -> str:
    """Short enough for a button."""
    if refusal.limit == 0:
        return words("inline-no-questions")
    return words("inline-limit", time=words.time(refusal.resets_at), zone=str(refusal.resets_at.tzinfo))


async def _show(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    hint: str | None = None,
    *,
    cache_time: int = _CACHE,
) -> None:
    """Answers a query; a hint is a button over the results that opens the private chat."""
    button = InlineQueryResultsButton(hint, start_parameter="inline") if hint else None
    try:
        await query.answer(results, cache_time=cache_time, is_personal=True, button=button)
    except BadRequest as error:
        if "query is too old" not in error.message.casefold():
            raise
        log.info("inline query answered too late")
