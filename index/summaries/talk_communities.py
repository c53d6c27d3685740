"""Communities in a graph of likeness, by modularity (Louvain: Blondel and others 2008); their number is found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_SWEEPS = 20
_LEVELS = 10
_GAIN = 1e-9  # what moving must gain, lest rounding moves things for ever


def communities(likeness: Matrix, neighbours: int) -> list[list[int]]:
    """The places of a square matrix of likeness in groups, each place once.

    Only the `neighbours` most alike of each place count, and no likeness below 0. The same matrix gives the same.
    """
    graph = _nearest(likeness, neighbours)
    groups = [[place] for place in range(len(graph))]
    for _ in range(_LEVELS):
        numbers = _moved(graph)
        kept, places = np.unique(numbers, return_inverse=True)
        if len(kept) == len(graph):
            break
        groups = [
            [place for held in np.flatnonzero(places == number) for place in groups[int(held)]]
            for number in range(len(kept))
        ]
        belongs = np.zeros((len(graph), len(kept)))
        belongs[np.arange(len(graph)), places] = 1.0
        graph = belongs.T @ graph @ belongs
    return groups


def _nearest(likeness: Matrix, neighbours: int) -> Matrix:
    """The graph between each place and those most like it, shape (places, places), symmetric."""
    count = len(likeness)
    graph = np.zeros((count, count))
    others = likeness.astype(np.float64)
    np.fill_diagonal(others, -np.inf)
    for place in range(count):
        nearest = np.argsort(-others[place], kind="stable")[: min(neighbours, count - 1)]
        graph[place, nearest] = np.maximum(others[place, nearest], 0.0)
    return np.maximum(graph, graph.T)


def _moved(graph: Matrix) -> NDArray[np.int64]:
    """The number of each place's community, when no place gains by moving to a neighbour's."""
    count = len(graph)
    numbers = np.arange(count)
    degrees = graph.sum(axis=1)
    total = degrees.sum()
    if total <= 0:
        return numbers
    held = degrees.copy()
    for _ in range(_SWEEPS):
        moves = 0
        for place in range(count):
            own = int(numbers[place])
            held[own] -= degrees[place]
            ties = np.bincount(numbers, weights=graph[place], minlength=count)
            ties[own] -= graph[place, place]
            gains = ties - held * degrees[place] / total
            best = int(gains.argmax())
            best = best if gains[best] > gains[own] + _GAIN else own
            held[best] += degrees[place]
            moves += best != own
            numbers[place] = best
        if not moves:
            break
    return numbers
