"""What one text tells that another does not: words, numbers and names that stand in no stretch both have.

A word is shared when it stands in a five-word shingle that the other text has, wherever it has it, so moved paragraphs
are shared. The time needed grows with the length of the texts, not with their product.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.credit_lines import without_credits
from index.numbers import spelled_values
from index.scripts import UNSPACED
from index.shingles import SHINGLE_WORDS, Hashes, folded, shingle_hashes, word_hashes, word_pattern
from index.telling_words import TELLING_WORDS

_UNSPACED = re.compile(f"[{UNSPACED}]")
_DIGITS = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
_GROUPING = re.compile(r"[,\u00a0\u202f]")
_SENTENCE_BREAK = re.compile(r"[.!?:;\n\"“”«»‘•·|–—]")


class Story:
    """A text as it is compared: without what its publisher put around it, cut into words."""

    def __init__(self, text: str) -> None:
        self.text = without_credits(text)
        self.spans = [match.span() for match in word_pattern(self.text).finditer(self.text)]
        self.words = [self.text[start:end] for start, end in self.spans]

    @cached_property
    def shingles(self) -> Hashes:
        """The shingles in the text's order."""
        return shingle_hashes(word_hashes(self.words))

    @cached_property
    def folded(self) -> list[str]:
        """The words without case and accents."""
        return [folded(word) for word in self.words]

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital where no sentence begins, and words of spaced scripts without any; folded."""
        found: set[str] = set()
        end = 0
        for (start, stop), word, plain in zip(self.spans, self.words, self.folded, strict=True):
            first = word[0]
            inside = start > 0 and not _SENTENCE_BREAK.search(self.text, end, start)
            if (first.isupper() and inside and len(word) > 1) or _has_no_capitals(first):
                found.add(plain)
            end = stop
        return frozenset(found)

    @cached_property
    def numbers(self) -> list[tuple[int, int, str]]:
        """Numbers, and days and months in small letters, as (first word, last word, value), in the text's order."""
        starts = np.array([start for start, _ in self.spans], dtype=np.int64)
        found = [(at, at, value) for at, word in enumerate(self.folded) if (value := _spelled(word))]
        for match in _DIGITS.finditer(self.text):
            first, last = np.searchsorted(starts, (match.start(), match.end() - 1), "right") - 1
            found.append((int(first), int(last), _GROUPING.sub("", match[0])))
        return sorted(found)


@dataclass(frozen=True, slots=True)
class Surplus:
    """What a text has beyond another: how many words, and which share of its own; numbers in its order; names.

    Numbers that stand in a shared stretch too, and names that the other text has anywhere, are not beyond it.
    `replaces` is true when a name stands where the other text has words of its own, or a number where it has another.
    """

    words: int = 0
    share: float = 0.0
    numbers: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    replaces: bool = False


class Stretch(NamedTuple):
    """Words of a text in a row, `end` exclusive, that the other text has not."""

    start: int
    end: int
    numbers: tuple[str, ...]
    names: frozenset[str]


def surpluses(one: Story, other: Story) -> tuple[Surplus, Surplus]:
    """What each of two stories has beyond the other."""
    mine, theirs = _stretches(one, other), _stretches(other, one)
    return _surplus(one, mine, other, theirs), _surplus(other, theirs, one, mine)


def unshared_words(one: Story, other: Story) -> NDArray[np.bool_]:
    """For each word of the one whether it stands in no stretch that the other has too."""
    starts = np.flatnonzero(np.isin(one.shingles, other.shingles))
    edges = np.zeros(len(one.words) + 1, np.int64)
    np.add.at(edges, starts, 1)
    np.add.at(edges, starts + min(SHINGLE_WORDS, len(one.words)), -1)
    unshared: NDArray[np.bool_] = np.cumsum(edges)[:-1] == 0
    return unshared


def _stretches(one: Story, other: Story) -> list[Stretch]:
    unshared = unshared_words(one, other)
    edges = np.flatnonzero(np.diff(unshared.astype(np.int8), prepend=0, append=0)).tolist()
    known, unspaced = set(other.folded), "".join(other.folded)
    numbers = iter(one.numbers)
    number = next(numbers, None)
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        values = []
        while number and number[0] < end:
            if number[1] >= start:
                values.append(number[2])
            number = next(numbers, None)
        words = one.folded[start:end]
        names = {word for word in words if word in one.names and word not in known}
        if any(map(_UNSPACED.match, words)):  # each of the characters may stand anywhere, so with one on either side
            around = "".join(one.folded[max(start - 1, 0) : end + 1])
            names |= set() if around in unspaced else {around}
        found.append(Stretch(start, end, tuple(values), frozenset(names)))
    return found


def _surplus(one: Story, mine: list[Stretch], other: Story, theirs: list[Stretch]) -> Surplus:
    count = sum(stretch.end - stretch.start for stretch in mine)
    beyond = [value for stretch in mine for value in stretch.numbers]
    told = set((Counter(value for _, _, value in one.numbers) - Counter(beyond)).elements())
    return Surplus(
        words=count,
        share=count / max(len(one.words), 1),
        numbers=tuple(value for value in beyond if value not in told),
        names=frozenset().union(*(stretch.names for stretch in mine)),
        replaces=any(
            bool(stretch.names) or (opposite.numbers and opposite.numbers != stretch.numbers)
            for stretch, opposite in _opposites(one, mine, other, theirs)
        ),
    )


def _opposites(
    one: Story, mine: list[Stretch], other: Story, theirs: list[Stretch]
) -> Iterator[tuple[Stretch, Stretch]]:
    """Telling stretches of the one, with those of the other that stand behind, or before, the same five words."""
    starts, ends = {stretch.start: stretch for stretch in theirs}, {stretch.end: stretch for stretch in theirs}
    for stretch in mine:
        before, behind = stretch.start - SHINGLE_WORDS, stretch.end
        if not (stretch.names or stretch.numbers):
            continue
        if before >= 0:
            places = np.flatnonzero(other.shingles == one.shingles[before]) + SHINGLE_WORDS
            yield from ((stretch, starts[at]) for at in places.tolist() if at in starts)
        if behind < len(one.shingles):
            places = np.flatnonzero(other.shingles == one.shingles[behind])
            yield from ((stretch, ends[at]) for at in places.tolist() if at in ends)


def _has_no_capitals(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper() and not _UNSPACED.match(letter)


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> str:
    """The value of a word that is a number above one, for "one another" and "first of all" are none; or the word."""
    if word in TELLING_WORDS:
        return word
    values = spelled_values(word) if word.isascii() and word.isalpha() else []
    return str(values[0]) if values and values[0] > 1 else ""
