"""What the bot says: answers, lists and reports as escaped, split messages. Pure, no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.passages import PassageRef, passage
from bot.richtext import Span, Style, cleaned, emphasised, one_line, plain, safe_link, split, to_html
from index.answer_text import DECLINED, QUOTED, RELATED, long_date
from index.disagreement_text import contradicts, disagreement_lines
from index.types import Added, AddOutcome, Answer, Article, Citation, Status

PAGE_SIZE = 10
_MAX_PASSAGE_BUTTONS = 5
_MAX_REPORT_LINES = 10
_MAX_TITLE = 120  # characters in a list, whose pages must each fit into one message
_MAX_SOURCE = 40
_OUTCOMES = {AddOutcome.ADDED: "Added", AddOutcome.UPDATED: "Updated", AddOutcome.DUPLICATE: "Already here"}


@dataclass(frozen=True, slots=True)
class Part:
    """One Telegram message: its HTML, and the same words for when Telegram refuses the HTML."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Messages to send in order, the buttons under the last one."""

    parts: tuple[Part, ...]
    buttons: InlineKeyboardMarkup | None = None

    @classmethod
    def of(cls, spans: Iterable[Span], buttons: InlineKeyboardMarkup | None = None) -> Reply:
        """Splits styled text into messages."""
        return cls(tuple(Part(to_html(part), plain(part)) for part in split(list(spans))), buttons)

    @classmethod
    def text(cls, text: str) -> Reply:
        """A reply in plain words."""
        return cls.of([Span(cleaned(text))])


def answer_reply(answer: Answer) -> Reply:
    """An answer with its quotes, what reports say otherwise, numbered sources, and a button for each quote.

    A declined question gets the articles on its subject, if any, and neither quotes nor buttons.
    """
    if answer.status is Status.DECLINED:
        return Reply.of(_joined([[Span(DECLINED)], _related(answer), _notice(answer)]))
    blocks = [
        *_heads(answer),
        _sentences(answer),
        _quotes(answer),
        _notice(answer),
        _sources(answer.citations),
    ]
    return Reply.of(_joined(blocks), _passage_buttons(answer.citations))


def passage_reply(article: Article, ref: PassageRef) -> Reply | None:
    """A quote in its paragraph under the article's title; None when the article no longer reads so."""
    paragraph = passage(article, ref)
    if paragraph is None:
        return None
    header = _article_line(article.title, article.url, article.source, article.published_at, "b")
    return Reply.of(_joined([header, paragraph]))


def sources_reply(articles: Sequence[Article], *, offset: int, total: int) -> Reply:
    """One page of the articles a chat can ask about, newest first, with buttons to the other pages."""
    if not articles:
        return Reply.text("There are no articles here yet. Add one with /add and a link, or send me a file.")
    noun = "article" if total == 1 else "articles"
    last = offset + len(articles)
    span = f", {offset + 1}–{last}" if total > len(articles) else ""
    spans = [Span(f"{total} {noun}{span}", "b")]
    for number, article in enumerate(articles, offset + 1):
        spans.append(Span(f"\n{number}. "))
        source = _shortened(article.source or "", _MAX_SOURCE)
        spans += _article_line(_shortened(article.title, _MAX_TITLE), article.url, source, article.published_at)
    row = []
    if offset > 0:
        row.append(InlineKeyboardButton("‹ Newer", callback_data=f"s:{max(0, offset - PAGE_SIZE)}"))
    if last < total:
        row.append(InlineKeyboardButton("Older ›", callback_data=f"s:{last}"))
    return Reply.of(spans, InlineKeyboardMarkup([row]) if row else None)


def added_reply(added: Sequence[Added], problems: Sequence[str] = ()) -> Reply:
    """What came of adding articles; `problems` are lines about those that could not be read."""
    blocks = []
    if 0 < len(added) <= _MAX_REPORT_LINES:
        blocks += [_added_line(one) for one in added]
    elif added:
        counts = Counter(one.outcome for one in added)
        text = ", ".join(f"{name.lower()}: {counts[key]}" for key, name in _OUTCOMES.items() if counts[key])
        blocks.append([Span(f"{text[:1].upper()}{text[1:]} articles.")])
    elif not problems:
        blocks.append([Span("There was no article in it.")])
    blocks += [[Span(cleaned(problem))] for problem in problems]
    if any(one.outcome is not AddOutcome.DUPLICATE for one in added):
        blocks.append([Span("Ask me about it.", "i")])
    return Reply.of(_joined(blocks, "\n"))


