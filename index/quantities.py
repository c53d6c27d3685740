"""Quantities of a text with their places: numbers with unit and looseness, and whether two of them can both be true.

"nearly four thousand" and "3,987" say the same, "more than 100" and "112" do not exclude each other, "two months" and
"eight weeks" are one length, "€5" and "$5" cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.numbers import numbers_in

_SPELLED = r"""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen
""".split()
_ANY_SPELLED = "|".join(_SPELLED)
_SCALE = r"(?:[\s-]?(?:hundred|thousand|million|billion|trillion|bn|m|k)\b)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/:-])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d,]*\d){_SCALE}"
    rf"|(?<!\w)(?:an? (?=hundred|thousand|million|billion|dozen))?(?:{_ANY_SPELLED})"
    rf"(?:(?:\s|-|\sand\s)(?:{_ANY_SPELLED}))*(?!\w)",
    re.IGNORECASE,
)
# What makes a number no quantity: a date, a time, an ordinal, a fraction, a score, an end of a range, part of a name.
_NO_QUANTITY_BEHIND = re.compile(
    rf"\s(?:to|or)\s(?:[$€£]?\d|(?:{_ANY_SPELLED})\b)"
    r"|(?:st|nd|rd|th)\b|[/:]\d|[.]\d|\s?-\s?\d|[\s-](?:thirds?|quarters?|fifths?|tenths?|halves)\b|[-–]to[-–]|[-–]\d"
    r"|\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[A-Za-z]",
    re.IGNORECASE,
)
_NO_QUANTITY_BEFORE = re.compile(
    rf"(?:\bNo\.|#|\d[-–]|(?i:\b(?:from|between(?: \S+ and)?|(?:[\d,.]*\d|{_ANY_SPELLED}) (?:to|or)))"
    r"|\b(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?))\s*$"
)
_PRONOUN_BEFORE = re.compile(r"\b(?:no|every|any|some|that|which|this|the|each)\s*$", re.IGNORECASE)
_YEAR_OR_CLOCK = re.compile(r"(?:1[89]|20)\d\d|(?:[01]?\d|2[0-3])\.[0-5]\d")
_DIGITS = re.compile(r"([\d,]*\d(?:\.\d+)?)[\s-]?([a-z]*)", re.IGNORECASE)
_SCALES = {"hundred": 2, "thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_CURRENCY_BEFORE = re.compile(r"(?:US|A|C|NZ|HK|S)?(?P<sign>[$€£¥₹])\s?$")
_CURRENCY_BEHIND = re.compile(
    r"\s(?:US |Canadian |Australian )?(?P<name>dollars?|euros?|pounds?(?! of)|yen|yuan|rupees?|francs?|kron[ae]r?)\b",
    re.IGNORECASE,
)
_CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "yuan": "yuan", "rupee": "₹"}
_PERCENT_BEHIND = re.compile(r"\s?%|[\s-]per ?cent\b(?!age point)")
_POINTS_BEHIND = re.compile(r"[\s-](?:percentage )?points?\b")
_AGE_BEHIND = re.compile(r"[\s-]years?[\s-]old\b")
_SPAN_BEHIND = re.compile(
    r"(?:-|\s(?:full |consecutive )?)(?P<unit>second|minute|hour|day|night|week|month|year|decade)s?\b", re.IGNORECASE
)
_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "night": 86_400,
    "week": 604_800,
    "month": 2_629_800,
    "year": 31_557_600,
    "decade": 315_576_000,
}
_ABOUT = r"about|around|roughly|approximately|some|nearly|almost|close to|an estimated|estimated|circa|~|≈"
_ABOVE = r"more than|over|above|upwards of|well over"
_FLOOR = r"at least|no fewer than|no less than|a minimum of"
_CEILING = r"up to|as many as|as much as|at most|under|below|fewer than|less than|no more than"
_LOOSE_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<about>{_ABOUT})|(?P<above>{_ABOVE})|(?P<floor>{_FLOOR})|(?P<ceiling>{_CEILING}))\s*$", re.I
)
_LOOSE_BEHIND = re.compile(r"(?P<above>\+|[\s-]plus\b|\sor more\b)|(?P<about>\s(?:or so|give or take)\b|-odd\b)")
_TOLERANCE = Decimal("0.1")  # of a number that is said to be, or looks, rounded
_OTHER_UNIT_TOLERANCE = Decimal("0.12")  # eight weeks are called two months
_ABOVE_SHARE = Decimal("1.25")  # nobody says "more than 100" of 130
_NEVER_ROUNDED = frozenset({"seconds", "clock", "date"})
_ROUND_FROM = 100
_ROUND_DIGITS = 2


class Bound(StrEnum):
    """How exactly a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    ABOVE = "above"
    FLOOR = "floor"
    CEILING = "ceiling"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text, `text[start:end]` with its unit and the words that loosen it.

    `unit` is "" for a bare number, "%", "points", a currency's sign, "age", "seconds" for a length of time (`value` is
    then in seconds, and `spelled` the unit as written); "clock" in minutes of the day and "date" as 100 × month + day.
    """

    value: Decimal
    unit: str
    bound: Bound
    start: int
    end: int
    spelled: str = ""


def quantities_in(text: str) -> Iterator[Quantity]:
    """The quantities of a text in order; no dates, clock times, ordinals, fractions, scores and years."""
    for match in _NUMBER.finditer(text):
        value = _value(match.group())
        before, behind = text[: match.start()], text[match.end() :]
        if value is None or _NO_QUANTITY_BEHIND.match(behind) or _NO_QUANTITY_BEFORE.search(before[-30:]):
            continue
        if match.group().casefold() == "one" and _PRONOUN_BEFORE.search(before[-10:]):
            continue
        quantity = _with_unit(text, match, value)
        if quantity.unit or not _YEAR_OR_CLOCK.fullmatch(match.group()):
            yield quantity


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one unit are the same number as far as their rounding goes."""
    low, high = sorted((one, other), key=lambda quantity: quantity.value)
    difference = high.value - low.value
    if one.spelled != other.spelled and difference <= _OTHER_UNIT_TOLERANCE * high.value:
        return True
    if low.bound is Bound.ABOVE and high.value <= _ABOVE_SHARE * low.value:
        return True
    if high.bound is Bound.CEILING and low.value * _ABOVE_SHARE >= high.value:
        return True
    loose = Bound.ABOUT in {one.bound, other.bound} or any(map(_looks_rounded, (one, other)))
    return difference <= (_TOLERANCE * high.value if loose else 0) or _is_rounding(one, other)


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities of one unit can both be true: "at least nine" and "twelve" can."""
    low, high = sorted((one, other), key=lambda quantity: quantity.value)
    open_above = low.bound in {Bound.FLOOR, Bound.ABOVE}
    return same_value(one, other) or open_above or high.bound is Bound.CEILING


def _value(number: str) -> Decimal | None:
    """The value of a number in digits or words; None when the words are no one number."""
    if digits := _DIGITS.fullmatch(number):
        return Decimal(digits[1].replace(",", "")).scaleb(_SCALES.get(digits[2].casefold(), 0))
    values = numbers_in(number)
    return Decimal(values.pop()) if len(values) == 1 else None


def _with_unit(text: str, match: re.Match[str], value: Decimal) -> Quantity:
    start, end = match.span()
    unit, spelled = "", ""
    if currency := _CURRENCY_BEFORE.search(text, max(0, start - 5), start):
        unit, start = currency["sign"], currency.start()
    elif currency := _CURRENCY_BEHIND.match(text, end):
        name = currency["name"].casefold().rstrip("s")
        unit, end = _CURRENCIES.get(name, name), currency.end()
    elif sign := _PERCENT_BEHIND.match(text, end):
        unit, end = "%", sign.end()
    elif sign := _POINTS_BEHIND.match(text, end):
        unit, end = "points", sign.end()
    elif sign := _AGE_BEHIND.match(text, end):
        unit, end = "age", sign.end()
    elif span := _SPAN_BEHIND.match(text, end):
        spelled = span["unit"].casefold()
        unit, end, value = "seconds", span.end(), value * _SECONDS[spelled]
    bound = Bound.EXACT
    if loose := _LOOSE_BEFORE.search(text, max(0, start - 20), start):
        bound, start = Bound(str(loose.lastgroup)), loose.start()
    elif loose := _LOOSE_BEHIND.match(text, end):
        bound, end = Bound(str(loose.lastgroup)), loose.end()
    return Quantity(value, unit, bound, start, end, spelled)


def _looks_rounded(quantity: Quantity) -> bool:
    """Whether it is a large number of two significant digits at most, such as 4,000."""
    digits = len(quantity.value.normalize().as_tuple().digits)
    return quantity.unit not in _NEVER_ROUNDED and quantity.value >= _ROUND_FROM and digits <= _ROUND_DIGITS


def _is_rounding(one: Quantity, other: Quantity) -> bool:
    """Whether one is the other with fewer decimals: 25 and 25.3 per cent."""
    places = [max(0, -int(quantity.value.normalize().as_tuple().exponent)) for quantity in (one, other)]
    return places[0] != places[1] and abs(one.value - other.value) * 2 <= Decimal(1).scaleb(-min(places))
