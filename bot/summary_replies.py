"""What the bot says in summaries: of an article, and of what is new. Pure, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.article_lines import article_line, origin, shortened
from bot.passages import PassageRef
from bot.replies import Reply, joined
from bot.richtext import Span, one_line, safe_link
from bot.words import Said, Words
from index.summaries.types import ArticleSummary, Digest, Point, Story, Timeline, Written
from index.types import Citation

STORIES_A_PAGE = 6
_MAX_SOURCES = 4
_MAX_SOURCE = 40
_MAX_BUTTONS = 6
_IN_A_ROW = 3


def article_summary_reply(summary: ArticleSummary, words: Words) -> Reply:
    """The article, its line in bold, its points with the number of the quote each rests on, a button for each quote.

    A point that a model wrote is followed by its quotes; an extracted one is a quote itself.
    """
    points = [summary.line, *summary.points]
    citations = _distinct(point.citations for point in points)
    numbers = {_place(citation): n for n, citation in enumerate(citations, start=1)}
    written = summary.written.model is not None
    spans: list[Span] = []
    for place, point in enumerate(points):
        spans += [Span("\n\n• " if place == 1 else "\n• ")] if place else []
        spans += _told(point, words, quoted=not written, style="b" if place == 0 else "")
        spans.append(Span("".join(f" [{numbers[_place(citation)]}]" for citation in point.citations)))
    quotes = _quotes(citations, words) if written else []
    how = words("summary-written", model=summary.written.model or "") if written else words("summary-chosen")
    blocks = [article_line(summary.article, words), spans, quotes, _how(summary.written, words, how)]
    return Reply.of(joined(blocks), _passage_buttons(citations, words))


def digest_page(digest: Digest, words: Words, offset: int) -> Reply:
    """One page of what is new: stories with a sentence, who reports them, and buttons to the other pages.

    A sentence that is an article's own stands in quotation marks, one that a model wrote does not.
    """
    heading = words("digest-heading", articles=digest.articles, stories=digest.total)
    blocks: list[list[Span]] = [[Span(heading, "b")]]
    for number, story in enumerate(digest.stories, offset + 1):
        blocks.append(_story(story, number, words))
    points = [story.sentence for story in digest.stories if story.sentence]
    chosen, by_model = words("summary-chosen-from-articles"), _by_model(digest.written, words)
    blocks.append(_how(digest.written, words, by_model or chosen, points))
    if offset + len(digest.stories) >= digest.total:
        blocks.append([Span(words("digest-ask"), "i")])
    return Reply.of(joined(blocks), _turns(digest, words, offset))


def timeline_reply(timeline: Timeline, words: Words) -> Reply:
    """A subject's days, each with a sentence and its source, and what other reports of that day say otherwise."""
    if not timeline.points:
        return Reply.text(words("timeline-nothing"))
    blocks: list[list[Span]] = [[Span(words("timeline-heading", subject=shortened(timeline.subject, 100)), "b")]]
    day = None
    for dated in timeline.points:
        spans = [Span(words.date(dated.day), "b"), Span("\n")] if dated.day != day else []
        day = dated.day
        citation = dated.point.citations[0]
        spans += [*_told(dated.point, words, quoted=dated.point.is_quote, style=""), Span(origin(citation, words))]
        for conflict in dated.conflicts:
            who = words.foreign(shortened(conflict.source or "", _MAX_SOURCE))
            spans.append(Span(f"\n⚠ {words('timeline-otherwise', value=conflict.value, source=who or '?')}"))
        blocks.append(spans)
    points = [dated.point for dated in timeline.points]
    how = _by_model(timeline.written, words) or words("timeline-how")
    return Reply.of(joined([*blocks, _how(timeline.written, words, how, points)]))


