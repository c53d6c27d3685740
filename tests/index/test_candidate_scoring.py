"""Which candidate is the answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import candidate_scoring
from index.candidate_scoring import scored
from index.candidates import Candidate


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of two features."""
    monkeypatch.setattr(candidate_scoring, "_WEIGHTS", {"read": 2.0, "long": -1.0})


@pytest.mark.usefixtures("plain")
def test_a_score_is_the_weighted_sum_of_the_features() -> None:
    """The heaviest comes first; features that the model does not know count nothing."""
    ranked = scored(
        [Candidate("a"), Candidate("b")], [{"read": 1, "long": 3, "other": 99}, {"read": 1, "long": 1, "other": 0}]
    )
    assert [(candidate.key, candidate.score) for candidate in ranked] == [("b", 1.0), ("a", -1.0)]


@pytest.mark.usefixtures("plain")
def test_shares_follow_the_scores_and_sum_to_one() -> None:
    """Two points of score are e² times the share."""
    best, other = scored([Candidate("a"), Candidate("b")], [{"read": 0, "long": 2}, {"read": 0, "long": 0}])
    assert best.weight / other.weight == pytest.approx(math.exp(2))
    assert best.weight + other.weight == pytest.approx(1)


@pytest.mark.usefixtures("plain")
def test_candidates_that_are_as_good_stay_in_their_order() -> None:
    """The order of the sentences decides between them."""
    ranked = scored([Candidate(key) for key in "cab"], [{"read": 1, "long": 1}] * 3)
    assert [candidate.key for candidate in ranked] == ["c", "a", "b"]


def test_no_candidates_are_none() -> None:
    """Nothing comes of nothing."""
    assert scored([], []) == []


NUMBERS = st.floats(-1000, 1000)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(candidate_scoring._WEIGHTS, NUMBERS)), min_size=1, max_size=6))
def test_whatever_the_features_the_shares_sum_to_one(features: list[dict[str, float]]) -> None:
    """Also where the scores are far apart, and with the fitted model; they come in order, and none is lost."""
    ranked = scored([Candidate(str(n)) for n in range(len(features))], features)
    assert sum(candidate.weight for candidate in ranked) == pytest.approx(1)
    assert all(0 <= candidate.weight <= 1 for candidate in ranked)
    assert [c.weight for c in ranked] == sorted((c.weight for c in ranked), reverse=True)
    assert {candidate.key for candidate in ranked} == {str(n) for n in range(len(features))}
