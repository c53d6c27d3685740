"""Which of a question's words a text holds, each weighing what it is worth."""

from __future__ import annotations

from collections.abc import Mapping

from index.synonyms import synonyms_of
from index.words import STOP_WORDS, stem, words

_SYNONYM_SHARE = 0.7
_PREFIX = 2  # letters that stemming leaves alone


def held_weights(text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The question's stems that a text holds, each with its weight; a synonym counts in part."""
    synonyms = {wanted: synonyms_of(wanted) for wanted in weights}
    prefixes = {form[:_PREFIX] for wanted, others in synonyms.items() for form in (wanted, *others)}
    # Only words that begin like a wanted one are stemmed: a tenth of them.
    near = {word for word in words(text) if word[:_PREFIX] in prefixes}
    present = {word if word in STOP_WORDS else stem(word) for word in near}
    held: dict[str, float] = {}
    for wanted, weight in weights.items():
        if wanted in present:
            held[wanted] = weight
        elif not present.isdisjoint(synonyms[wanted]):
            held[wanted] = _SYNONYM_SHARE * weight
    return held


def coverage(text: str, weights: Mapping[str, float]) -> float:
    """The share of the question's weighted words that a text holds (0 to 1)."""
    total = sum(weights.values())
    return sum(held_weights(text, weights).values()) / total if total else 0.0
