"""Which of a question's words a text holds, each weighing what it is worth."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from index.synonyms import synonyms_of
from index.words import STOP_WORDS, stem, words

_SYNONYM_SHARE = 0.7
_PREFIX = 2  # letters that stemming leaves alone
_MARKS = re.compile("[\u0300-\u036f]+")
_SIGNS = "“”‘’—–…•\u00a0"  # in English text hardly anything else is beyond ASCII
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_BEYOND_ASCII = re.compile(r"[^\w\x00-\x7f]+")
_SPACED, _UNSPACED = r" ((?:{})[^ ]*)", r"(?<![^\W_])((?:{})[^\W_]*)"
_FOLDED_OTHERWISE = re.compile("[ßæœøłđðþħıŉ]")


def held_weights(text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The question's stems that a text holds, each with its weight; a synonym counts in part."""
    synonyms = {wanted: synonyms_of(wanted) for wanted in weights}
    prefixes = frozenset(form[:_PREFIX] for wanted, others in synonyms.items() for form in (wanted, *others))
    present = {word if word in STOP_WORDS else stem(word) for word in _words_beginning(text, prefixes)}
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


def _words_beginning(text: str, prefixes: frozenset[str]) -> set[str]:
    """The words of a text that begin in one of these ways, a tenth of them; in Latin letters without looking at all."""
    folded = text
    if not folded.isascii():
        for sign in _SIGNS:
            folded = folded.replace(sign, " ")
    if not folded.isascii():
        folded = folded.casefold()
        if not all(prefix.isascii() for prefix in prefixes) or _FOLDED_OTHERWISE.search(folded):
            return {word for word in words(text) if word[:_PREFIX] in prefixes}
        folded = _BEYOND_ASCII.sub(" ", _MARKS.sub("", unicodedata.normalize("NFD", folded)))
        if not folded.isascii():
            return set(_pattern(prefixes, _UNSPACED).findall(folded))
    # To look for a space first takes a third of the time of looking behind at each letter.
    return set(_pattern(prefixes, _SPACED).findall(f" {folded.lower().translate(_SPACES)}"))


@lru_cache(maxsize=64)
def _pattern(prefixes: frozenset[str], form: str) -> re.Pattern[str]:
    return re.compile(form.format("|".join(map(re.escape, sorted(prefixes)))))
