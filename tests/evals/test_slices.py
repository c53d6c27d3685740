"""Cutting a news set down."""

from __future__ import annotations

import pytest

from evals.newsset import EvalQuestion
from evals.slices import cut_slice, sample_questions
from index.types import Article
from tests.evals.builders import make_question

POOL = [Article(title=f"T{n}", text=f"Text {n}.", id=f"a{n}") for n in range(40)]


def questions() -> list[EvalQuestion]:
    """Ten answerable questions with two articles each, and ten unanswerable ones, half of them in each half."""
    halves = ("tuning", "checking")
    found = [
        make_question(question_id=f"{n}_1", half=halves[n % 2], supported_by=(f"a{2 * n}", f"a{2 * n + 1}"))
        for n in range(10)
    ]
    return found + [make_question(answers=None, question_id=f"u{n}_1", half=halves[n % 2]) for n in range(10)]


@pytest.mark.parametrize("counts", [(4, 2), (None, None)])
def test_a_slice_keeps_every_article_that_its_questions_need(counts: tuple[int | None, int | None]) -> None:
    """An answerable question stays answerable, and the slice has the asked size."""
    part = cut_slice(POOL, questions(), 20, answerable=counts[0], unanswerable=counts[1])
    held = {article.id for article in part.articles}
    assert len(held) == 20
    answerable = [question for question in part.questions if question.answers is not None]
    assert len(answerable) == (counts[0] or 5)
    assert all(set(question.supported_by) <= held for question in answerable)
    assert len(part.questions) - len(answerable) == (counts[1] or 5)


def test_a_slice_is_the_same_whatever_the_order_of_its_data() -> None:
    """Two runs, and two machines, measure the same thing."""
    first = cut_slice(POOL, questions(), 20, answerable=4, unanswerable=2)
    second = cut_slice(POOL[::-1], questions()[::-1], 20, answerable=4, unanswerable=2)
    assert set(first.articles) == set(second.articles)
    assert set(first.questions) == set(second.questions)


def test_both_halves_are_in_a_slice() -> None:
    """Four questions are two of each half."""
    part = cut_slice(POOL, questions(), 20, answerable=4, unanswerable=2)
    assert sorted(question.half for question in part.questions) == ["checking"] * 3 + ["tuning"] * 3


def test_a_slice_never_grows_over_its_size() -> None:
    """Questions whose articles have no room are passed over."""
    part = cut_slice(POOL, questions(), 5, answerable=4, unanswerable=0)
    assert (len(part.articles), len(part.questions)) == (5, 2)


def test_a_sample_keeps_the_proportion_of_unanswerable_questions() -> None:
    """A third unanswerable stays a third."""
    sample = sample_questions(questions()[:15], 6)
    assert sorted(question.answers is None for question in sample) == [False] * 4 + [True] * 2
    assert sample == sample_questions(questions()[:15], 6)
    assert sample_questions(sample, 10) == sample
