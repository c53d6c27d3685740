"""Scores of replies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.answer_quality import ask_all, count_verbatim, score, score_text
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel
from index.types import PUBLIC, Answer, Status
from tests.evals.builders import make_question, nothing
from tests.evals.conftest import OpenNews
from tests.index.builders import make_citation


async def test_a_right_answer_scores_on_every_count(open_news: OpenNews) -> None:
    """Contained, exact, its quotes verbatim, its number in the quote, its time and tokens told."""
    news = await open_news(FakeChatModel(["27"], kind=ModelKind.READER))
    (scored,) = await ask_all(news, [make_question()], nothing)
    assert (scored.status, scored.short_answer) == ("answered", "27")
    assert (scored.contained, scored.exact, scored.f1) == (True, True, 1.0)
    assert scored.quotes == scored.verbatim > 0
    assert (scored.claims, scored.unsupported) == (1, ())
    assert scored.timings.total_ms > 0
    assert scored.timings.tokens > 0


async def test_an_unanswerable_question_asks_for_a_refusal(open_news: OpenNews) -> None:
    """A refusal has neither quotes nor claims, and no gold answer to hold."""
    news = await open_news(None)
    (scored,) = await ask_all(news, [make_question("Which volcano erupted near Quillon?", None)], nothing)
    assert (scored.status, scored.quotes, scored.claims, scored.contained) == ("declined", 0, 0, False)


async def test_a_quote_that_is_not_verbatim_is_counted(open_news: OpenNews) -> None:
    """A changed word, a wrong place and an article that is not there are all seen."""
    news = await open_news(None)
    answer = await news.ask(make_question().question, PUBLIC)
    true = answer.citations[0]
    changed = replace(true, quote=true.quote.replace("27", "28"))
    moved = replace(true, start=true.start + 1, end=true.end + 1)
    gone = replace(true, article_id="nowhere")
    assert await count_verbatim(news, replace(answer, citations=(true, changed, moved, gone))) == 1
    assert await count_verbatim(news, replace(answer, citations=(true,))) == 1


def test_an_invented_number_is_counted() -> None:
    """The reply says 28 where its quote says 27."""
    citation = make_citation("It shines 27 miles.")
    answer = Answer("?", Status.ANSWERED, short_answer="28 miles", citations=(citation,))
    scored = score(make_question(), answer, 1)
    assert (scored.claims, scored.unsupported, scored.exact) == (1, ("28",), False)
    assert scored.contained  # by the quote


@pytest.mark.parametrize(("before", "contained"), [(797, True), (801, False)])
def test_only_the_first_800_characters_are_read(before: int, contained: bool) -> None:
    """An answer far down does not count."""
    text = "x" * (before - 1) + " 27"
    assert score_text("any", make_question(), "answered", text, None).contained is contained