def _story(story: Story, number: int, words: Words) -> list[Span]:
    best = story.articles[0]
    title = words.foreign(shortened(story.headline, 150)) or words("replies-untitled")
    spans = [Span(f"{number}. "), Span(title, "b", safe_link(best.url))]
    if story.sentence is not None:
        spans += [Span("\n"), *_told(story.sentence, words, quoted=story.sentence.is_quote, style="")]
    behind = [words("digest-reported-by", sources=_listed(story.sources, words))] if story.sources else []
    behind.append(Said(words.date(best.published_at)) if best.published_at else words("replies-no-date"))
    spans.append(Span(f"\n{words.listed(behind)}"))
    for other in story.articles[1:4]:
        name = words.foreign(shortened(other.title, 80)) or words("replies-untitled")
        spans += [Span("\n– "), Span(name, "", safe_link(other.url))]
    if len(story.articles) > 4:  # noqa: PLR2004 - the first and three more are named
        spans.append(Span(f"\n{words('digest-more-reports', count=len(story.articles) - 4)}"))
    return spans


def _told(point: Point, words: Words, *, quoted: bool, style: str) -> list[Span]:
    begin, end = words.isolates
    before, after = (words("replies-quote-opens"), words("replies-quote-closes")) if quoted else ("", "")
    text = Span(one_line(point.text), "b") if style else Span(one_line(point.text))
    return [Span(f"{before}{begin}"), text, Span(f"{end}{after}")]


def _quotes(citations: Sequence[Citation], words: Words) -> list[Span]:
    begin, end = words.isolates
    spans: list[Span] = []
    for number, citation in enumerate(citations, start=1):
        opens, closes = words("replies-quote-opens"), words("replies-quote-closes")
        spans += [Span(f"{chr(10) if spans else ''}[{number}] {opens}{begin}"), Span(one_line(citation.quote))]
        spans.append(Span(f"{end}{closes}"))
    return spans


def _by_model(written: Written, words: Words) -> Said | None:
    return words("summary-written-from-articles", model=written.model) if written.model else None


def _how(written: Written, words: Words, how: Said, points: Sequence[Point] = ()) -> list[Span]:
    """Which way the summary was made, which of its points are the articles' own among written ones, what is missing."""
    if written.model and any(point.is_quote for point in points):
        how = Said(f"{how} {words('summary-quoted-own')}")
    if written.notice and words.code == "en":
        how = Said(f"{how} {words.foreign(written.notice)}")
    elif written.notice:
        how = Said(f"{how} {words('summary-not-whole')}")
    return [Span(how, "i")]


def _listed(sources: Sequence[str], words: Words) -> Said:
    names = [words.foreign(shortened(name, _MAX_SOURCE)) for name in sources[:_MAX_SOURCES]]
    if len(sources) > _MAX_SOURCES:
        names.append(words("digest-and-others", count=len(sources) - _MAX_SOURCES))
    return words.listed(names)


def _turns(digest: Digest, words: Words, offset: int) -> InlineKeyboardMarkup | None:
    row = []
    if offset > 0:
        row.append(_turn(words("digest-back"), digest, max(0, offset - STORIES_A_PAGE)))
    following = offset + len(digest.stories)
    if following < digest.total:
        row.append(_turn(words("digest-next"), digest, following))
    return InlineKeyboardMarkup([row]) if row else None


def _turn(text: str, digest: Digest, offset: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=f"d:{_stamp(digest.since)}:{_stamp(digest.until)}:{offset}")


def _stamp(moment: datetime) -> int:
    return round(moment.timestamp())


def _distinct(citations: Iterable[Iterable[Citation]]) -> list[Citation]:
    return list({_place(citation): citation for group in citations for citation in group}.values())


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.article_id, citation.start, citation.end


def _passage_buttons(citations: Sequence[Citation], words: Words) -> InlineKeyboardMarkup | None:
    buttons = [
        InlineKeyboardButton(words("passages-button", n=number), callback_data=data)
        for number, citation in enumerate(citations[:_MAX_BUTTONS], start=1)
        if (data := PassageRef.of(citation).data())
    ]
    rows = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    return InlineKeyboardMarkup(rows) if rows else None
