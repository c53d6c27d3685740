"""Central sentences that differ from each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.summaries.central import centrality, diverse_choice


def unit(*rows: tuple[float, ...]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    scaled: np.ndarray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


CROWD = unit((1, 0.1, 0), (1, 0, 0.1), (1, 0.1, 0.1), (0, 0, 1))


def test_what_most_others_resemble_is_central() -> None:
    """Three that say nearly the same outrank the one that stands apart."""
    worth = centrality(CROWD)
    assert worth.argmin() == 3
    assert worth.max() == 1


def test_a_chosen_one_keeps_its_likes_away() -> None:
    """Of three that say the same one is chosen, then the one that says something else, and no more."""
    assert diverse_choice(centrality(CROWD), CROWD, 4) == [2, 3]


def test_nothing_and_a_single_text() -> None:
    """No text gives no choice, one text itself."""
    assert diverse_choice(centrality(np.zeros((0, 3), np.float32)), np.zeros((0, 3), np.float32), 3) == []
    assert diverse_choice(centrality(CROWD[:1]), CROWD[:1], 3) == [0]


@given(arrays(np.float32, st.tuples(st.integers(1, 12), st.just(4)), elements=st.floats(-1, 1, width=32)))
def test_any_vectors_give_a_ranking(rows: np.ndarray) -> None:
    """Values are finite, between 0 and 1, and no place is chosen twice."""
    rows[:, 0] += 2  # no zero vector
    vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    worth = centrality(vectors)
    assert np.isfinite(worth).all()
    assert (worth >= 0).all()
    chosen = diverse_choice(worth, vectors, 5)
    assert len(set(chosen)) == len(chosen) <= 5
