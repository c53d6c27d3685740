"""Topics of conversation: interleaved talk taken apart by what is said, when, by whom, and in reply to what.

Pieces that belong together for sure (talk_fragments.py) are grouped by the likeness of their meaning and rare words,
with a little for nearness in time and the same people. The matrix is of pieces that were embedded: a bounded number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from index.providers.base import Embedder, Vectors
from index.summaries.talk_communities import communities
from index.summaries.talk_fragments import fragments
from index.summaries.talk_sample import Reading
from index.summaries.talk_text import subject_words, telling_stems
from index.summaries.types import ChatMessage

Piece = list[ChatMessage]
_WORDS, _TIME, _PEOPLE = 0.2, 0.03, 0.02  # weights beside that of meaning, which is 1
_MINUTES = 20.0  # after which nearness in time counts a third
_WORD_DIRECTIONS = 256
_FEWEST_NEIGHBOURS, _MOST_NEIGHBOURS, _PIECES_A_NEIGHBOUR = 5, 32, 8
_LONGEST = 600  # characters of a piece that are embedded
# Sentences that have nothing to do with each other: what their vectors share is the embedder's, not the talk's.
_UNRELATED = (
    "The train was late again.",
    "I like that song.",
    "The price of bread went up.",
    "She painted the kitchen yellow.",
    "Our team lost the match.",
    "The doctor is on holiday.",
    "Where did you put the keys?",
    "It may rain in the evening.",
    "The new law passed yesterday.",
    "My phone needs a charger.",
    "Two cats sleep on the sofa.",
    "The exam begins at nine.",
)


def own_vectors(texts: Sequence[str], embedder: Embedder) -> Vectors:
    """Vectors of length 1 without what all texts share with this embedder, shape (texts, dimension); blocking.

    Raises:
        ProviderError: when the embedder fails.
    """
    different = list(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(different)}
    every = embedder.embed([*_UNRELATED, *different])
    own = every[len(_UNRELATED) :] - every[: len(_UNRELATED)].mean(axis=0)
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
    return np.asarray(own[[places[text] for text in texts]], dtype=np.float32)


def conversations(reading: Reading, embedder: Embedder) -> list[Piece]:
    """The messages by topic of conversation, each in order of time, the longest first; none crosses a forum topic.

    Blocking; it costs an embedding a piece, of which there are no more than messages that say something by themselves.

    Raises:
        ProviderError: when the embedder fails.
    """
    found: list[Piece] = []
    telling: dict[int | None, list[Piece]] = {}
    for piece in fragments(reading.messages, reading.light):
        if all(message.message_id in reading.light for message in piece):
            found.append(piece)
        else:
            telling.setdefault(piece[0].topic_id, []).append(piece)
    for pieces in telling.values():
        vectors = own_vectors([_subject(piece, reading) for piece in pieces], embedder)
        neighbours = min(_MOST_NEIGHBOURS, max(_FEWEST_NEIGHBOURS, len(pieces) // _PIECES_A_NEIGHBOUR))
        found += [_together(pieces, group) for group in communities(_likeness(pieces, vectors), neighbours)]
    return sorted(found, key=len, reverse=True)


def _subject(piece: Piece, reading: Reading) -> str:
    said = " ".join(message.text for message in piece if message.message_id not in reading.light)
    return subject_words(said)[:_LONGEST]


def _together(pieces: Sequence[Piece], group: Sequence[int]) -> Piece:
    return sorted((m for place in group for m in pieces[place]), key=lambda m: (m.at, m.message_id))


def _likeness(pieces: Sequence[Piece], vectors: Vectors) -> NDArray[np.float64]:
    """How alike pieces are, shape (pieces, pieces)."""
    wording = _word_vectors(pieces)
    minutes = np.array([[piece[0].at.timestamp() / 60, piece[-1].at.timestamp() / 60] for piece in pieces])
    apart = np.maximum(minutes[:, None, 0] - minutes[None, :, 1], minutes[None, :, 0] - minutes[:, None, 1])
    near = np.exp(-np.maximum(apart, 0.0) / _MINUTES)
    people = [{message.author_id for message in piece} for piece in pieces]
    names = {name: place for place, name in enumerate(sorted(set().union(*people)))}
    spoke = np.zeros((len(pieces), len(names)), dtype=np.float32)
    for place, present in enumerate(people):
        spoke[place, [names[name] for name in present]] = 1.0
    fewer = np.minimum(spoke.sum(axis=1)[:, None], spoke.sum(axis=1)[None, :])
    shared = (spoke @ spoke.T) / np.maximum(1.0, fewer)
    meaning = vectors @ vectors.T
    return np.asarray(meaning + _WORDS * (wording @ wording.T) + _TIME * near + _PEOPLE * shared, dtype=np.float64)


def _word_vectors(pieces: Sequence[Piece]) -> Vectors:
    """Each word a fixed direction, the rarer the longer; a word of one piece alone joins nothing."""
    held = [{stem for message in piece for stem in telling_stems(message.text)} for piece in pieces]
    counts = Counter(stem for stems in held for stem in stems)
    shared = sorted(stem for stem, count in counts.items() if count > 1)
    places = {stem: place for place, stem in enumerate(shared)}
    weights = np.array([log(1 + len(pieces) / counts[stem]) for stem in shared], dtype=np.float32)
    directions = np.random.default_rng(0).standard_normal((len(shared), _WORD_DIRECTIONS)).astype(np.float32)
    rows = np.zeros((len(pieces), _WORD_DIRECTIONS), dtype=np.float32)
    for row, stems in enumerate(held):
        at = [places[stem] for stem in sorted(stems) if stem in places]
        rows[row] = weights[at] @ directions[at]
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)
