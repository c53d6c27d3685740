"""Estimates and their bootstrap intervals."""

from __future__ import annotations

import numpy as np
import pytest

from evals.intervals import estimate, percentile


def test_an_interval_is_the_same_at_every_run() -> None:
    """The resamples are seeded."""
    parts = [(float(n % 3 == 0), 1.0) for n in range(50)]
    assert estimate(parts) == estimate(parts)


def test_the_interval_of_a_share_is_that_of_the_normal_approximation() -> None:
    """For 200 coin flips the 95 % interval is 0.5 ± 0.07."""
    found = estimate([(float(n % 2), 1.0) for n in range(200)])
    assert found is not None
    assert (found.value, found.questions) == (0.5, 200)
    assert (found.low, found.high) == pytest.approx((0.43, 0.57), abs=0.015)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    """Of 200 samples of a share of 0.7, around 95 % have it in their interval."""
    random = np.random.default_rng(7)
    samples = (estimate([(float(x < 0.7), 1.0) for x in random.random(100)], resamples=300) for _ in range(200))
    covered = sum(found is not None and found.low <= 0.7 <= found.high for found in samples)
    assert 180 <= covered <= 198


def test_a_share_of_quotes_weighs_each_quote_alike() -> None:
    """One of three and none of one are a quarter, not a sixth; a question without quotes does not count."""
    found = estimate([(1, 3), (0, 1), (0, 0)])
    assert found is not None
    assert (found.value, found.questions) == (0.25, 2)


def test_nothing_counted_is_no_estimate() -> None:
    """A share of nothing is unknown, not 0."""
    assert estimate([]) is None
    assert estimate([(0, 0)]) is None
    assert percentile([], 50) is None


def test_a_percentile_is_interpolated() -> None:
    """The median of two values is their middle."""
    assert percentile([10, 20], 50) == 15
