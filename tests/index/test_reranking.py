"""Passages ranked again by their age, their source, their words together and their place."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reranking import prefer_period, prefer_recent, prefer_source, recency, rerank
from index.types import Evidence
from tests.index.builders import make_evidence

NOW = datetime(2024, 6, 1, tzinfo=UTC)
WEIGHTS = {"rocket": 2.0, "embassi": 1.0, "canteen": 1.0}


def aged(days: float | None, *, score: float = 0.1, name: str = "a") -> Evidence:
    """A passage of an article that came out so many days before now."""
    published = None if days is None else NOW - timedelta(days=days)
    return make_evidence("x", article_id=name, score=score, published_at=published)


def ids(found: list[Evidence]) -> list[str]:
    return [item.article_id for item in found]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 1.0), (7, 1.0), (28, math.exp(-1)), (49, math.exp(-2)), (-1.9, 1.0), (-2.1, 0.0), (-30, 0.0)],
)
def test_recency_is_whole_for_a_week_and_fades_in_three(days: float, expected: float) -> None:
    """An article of the question's future has none, but for a clock that is up to two days ahead."""
    assert recency(NOW - timedelta(days=days), NOW) == pytest.approx(expected)


def test_an_unknown_age_is_not_recent() -> None:
    """An article without a date has no bonus to lose either."""
    assert recency(None, NOW) == 0.0


@given(st.floats(-1e5, 1e5))
def test_recency_is_a_share(days: float) -> None:
    """Of any age, also of one before the calendar's usual years, it lies between 0 and 1."""
    assert 0 <= recency(NOW - timedelta(days=days), NOW) <= 1


def test_recent_passages_are_lifted_not_chosen() -> None:
    """Of equals the newest is first; a much better old one stays in front, and none is lost."""
    found = [aged(300, name="old"), aged(None, name="undated"), aged(20, name="older"), aged(1, name="new")]
    assert ids(prefer_recent(found, NOW)) == ["new", "older", "old", "undated"]
    best = aged(300, score=0.3, name="best")
    lifted = prefer_recent([*found, best], NOW)
    assert ids(lifted)[0] == "best"
    assert [item.score for item in lifted] == sorted((item.score for item in lifted), reverse=True)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    """Passages without a date, or of another time, stay as they are behind."""
    start, end = NOW - timedelta(days=10), NOW - timedelta(days=5)
    found = [aged(4.9, name="after"), aged(5, name="end"), aged(None, name="undated"), aged(10, name="start")]
    assert ids(prefer_period(found, start, end)) == ["start", "after", "end", "undated"]
    assert ids(prefer_period([aged(7, name="in"), aged(99, score=0.5, name="best")], start, end)) == ["best", "in"]


def test_a_source_that_is_named_comes_first() -> None:
    """By any of its names, or by the article's address; the bonus outweighs what ranks alone can give."""
    best = 2 / 11  # the fused score of a passage that both searches found first
    found = [
        make_evidence("x", article_id="bbc", source="BBC News", score=best),
        make_evidence("x", article_id="ap", source="Associated Press", score=0.0),
        replace(make_evidence("x", article_id="host", score=0.0), url="https://apnews.com/article/1"),
    ]
    assert ids(prefer_source(found, "AP")) == ["ap", "host", "bbc"]
    assert prefer_source(found, "Reuters") == found


def test_passages_with_most_of_the_questions_words_are_lifted() -> None:
    """Title and text together; half of the words say little, nearly all of them much."""
    whole = make_evidence("Rockets hit the canteen.", "Embassy", article_id="whole")
    half, none = make_evidence("Rockets.", article_id="half"), make_evidence("Rain.", article_id="none")
    ranked = rerank([none, half, whole], WEIGHTS)
    assert ids(ranked) == ["whole", "half", "none"]
    assert ranked[0].score - ranked[2].score == pytest.approx(16 * (ranked[1].score - ranked[2].score))


def test_the_beginning_of_an_article_is_lifted_a_little() -> None:
    """Of equals the earlier one is first, yet the words weigh more."""
    early, late = make_evidence("Rain.", article_id="early"), make_evidence("Rain.", article_id="late", start=9000)
    assert ids(rerank([late, early], WEIGHTS)) == ["early", "late"]
    words = make_evidence("Rockets hit the embassy canteen.", article_id="words", start=9000)
    assert ids(rerank([early, words], WEIGHTS)) == ["words", "early"]


def test_equals_stay_in_their_order() -> None:
    """Sorting is stable, and what has no words or nothing to rank is left as it is."""
    found = [make_evidence("Rain.", article_id=name) for name in "cab"]
    assert ids(rerank(found, {})) == ["c", "a", "b"]
    assert ids(prefer_recent(found, NOW)) == ["c", "a", "b"]
    assert rerank([], WEIGHTS) == prefer_recent([], NOW) == prefer_source([], "AP") == []
