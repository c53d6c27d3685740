"""What the bot says about feeds: the list with a button for each, and what came of following one or many. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.article_lines import shortened
from bot.article_replies import added_reply
from bot.replies import Part, Reply, joined
from bot.richtext import Span, cleaned, safe_link
from bot.words import DEFAULT, Said, Words

if TYPE_CHECKING:
    from index.feeds import AddedFeed, Feed, ImportReport

PAGE_SIZE = 10
_MAX_TITLE = 80
_MAX_OTHERS = 5
_IN_A_ROW = 5


def feeds_reply(
    feeds: Sequence[Feed], words: Words, *, offset: int, now: datetime, timezone: str, may_change: bool
) -> Reply:
    """One page of the feeds of a chat, with buttons to stop following for those who may."""
    if not feeds:
        return Reply.text(words("feeds-empty"))
    shown = feeds[offset : offset + PAGE_SIZE]
    spans = [Span(words("feeds-title", count=len(feeds)), "b")]
    for number, feed in enumerate(shown, offset + 1):
        title = words.foreign(shortened(feed.title or feed.url, _MAX_TITLE))
        spans += [Span(f"\n{number}. "), Span(title, "", safe_link(feed.site or feed.url))]
        spans.append(
            Span(
                f" – {words.listed([words('feeds-articles', count=feed.articles), _state(feed, words, now, timezone)])}"
            )
        )
        spans += [Span(f"\n    {problem}", "i") for problem in _problem(feed, words)]
    hint = [Span(words("feeds-hint"), "i")] if may_change else []
    return Reply.of(joined([spans, hint]), _buttons(feeds, shown, offset, words, may_change=may_change))


def followed_reply(added: AddedFeed, words: Words) -> Reply:
    """What came of following a feed: its newest articles, or why there are none, and the site's other feeds."""
    title = shortened(added.feed.title or added.feed.url, _MAX_TITLE)
    head = Reply.text(words("feeds-known" if added.known else "feeds-following", title=title))
    parts: list[Part] = list(head.parts)
    if not added.known:
        taken = added.report.added
        parts += added_reply(taken, words).parts if taken else Reply.text(words("feeds-nothing-new")).parts
    if added.other_links:
        spans = [Span(words("feeds-others"))]
        for link in added.other_links[:_MAX_OTHERS]:
            spans.append(Span(f"\n• {words.foreign(shortened(link.title or link.url, _MAX_TITLE))}: "))
            spans.append(Span(cleaned(link.url), "", safe_link(link.url)))
        parts += Reply.of(spans).parts
    return _one_message(parts)


def imported_reply(report: ImportReport, words: Words) -> Reply:
    """What came of a list of feeds; they are read by the clock, not at once."""
    lines = [words("feeds-imported", count=report.added)]
    if report.known:
        lines.append(words("feeds-imported-known", count=report.known))
    if words.code == DEFAULT:
        lines += [words.foreign(problem) for problem in report.problems[:_MAX_OTHERS]]
    return Reply.of([Span("\n".join(lines))])


def _one_message(parts: Sequence[Part]) -> Reply:
    return Reply((Part("\n\n".join(p.html for p in parts), "\n\n".join(p.plain for p in parts)),))


def _state(feed: Feed, words: Words, now: datetime, timezone: str) -> Said:
    if feed.checked_at is None:
        return words("feeds-never")
    zone = ZoneInfo(timezone)
    checked = feed.checked_at.astimezone(zone)
    if checked.date() == now.astimezone(zone).date():
        return words("feeds-checked-today", time=words.time(checked))
    return words("feeds-checked", date=words.date(checked))


def _problem(feed: Feed, words: Words) -> list[str]:
    """The index says in English, exactly, what is wrong; other languages have a general line for it."""
    if feed.problem is None:
        return []
    if words.code == DEFAULT:
        return [words.foreign(feed.problem)]
    return [words("feeds-paused" if feed.paused else "feeds-problem")]


def _buttons(
    feeds: Sequence[Feed], shown: Sequence[Feed], offset: int, words: Words, *, may_change: bool
) -> InlineKeyboardMarkup | None:
    stops = [
        InlineKeyboardButton(words("feeds-stop", number=str(number)), callback_data=f"f:stop:{feed.id}")
        for number, feed in enumerate(shown, offset + 1)
        if may_change
    ]
    rows = [stops[at : at + _IN_A_ROW] for at in range(0, len(stops), _IN_A_ROW)]
    turns = []
    if offset > 0:
        turns.append(InlineKeyboardButton("‹", callback_data=f"f:page:{max(0, offset - PAGE_SIZE)}"))
    if offset + PAGE_SIZE < len(feeds):
        turns.append(InlineKeyboardButton("›", callback_data=f"f:page:{offset + PAGE_SIZE}"))
    rows += [turns] if turns else []
    return InlineKeyboardMarkup(rows) if rows else None
