"""Estimates with 95 % bootstrap intervals (Efron 1979; percentile method), resampled over questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1000
_SEED = 2025


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share or a mean over `questions` questions, and the interval that holds the middle 95 % of resamples."""

    value: float
    low: float
    high: float
    questions: int


def estimate(parts: Sequence[tuple[float, float]], *, resamples: int = RESAMPLES) -> Estimate | None:
    """Σ numerators / Σ denominators over questions; None when no question counts.

    A mean has the denominator 1 in each part; a share of quotes or claims has a question's own number of them.
    """
    if not parts:
        return None
    numerators, denominators = np.array(parts, dtype=float).T
    total = denominators.sum()
    if not total:
        return None
    picks = np.random.default_rng(_SEED).integers(0, len(parts), (resamples, len(parts)))
    below = denominators[picks].sum(axis=1)
    ratios = numerators[picks].sum(axis=1)[below > 0] / below[below > 0]
    low, high = np.percentile(ratios, [2.5, 97.5])
    counted = int((denominators > 0).sum())
    return Estimate(float(numerators.sum() / total), float(low), float(high), counted)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` percent of the values do not exceed, interpolated; None without values."""
    return float(np.percentile(values, share)) if values else None
