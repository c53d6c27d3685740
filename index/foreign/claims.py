"""What a sentence states, against evidence in another language: numbers, dates, days, places and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.dates import PartialDate, agrees, dates_in, months_in, without_days
from index.foreign.dates import local_dates_in
from index.foreign.names import KnownNames, is_arabic_dual, shared_names, unknown_names
from index.foreign.number_words import folded
from index.foreign.numbers import local_numbers_in
from index.foreign.places import places_in
from index.foreign.word_forms import arabic_fronts
from index.languages import CHECKED, ENGLISH, language_of
from index.numbers import numbers_in

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b")
_WORD = re.compile(r"[^\W\d_]+")
# "Hundreds" is no number, but at least two hundred.
_VAGUE = {
    "en": {"dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2_000_000},
    "de": {"dutzende": 24, "dutzenden": 24, "hunderte": 200, "hunderten": 200, "tausende": 2000, "tausenden": 2000},
    "es": {"decenas": 20, "docenas": 24, "cientos": 200, "centenares": 200, "miles": 2000},
    "ru": {"десятки": 20, "десятков": 20, "сотни": 200, "сотен": 200, "сотня": 100},
    "id": {"belasan": 11, "puluhan": 20, "ratusan": 200, "ribuan": 2000, "jutaan": 2_000_000},
    "ar": {"عشرات": 20, "ميات": 200},
}


_TEN_TIMES, _THOUSANDS = 10, 1000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states that can be compared across languages.

    Weekdays count from 0, Monday; `at_least` are the numbers that "hundreds" and the like begin with. `not_names` is
    where the words begin that are known to be no names.
    """

    numbers: frozenset[str]
    dates: frozenset[PartialDate]
    months: frozenset[int]
    weekdays: frozenset[int]
    places: frozenset[str]
    at_least: frozenset[int]
    not_names: frozenset[int] = field(compare=False)

    @classmethod
    def of(cls, text: str, language: str) -> Facts:
        """The facts of a text in one of the six languages."""
        places = places_in(text, language)
        spans = [(place.start, place.end) for place in places]
        if language == ENGLISH:
            numbers = numbers_in(without_days(text))
            dates, months = frozenset(dates_in(text)), frozenset(months_in(text))
            weekdays = frozenset(_WEEKDAYS.index(match[1]) for match in _WEEKDAY.finditer(text))
        else:
            calendar = local_dates_in(text, language)
            numbers = local_numbers_in(calendar.rest, language)
            if language == "ar" and any(map(is_arabic_dual, _WORD.findall(text))):
                numbers.add("2")
            dates, months, weekdays = calendar.dates, calendar.months, calendar.weekdays
            spans += calendar.names
        not_names = {start + word.start() for start, end in spans for word in _WORD.finditer(text[start:end])}
        return cls(
            frozenset(numbers),
            dates,
            months,
            weekdays,
            frozenset(place.key for place in places),
            frozenset(_vague(text, language)),
            frozenset(not_names | {start for start, _ in spans}),
        )

    def missing_in(self, others: Sequence[Facts]) -> list[str]:
        """What none of the others states, in words for a log."""
        said = {number for other in others for number in other.numbers}
        there = {date for other in others for date in other.dates}
        places = {place for other in others for place in other.places} - {""}
        sizes = [*map(_size, said), *(float(n) for other in others for n in other.at_least)]
        return [
            *sorted(self.numbers - said),
            *(str(tuple(date)) for date in self.dates if not any(_same_day(date, other) for other in there)),
            *(f"month {month}" for month in sorted(self.months - {m for other in others for m in other.months})),
            *(_WEEKDAYS[day] for day in sorted(self.weekdays - {d for other in others for d in other.weekdays})),
            *(f"place {place}" for place in sorted(self.places - places)),
            *(f"at least {number}" for number in self.at_least if not any(_is_so_many(size, number) for size in sizes)),
        ]

    def shared(self, other: Facts) -> int:
        """How many facts another text states as well."""
        pairs = [
            (self.numbers, other.numbers),
            (self.months, other.months),
            (self.weekdays, other.weekdays),
            (self.places - {""}, other.places),
        ]
        return sum(len(mine & theirs) for mine, theirs in pairs)


def common_facts(sentence: str, text: str) -> int:
    """How many facts and names a sentence shares with a text in another language."""
    language, other = checked_language(sentence), checked_language(text)
    facts = facts_of(sentence, language)
    names = shared_names(sentence, language, _names(text, language), facts.not_names) if language != ENGLISH else 0
    return facts.shared(facts_of(text, other)) + names


def checked_language(text: str) -> str:
    """The language that facts of a text are read in; English when it is none of those that can be."""
    language = language_of(text)
    return language if language in CHECKED and language is not None else ENGLISH


def foreign_claims_missing(sentence: str, evidence: Sequence[str], names: Sequence[str] = ()) -> list[str]:
    """What a sentence claims and no text of the evidence says; empty when all of it does.

    `names` are those of a sentence in English. Each text is read in its own language.
    """
    language = checked_language(sentence)
    facts = facts_of(sentence, language)
    missing = facts.missing_in([facts_of(text, checked_language(text)) for text in evidence])
    known = _names("\n".join(evidence), language)
    if language == ENGLISH:
        return missing + [
            name for name in names if not _is_covered(name, sentence, facts) and not known.have(name, "en")
        ]
    return missing + unknown_names(sentence, language, known, facts.not_names)


# The sentences of one answer are compared with the same few passages.
@lru_cache(maxsize=128)
def facts_of(text: str, language: str) -> Facts:
    """The facts of a text, remembered for a while."""
    return Facts.of(text, language)


@lru_cache(maxsize=64)
def _names(text: str, language: str) -> KnownNames:
    return KnownNames.of(text, language)


def _is_covered(name: str, sentence: str, facts: Facts) -> bool:
    return (
        any(match.start() in facts.not_names for match in re.finditer(re.escape(name), sentence)) or name in _WEEKDAYS
    )


def _vague(text: str, language: str) -> set[int]:
    words = {form for word in _WORD.findall(text) for form in _forms(word, language)}
    return {number for word, number in _VAGUE[language].items() if word in words}


def _forms(word: str, language: str) -> frozenset[str]:
    return arabic_fronts(word) if language == "ar" else frozenset({folded(word, language)})


def _size(number: str) -> float:
    try:
        return float(number)
    except ValueError:  # a clock time, or a version
        return 0.0


def _same_day(claim: PartialDate, other: PartialDate) -> bool:
    """As `agrees`, but a day must be given by both."""
    return agrees(claim, other) and (claim.day is None or other.day is not None)


def _is_so_many(size: float, at_least: int) -> bool:
    """Whether "hundreds" or the like may be said of a number: of 450, and not of 5,200."""
    return at_least <= size < at_least * (_TEN_TIMES if at_least < _THOUSANDS else _THOUSANDS)
