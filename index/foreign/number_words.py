"""Numbers in words in German, Spanish, Russian, Indonesian and Arabic, as values.

Inflected forms, numbers written as one word ("zweiundzwanzig", "ثلاثمئة") and Arabic duals of scales are understood.
The articles "ein", "un" and "se-" are no numbers, as "a" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.foreign.number_tables import CONNECTORS, SCALES, TEENS, TENS_SCALES, VALUES
from index.scripts import DIACRITICS

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{DIACRITICS}])*")
_MARKS = re.compile(rf"[{DIACRITICS}ـ]")
_ARABIC_AND = "و"
_ARABIC_PREFIXES = ("", "و", "ب", "ل", "ف", "وب", "ول", "ال", "وال", "بال", "لل")
_FIRST_SCALE = 1000


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words: `text[start:end]`."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    joined: bool = False  # by "and" to the one before


def spelled_numbers(text: str, language: str) -> list[Spelled]:
    """The numbers in words of a text in one of the five languages, in order."""
    found: list[Spelled] = []
    reading = _Reading(language)
    start = end = edge = 0
    joined = False
    for token in _tokens(text, language):
        adjacent = reading.begun and not text[edge : token.start].strip(" -\u00a0")
        if adjacent and not joined and token.word in CONNECTORS[language]:
            edge, joined = token.end, True
            continue
        if adjacent and reading.takes(token.word, joined=joined or token.joined):
            end = edge = token.end
        else:
            found += reading.done(start, end)
            reading = _Reading(language)
            if reading.takes(token.word, joined=False):
                start, end, edge = token.start, token.end, token.end
        joined = False
    return found + reading.done(start, end)


def scale_of(word: str, language: str) -> int | None:
    """What a word behind digits multiplies them by: "Millionen", "тыс", "ribu"."""
    return SCALES[language].get(folded(word, language)) or TENS_SCALES[language].get(folded(word, language))


def folded(word: str, language: str) -> str:
    """A word as the tables have it: lower case, and for Arabic without vowels and with plain alif."""
    word = word.casefold().replace("ё", "е")
    if language == "ar":
        word = _MARKS.sub("", word)
        return word.translate(_ARABIC_LETTERS)
    return word


_ARABIC_LETTERS = str.maketrans("أإآىةؤئ", "ااايهوي")


def _tokens(text: str, language: str) -> Iterable[_Token]:
    for match in _WORD.finditer(text):
        word = folded(match.group(), language)
        if language != "ar":
            yield _Token(word, *match.span())
            continue
        bare = _without_prefix(word)
        yield _Token(bare, *match.span(), joined=word != bare and word.startswith(_ARABIC_AND))


def _without_prefix(word: str) -> str:
    """An Arabic word without what clings to it in front, when the rest is a number."""
    for prefix in _ARABIC_PREFIXES:
        rest = word.removeprefix(prefix)
        if word.startswith(prefix) and (rest in VALUES["ar"] or rest in SCALES["ar"] or rest in TEENS["ar"]):
            return rest
    return word


class _Reading:
    """One number as it is read: `total` of the finished scales, `group` below the next one."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.begun = False
        self._total = self._group = 0.0
        self._last = 0.0  # the part that was read last: what "puluh" multiplies
        self._room = 10.0**15  # the next value must be below this
        self._scale = 10.0**15  # and the next scale

    def takes(self, word: str, *, joined: bool) -> bool:
        """Reads a word; False when it is none of this number."""
        language = self._language
        if not joined and 0 < self._last < 10 and self._takes_behind_unit(word):  # noqa: PLR2004
            return True
        if word in SCALES[language]:
            return self._takes_scale(SCALES[language][word])
        value = _value_of(word, language)
        return value is not None and self._takes_value(value, joined=joined)

    def done(self, start: int, end: int) -> list[Spelled]:
        """The number that was read, if any."""
        return [Spelled(self._total + self._group, start, end)] if self.begun else []

    def _takes_value(self, value: float, *, joined: bool) -> bool:
        # "خمسة وعشرون" has its units first.
        tens_behind = joined and self._language == "ar" and value in range(20, 100, 10) and 0 < self._last < 10  # noqa: PLR2004
        if value >= self._room and not tens_behind:
            return False
        self._group += value
        self._last = value
        self._room = next((place for place in (1000, 100) if value >= place), 10 if value in range(20, 100, 10) else 0)
        self.begun = True
        return True

    def _takes_behind_unit(self, word: str) -> bool:
        """The unit before them becomes a teen by "belas" and "عشر", and is multiplied by "puluh" and "ratus"."""
        if ten := TEENS[self._language].get(word):
            self._group += ten
            self._last, self._room = 0, 0
        elif scale := TENS_SCALES[self._language].get(word):
            self._group += self._last * (scale - 1)
            self._last, self._room = 0, scale
        else:
            return False
        return True

    def _takes_scale(self, scale: int) -> bool:
        if self._scale == _FIRST_SCALE < scale and self._language == "es":  # "dos mil millones"
            self._total, self._group = 0, self._total + self._group
        elif scale >= self._scale or (self.begun and not self._group):
            return False
        self._total += (self._group or 1) * scale
        self._group, self._last, self._room, self._scale = 0, 0, scale, scale
        self.begun = True
        return True


@lru_cache(maxsize=4096)
def _value_of(word: str, language: str) -> float | None:
    known = VALUES[language].get(word)
    if known is not None or language != "de":
        return known
    return _german(word)


def _german(word: str) -> float | None:
    """The value of a German number that is written as one word: "zweihundertfünfzigtausend"."""
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        before, found, behind = word.partition(name)
        if found:
            many = _german_part(before) if before else 1
            rest = _german_part(behind.removeprefix("und")) if behind else 0
            fits = many is not None and rest is not None and many < _FIRST_SCALE and rest < scale
            return many * scale + rest if fits and many is not None and rest is not None else None
    unit, found, ten = word.rpartition("und")
    small, large = _german_part(unit) if unit else None, VALUES["de"].get(ten)
    if found and small is not None and large is not None and small < 10 and large in range(20, 100, 10):  # noqa: PLR2004
        return small + large
    return None


def _german_part(word: str) -> float | None:
    """As `_value_of`; within a number "ein" is one."""
    return 1 if word == "ein" else _value_of(word, "de")
