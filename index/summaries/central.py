"""Which sentences stand for a text: central ones that differ from each other, with a preference for its beginning.

Centrality is that of LexRank (Erkan and Radev 2004) over the sentences' embeddings; what is chosen is kept diverse by
maximal marginal relevance (Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.providers.base import Vectors

_DAMPING = 0.85
_ROUNDS = 60
_SETTLED = 1e-6
_SIMILAR = 0.1  # cosine below which two sentences have nothing to do with each other
_NEW = 0.7  # weight of a sentence's own worth against its likeness to those chosen


def centrality(vectors: Vectors) -> NDArray[np.float64]:
    """How central each text is among the others: shape (texts,), the highest is 1. `vectors` have length 1."""
    count = len(vectors)
    if count == 0:
        return np.zeros(0)
    alike = np.clip(vectors.astype(np.float64) @ vectors.T.astype(np.float64), 0.0, 1.0)
    alike[alike < _SIMILAR] = 0.0
    np.fill_diagonal(alike, 0.0)
    sums = alike.sum(axis=1, keepdims=True)
    steps = np.where(sums > 0, alike / np.where(sums > 0, sums, 1.0), 1.0 / count)
    rank = np.full(count, 1.0 / count)
    for _ in range(_ROUNDS):
        following = (1 - _DAMPING) / count + _DAMPING * (steps.T @ rank)
        if np.abs(following - rank).sum() < _SETTLED:
            break
        rank = following
    highest = float(rank.max())
    return rank / highest


def diverse_choice(worth: NDArray[np.float64], vectors: Vectors, count: int, most_alike: float = 0.85) -> list[int]:
    """The places of `count` texts of the most worth that say different things, best first.

    One whose likeness (cosine) to a chosen one is over `most_alike` is never chosen.
    """
    chosen: list[int] = []
    nearest = np.zeros(len(worth))
    alike = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    while len(chosen) < count:
        scores = _NEW * worth - (1 - _NEW) * nearest
        scores[chosen] = -np.inf
        scores[nearest > most_alike] = -np.inf
        best = int(np.argmax(scores)) if len(scores) else -1
        if best < 0 or not np.isfinite(scores[best]):
            return chosen
        chosen.append(best)
        nearest = np.maximum(nearest, alike[best])
    return chosen