def _added_line(one: Added) -> list[Span]:
    article = one.article
    return [
        Span(f"{_OUTCOMES[one.outcome]}: "),
        *_article_line(article.title, article.url, article.source, article.published_at),
    ]


def _heads(answer: Answer) -> list[list[Span]]:
    """The short answer and what is said otherwise; a contradiction takes the short answer's place."""
    differing = "\n".join(map(one_line, disagreement_lines(answer)))
    if differing and (contradicts(answer) or not answer.short_answer):
        return [[Span(differing, "b")]]
    return [_head(answer), [Span(differing)]]


def _head(answer: Answer) -> list[Span]:
    if answer.status is Status.QUOTED:
        return [Span(QUOTED)]
    if not answer.short_answer:
        return []
    words = one_line(answer.short_answer)
    return [Span(words[:1].upper() + words[1:], "b"), Span(_marks(_head_numbers(answer)))]


def _head_numbers(answer: Answer) -> tuple[int, ...]:
    """The citations of the short answer: those of the first sentence, which it is, else the first citation."""
    if answer.sentences:
        return answer.sentences[0][1]
    return tuple(citation.n for citation in answer.citations[:1])


def _sentences(answer: Answer) -> list[Span]:
    rest = answer.sentences[1:] if answer.short_answer else answer.sentences
    return [Span(" ".join(f"{one_line(text)}{_marks(numbers)}" for text, numbers in rest))]


def _quotes(answer: Answer) -> list[Span]:
    """One quote a line, the answering words in bold."""
    spans: list[Span] = []
    for citation in answer.citations:
        spans.append(Span("\n“" if spans else "“"))
        spans += [*emphasised(citation.quote, citation.answer_span), Span(f"”{_marks((citation.n,))}")]
    return spans


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f" [{n}]" for n in numbers)


def _related(answer: Answer) -> list[Span]:
    spans = [Span(RELATED)] if answer.related else []
    for item in answer.related:
        spans.append(Span("\n• "))
        spans += _article_line(_shortened(item.title, _MAX_TITLE), item.url, item.source, item.published_at)
    return spans


def _notice(answer: Answer) -> list[Span]:
    return [Span(one_line(answer.notice), "i")] if answer.notice else []


def _sources(citations: Iterable[Citation]) -> list[Span]:
    """One line for each article, with the numbers of all its quotes."""
    numbers: dict[tuple[str, str, str | None, str | None, datetime | None], list[int]] = {}
    for c in citations:
        numbers.setdefault((c.article_id, c.title, c.url, c.source, c.published_at), []).append(c.n)
    spans: list[Span] = []
    for (_, title, url, source, at), ns in numbers.items():
        spans.append(Span(f"{chr(10) if spans else ''}{', '.join(map(str, ns))}. "))
        spans += _article_line(title, url, source, at)
    return spans


def _article_line(
    title: str, url: str | None, source: str | None, at: datetime | None, style: Style = ""
) -> list[Span]:
    return [Span(one_line(title) or "Untitled", style, safe_link(url)), Span(_origin(source, at))]


def _shortened(text: str, limit: int) -> str:
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _origin(source: str | None, at: datetime | None) -> str:
    known = [one_line(source)] if source and one_line(source) else []
    if date := long_date(at):
        known.append(date)
    return f" – {', '.join(known)}" if known else ""


def _passage_buttons(citations: Iterable[Citation]) -> InlineKeyboardMarkup | None:
    row = [
        InlineKeyboardButton(f"Passage {citation.n}", callback_data=data)
        for citation in citations
        if (data := PassageRef.of(citation).data())
    ][:_MAX_PASSAGE_BUTTONS]
    return InlineKeyboardMarkup([row[:3], row[3:]] if len(row) > 3 else [row]) if row else None  # noqa: PLR2004


def _joined(blocks: Iterable[Sequence[Span]], gap: str = "\n\n") -> list[Span]:
    """The blocks that hold words, with `gap` between them."""
    spans: list[Span] = []
    for block in blocks:
        if plain(block).strip():
            spans += [Span(gap), *block] if spans else block
    return spans
