"""Whatever stands in an article, nothing in a reply can be pressed but the link on its title, in any language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.article_lines import article_line
from bot.article_replies import added_reply, passage_reply, sources_reply
from bot.passages import PassageRef
from bot.replies import Reply, answer_reply
from bot.richtext import safe_link
from bot.streaming import _Pace
from bot.words import languages, words_of
from index.types import Added, AddOutcome, Answer, Article, Citation, Conflict, Progress, Related, Status
from tests.helpers.bot_api.entities import detect_entities
from tests.helpers.bot_api.markup import parse_html
from tests.injection.articles import HOSTILE, Hostile
from tests.injection.clickable import clickable, clickable_words

if TYPE_CHECKING:
    from bot.chats import Length

EVERY = pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
LENGTHS: tuple[Length, ...] = ("short", "normal", "long")


def as_worst(hostile: Hostile) -> Article:
    """The article with its order in every field, as no source would let it pass."""
    order = f"{hostile.attack.order[:900]} {' '.join(hostile.attack.says)}"
    url = hostile.attack.address
    return replace(hostile.article, id="a1", title=order, text=order, source=order, url=url)


def as_cited(article: Article, n: int, span: tuple[int, int]) -> Citation:
    """A citation of its whole text; the answering words begin and end anywhere."""
    text = article.text
    return Citation(n, article.id, article.title, text, 0, len(text), article.url, article.source, None, *span)


def answers(hostile: Hostile) -> Iterator[Answer]:
    """Answers of every kind in which all that others wrote is the order."""
    article = as_worst(hostile)
    text = article.text
    cited = tuple(as_cited(article, n, (at, min(len(text), at + 9))) for n, at in ((1, 0), (2, len(text) // 2)))
    base = Answer("q", Status.ANSWERED, short_answer=text, citations=cited, notice=text, understood_as=text)
    conflict = Conflict(text, 2, source=text)
    yield base
    yield replace(base, sentences=((text, (1,)), (text, (2,))))
    yield replace(base, conflicts=(conflict,))
    yield replace(base, conflicts=(replace(conflict, in_title=True),))
    yield replace(base, status=Status.QUOTED, short_answer=None)
    yield Answer("q", Status.DECLINED, related=(Related("a1", text, article.url, text),))


def faults_in(reply: Reply, hostile: Hostile) -> list[str]:
    """What can be pressed in a reply besides links to the article's own address."""
    own = safe_link(hostile.attack.address)
    found: list[str] = []
    for part in reply.parts:
        text, entities = parse_html(part.html)
        others, links = clickable_words(text, detect_entities(text, entities))
        found += [*others, *clickable(part.plain)]
        found += [f"links to {link}" for link in links if link.rstrip("/") != (own or "").rstrip("/")]
        found += [f"disguises with {sign!r}" for sign in text if sign in "\u202a\u202b\u202d\u202e\x1b"]
    return found


def turn(hostile: Hostile) -> int:
    """The articles take turns with the languages and lengths: all together they meet all."""
    return HOSTILE.index(hostile)


@EVERY
def test_an_answer_holds_no_link_but_its_sources(hostile: Hostile) -> None:
    """In answers, quotes, contradictions, headlines, sources, related articles and notices, at any length."""
    number = turn(hostile)
    for code in {"ar", languages()[number % len(languages())]}:
        for answer in answers(hostile):
            for sources in (True, False):
                length = LENGTHS[number // len(languages()) % len(LENGTHS)]
                reply = answer_reply(answer, words_of(code), sources=sources, length=length)
                assert faults_in(reply, hostile) == [], (code, answer.status)


@EVERY
def test_lists_and_passages_hold_no_link_but_its_own(hostile: Hostile) -> None:
    """Where an article is listed, added, or shown around a quote, wherever the quote begins and ends."""
    article = as_worst(hostile)
    words = words_of(languages()[turn(hostile) % len(languages())])
    added = [Added(outcome, article, 1) for outcome in AddOutcome]
    replies: list[Reply | None] = [
        Reply.of(article_line(article, words)),
        Reply.of(article_line(article, words, short=True)),
        sources_reply([article, article], words, offset=0, total=2),
        added_reply(added, words, [words.foreign(article.text)]),
    ]
    length = len(article.text)
    for start in range(0, length, max(1, length // 15)):
        end = min(length, start + 7)
        quote = replace(as_cited(article, 1, (0, 1)), start=start, end=end, quote=article.text[start:end])
        replies.append(passage_reply(article, PassageRef.of(quote), words))
    assert [fault for reply in replies if reply for fault in faults_in(reply, hostile)] == []


@EVERY
def test_an_answer_on_its_way_holds_no_link(hostile: Hostile) -> None:
    """What is shown while it is written can be pressed as little as the reply."""
    pace = _Pace(words_of("en"), 1.0)
    for said in (hostile.attack.order, *hostile.attack.says):
        pace.take(Progress("writing", f"{said} [1]"))
        assert clickable(pace.text) == []
        assert "[1]" in pace.text or len(said) > 1000


def test_marks_in_quotes_cite_nothing() -> None:
    """Only the bot's own marks name a source."""
    hostile = next(hostile for hostile in HOSTILE if hostile.name == "citations")
    reply = answer_reply(next(answers(hostile)), words_of("en"))
    quotes = [line for line in reply.parts[0].plain.splitlines() if line.startswith("“")]
    assert [line[-3:] for line in quotes] == ["[1]", "[2]"]
    assert all("[" not in line[:-3] for line in quotes)
