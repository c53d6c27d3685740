"""The figures of answers."""

from __future__ import annotations

import pytest

from evals.intervals import Estimate
from evals.measures import COSTS, MEASURES, answer_figures
from tests.evals.builders import make_scored


def values(shares: dict[str, Estimate | None]) -> dict[str, float]:
    return {key: round(estimate.value, 3) for key, estimate in shares.items() if estimate}


def test_each_share_counts_its_own_questions() -> None:
    """Answerable ones for the scores, unanswerable ones for refusals, every quote and claim once."""
    replies = [
        make_scored("1"),
        make_scored("2", status="quoted", claims=0),
        make_scored("3", status="declined", quotes=0, verbatim=0, claims=0),
        make_scored("4", quotes=3, verbatim=2, claims=3, unsupported=("28",)),
        make_scored("5", golds=None, status="declined", quotes=0, verbatim=0, claims=0),
        make_scored("6", golds=None, claims=0),
    ]
    figures = answer_figures("checking half", replies)
    assert (figures.label, figures.answerable, figures.unanswerable) == ("askwire, checking half", 4, 2)
    assert values(figures.shares) == {
        "containment": 0.5,
        "exact_match": 0.5,
        "f1": 0.5,
        "answered": 0.5,
        "quoted": 0.25,
        "wrongly_declined": 0.25,
        "declined": 0.5,
        "wrongly_answered": 0.5,
        "verbatim": round(5 / 6, 3),
        "unsupported": 0.2,
        "tokens": 5.0,
    }
    assert figures.costs == {
        "total_p50_ms": 40,
        "total_p95_ms": 40,
        "retrieval_p50_ms": 10,
        "sentences_p50_ms": 20,
        "first_token_p50_ms": 30,
    }


def test_a_share_of_nothing_is_unknown() -> None:
    """Without unanswerable questions nothing is said about refusals."""
    assert answer_figures("all", [make_scored()]).shares["declined"] is None


def test_a_group_without_replies_is_refused() -> None:
    """There is no figure to give."""
    with pytest.raises(ValueError, match="no reply"):
        answer_figures("all", [])


def test_targets_are_met_on_their_own_side() -> None:
    """At least 0.60 for what is good, at most 0.15 for what is bad; without a target all is well."""
    by_key = {measure.key: measure for measure in MEASURES}
    assert by_key["containment"].met(0.60)
    assert not by_key["containment"].met(0.59)
    assert by_key["wrongly_declined"].met(0.15)
    assert not by_key["wrongly_declined"].met(0.16)
    assert not by_key["unsupported"].met(0.001)
    assert not by_key["verbatim"].met(0.999)
    assert by_key["exact_match"].met(0.0)
    assert (by_key["containment"].aim, by_key["unsupported"].aim, by_key["tokens"].aim) == ("≥ 0.60", "≤ 0.00", "")
    assert len({*by_key, *(cost.key for cost in COSTS)}) == len(MEASURES) + len(COSTS)
