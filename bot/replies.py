"""What the bot says as escaped, split messages, and how an answer becomes them. Pure, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answer_length import at_length, head_numbers
from bot.article_lines import article_line, origin
from bot.differing_lines import differing_lines
from bot.passages import PassageRef
from bot.richtext import Span, cleaned, emphasised, one_line, plain, split, to_html
from bot.words import DEFAULT, Said, Words
from index.differing_reports import differing_reports
from index.types import Answer, Citation, Status

if TYPE_CHECKING:
    from bot.chats import Length

_MAX_PASSAGE_BUTTONS = 5
_BUTTONS_IN_A_ROW = 3
_NOTICES = {
    Status.ANSWERED: "replies-another-model",
    Status.QUOTED: "replies-no-model-quotes",
    Status.DECLINED: "replies-no-model",
}


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
        """A reply in the bot's own words."""
        return cls.of([Span(cleaned(text, own=True))])


def answer_reply(answer: Answer, words: Words, *, sources: bool = True, length: Length = "normal") -> Reply:
    """An answer with its quotes, what reports say otherwise, numbered sources, and a button for each quote.

    Without `sources` each quote names its source and date itself, and there are no buttons. A declined question gets
    the articles on its subject, if any, and neither quotes nor buttons.
    """
    notice, understood = _notice(answer, words), _understood(answer, words)
    if answer.status is Status.DECLINED:
        return Reply.of(joined([understood, [Span(words("replies-declined"))], _related(answer, words), notice]))
    told = at_length(answer, length)
    blocks = [
        understood,
        *_heads(told, words),
        _sentences(told, words),
        _quotes(told, words, origins=not sources),
        notice,
    ]
    if not sources:
        return Reply.of(joined(blocks))
    shown = {citation.n for citation in told.citations}
    buttons = _passage_buttons((citation for citation in answer.citations if citation.n in shown), words)
    return Reply.of(joined([*blocks, _sources(told.citations, words)]), buttons)


def joined(blocks: Iterable[Sequence[Span]], gap: str = "\n\n") -> list[Span]:
    """The blocks that hold words, with `gap` between them."""
    spans: list[Span] = []
    for block in blocks:
        if plain(block).strip():
            spans += [Span(gap), *block] if spans else block
    return spans


def _heads(answer: Answer, words: Words) -> list[list[Span]]:
    """The short answer and what is said otherwise; a contradiction takes the short answer's place."""
    differing = differing_reports(answer)
    lines = "\n".join(differing_lines(differing, words))
    if differing.leads:
        return [[Span(lines, "b")]]
    return [_head(answer, words), [Span(lines)]]


def _head(answer: Answer, words: Words) -> list[Span]:
    if answer.status is Status.QUOTED:
        return [Span(words("replies-quoted"))]
    text = one_line(answer.short_answer or "")
    return [Span(words.foreign(text[:1].upper() + text[1:]), "b"), Span(_marks(head_numbers(answer)))] if text else []


def _sentences(answer: Answer, words: Words) -> list[Span]:
    rest = answer.sentences[1:] if answer.short_answer else answer.sentences
    return [Span(" ".join(f"{words.foreign(one_line(text))}{_marks(numbers)}" for text, numbers in rest))]


def _quotes(answer: Answer, words: Words, *, origins: bool) -> list[Span]:
    """One quote a line, the answering words in bold; its source and date behind it when `origins` is set."""
    begin, end = words.isolates
    spans: list[Span] = []
    for citation in answer.citations:
        spans.append(Span(f"{chr(10) if spans else ''}{words('replies-quote-opens')}{begin}"))
        spans += emphasised(citation.quote, citation.answer_span)
        behind = origin(citation, words) if origins else ""
        spans.append(Span(f"{end}{words('replies-quote-closes')}{_marks((citation.n,))}{behind}"))
    return spans


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f" [{n}]" for n in numbers)


def _related(answer: Answer, words: Words) -> list[Span]:
    spans = [Span(words("replies-related"))] if answer.related else []
    for item in answer.related:
        spans += [Span("\n• "), *article_line(item, words, short=True)]
    return spans


def _understood(answer: Answer, words: Words) -> list[Span]:
    """How a follow-up question was understood, so that a misunderstanding shows."""
    return [Span(words("understood-as", question=answer.understood_as), "i")] if answer.understood_as else []


def _notice(answer: Answer, words: Words) -> list[Span]:
    """How the answer was made: the index says it in English, exactly; other languages have a general line for it."""
    notice = answer.notice
    if not notice:
        return []
    if words.code != DEFAULT and not isinstance(notice, Said):
        notice = words(_NOTICES[answer.status])
    return [Span(notice if isinstance(notice, Said) else one_line(notice), "i")]


def _sources(citations: Iterable[Citation], words: Words) -> list[Span]:
    """One line for each article, with the numbers of all its quotes."""
    articles: dict[tuple[object, ...], list[Citation]] = {}
    for c in citations:
        articles.setdefault((c.article_id, c.title, c.url, c.source, c.published_at), []).append(c)
    spans: list[Span] = []
    for same in articles.values():
        numbers = words.listed(str(citation.n) for citation in same)
        spans += [Span(f"{chr(10) if spans else ''}{numbers}. "), *article_line(same[0], words)]
    return spans


def _passage_buttons(citations: Iterable[Citation], words: Words) -> InlineKeyboardMarkup | None:
    row = [
        InlineKeyboardButton(words("passages-button", n=citation.n), callback_data=data)
        for citation in citations
        if (data := PassageRef.of(citation).data())
    ][:_MAX_PASSAGE_BUTTONS]
    rows = [row[:_BUTTONS_IN_A_ROW], row[_BUTTONS_IN_A_ROW:]]
    return InlineKeyboardMarkup([row for row in rows if row]) if row else None
