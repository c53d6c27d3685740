"""What the bot says about articles: one page of a list, what came of adding some, a quote in its paragraph. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.article_lines import article_line
from bot.passages import PassageRef, passage
from bot.replies import Reply, joined
from bot.richtext import Span, cleaned
from bot.words import Said, Words
from index.types import Added, AddOutcome, Article

PAGE_SIZE = 10
_MAX_REPORT_LINES = 10
_IN_A_ROW = 5
_OUTCOMES = {
    AddOutcome.ADDED: "articles-added",
    AddOutcome.UPDATED: "articles-updated",
    AddOutcome.DUPLICATE: "articles-duplicate",
}
_COUNTS = {
    AddOutcome.ADDED: "articles-added-count",
    AddOutcome.UPDATED: "articles-updated-count",
    AddOutcome.DUPLICATE: "articles-duplicate-count",
}


def passage_reply(article: Article, ref: PassageRef, words: Words) -> Reply | None:
    """A quote in its paragraph under the article's title; None when the article no longer reads so."""
    paragraph = passage(article, ref)
    if paragraph is None:
        return None
    return Reply.of(joined([article_line(article, words, "b"), paragraph]))


def sources_reply(articles: Sequence[Article], words: Words, *, offset: int, total: int) -> Reply:
    """One page of the articles a chat can ask about, newest first, with buttons to the other pages."""
    if not articles:
        return Reply.text(words("sources-empty"))
    last = offset + len(articles)
    heading = words("sources-total", total=total)
    if total > len(articles):
        heading = words("sources-page", total=heading, first=offset + 1, last=last)
    spans = [Span(heading, "b")]
    for number, article in enumerate(articles, offset + 1):
        spans += [Span(f"\n{number}. "), *article_line(article, words, short=True)]
    row = []
    if offset > 0:
        row.append(InlineKeyboardButton(words("sources-newer"), callback_data=f"s:{max(0, offset - PAGE_SIZE)}"))
    if last < total:
        row.append(InlineKeyboardButton(words("sources-older"), callback_data=f"s:{last}"))
    return Reply.of(spans, InlineKeyboardMarkup([row]) if row else None)


def removal_reply(articles: Sequence[Article], words: Words, *, offset: int, total: int) -> Reply:
    """One page of a chat's own articles, newest first, with a button for each to remove it."""
    if not articles:
        return Reply.text(words("removal-empty"))
    spans = [Span(words("removal-which"), "b")]
    buttons = []
    for number, article in enumerate(articles, offset + 1):
        spans += [Span(f"\n{number}. "), *article_line(article, words, short=True)]
        buttons.append(InlineKeyboardButton(f"✕ {number}", callback_data=f"r:x:{article.id}"))
    rows = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    turns = []
    if offset > 0:
        turns.append(InlineKeyboardButton(words("sources-newer"), callback_data=f"r:p:{max(0, offset - PAGE_SIZE)}"))
    if offset + len(articles) < total:
        turns.append(InlineKeyboardButton(words("sources-older"), callback_data=f"r:p:{offset + len(articles)}"))
    return Reply.of(spans, InlineKeyboardMarkup([*rows, turns] if turns else rows))


def added_reply(added: Sequence[Added], words: Words, problems: Sequence[str] = ()) -> Reply:
    """What came of adding articles; `problems` are lines about those that could not be read."""
    blocks: list[list[Span]] = []
    if 0 < len(added) <= _MAX_REPORT_LINES:
        blocks += [[Span(f"{words(_OUTCOMES[one.outcome])} "), *article_line(one.article, words)] for one in added]
    elif added:
        blocks += [[Span(line)] for line in _counts(added, words)]
    elif not problems:
        blocks.append([Span(words("articles-none"))])
    blocks += [[Span(cleaned(problem, own=True))] for problem in problems]
    if any(one.outcome is not AddOutcome.DUPLICATE for one in added):
        blocks.append([Span(words("articles-ask"), "i")])
    return Reply.of(joined(blocks, "\n"))


def _counts(added: Sequence[Added], words: Words) -> list[Said]:
    counts = Counter(one.outcome for one in added)
    return [words(key, count=counts[outcome]) for outcome, key in _COUNTS.items() if counts[outcome]]
