"""Which candidate is the answer: a linear model over what speaks for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.candidates import Candidate

# Fitted by logistic regression on the tuning half of a year of news-quiz questions (see evals/README.md).
_WEIGHTS: Mapping[str, float] = {
    "times_read": 0.7,
    "unread": -0.58,
    "begun": 0.3,
    "best_begun": 0.25,
    "best_sentence": 0.8,
    "sentences": 0.19,
    "passages": 0.22,
    "common": -0.07,
    "recent": 0.32,
    "in_title": 0.49,
    "near_question": 0.8,
    "near_noun": 0.54,
    "needless_number": -0.12,
    "person": 0.1,
    "capital": 0.2,
    "one_word": -0.41,
    "repeats": 0.27,
}


def scored(candidates: Sequence[Candidate], features: Sequence[Mapping[str, float]]) -> list[Candidate]:
    """The candidates with their weights, which sum to 1, heaviest first.

    A candidate's score is the weighted sum of its features.
    """
    totals = [sum(weight * values[name] for name, weight in _WEIGHTS.items()) for values in features]
    highest = max(totals, default=0.0)
    shares = [math.exp(total - highest) for total in totals]
    for candidate, total, share in zip(candidates, totals, shares, strict=True):
        candidate.score, candidate.weight = total, share / sum(shares)
    return sorted(candidates, key=lambda candidate: -candidate.weight)
