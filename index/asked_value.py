"""The kind of value that a question asks for (a count, a price, a date …), and where a text states one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.counting import Counted, counted_in, counts_in
from index.dates import dates_in
from index.quantities import Bound, Quantity, quantities_in
from index.question_types import AnswerType

_UNITS = {AnswerType.PERCENT: frozenset({"%"}), AnswerType.DURATION: frozenset({"seconds"})}
_NO_MONEY = frozenset({"", "%", "points", "seconds", "age"})
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = re.compile(
    rf"(?:\b{_WEEKDAY},? )?(?:\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?:19|20)\d\d)?\b"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:19|20)\d\d)?(?![\w,]\d|\w)|\b(?:19|20)\d\d-\d\d-\d\d\b)"
    rf"|\b{_WEEKDAY} \(\d{{1,2}}/\d{{1,2}}\)"
)
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![.:]?\d|%)", re.IGNORECASE
)
_NOON = 12


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in a text: the words that tell it, `text[start:end]`, and what it measures.

    `phrase_end` is where the phrase with what is counted ends: "one minor injury" for the value "one".
    """

    start: int
    end: int
    phrase_end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class AskedValue:
    """What a question wants measured; `counted` when it is a count, or the existence of something."""

    kind: AnswerType
    counted: Counted | None

    @classmethod
    def of(cls, question: str, kind: AnswerType) -> AskedValue:
        """What the words of a question ask for."""
        return cls(kind, counted_in(question))

    @property
    def existence(self) -> bool:
        """Whether it asks if there was any, and not how many."""
        return self.counted is not None and self.counted.existence

    def stated_in(self, text: str) -> list[Stated]:
        """The values of this kind that a text states, in order; for a count those that count the same thing."""
        if self.counted is not None:
            return [
                Stated(count.start, count.end, count.phrase_end, count.quantity)
                for count in counts_in(text, self.counted)
            ]
        if self.kind is AnswerType.DATE:
            return _dates(text)
        if self.kind is AnswerType.TIME:
            return _clocks(text)
        units = _UNITS.get(self.kind)
        if units is None and self.kind is not AnswerType.MONEY:
            return []
        return [
            Stated(quantity.start, quantity.end, quantity.end, quantity)
            for quantity in quantities_in(text)
            if (quantity.unit in units if units else quantity.unit not in _NO_MONEY)
        ]

    def plain_in(self, text: str) -> Stated | None:
        """The one value of this kind that a text states; None when there are several."""
        found = self.stated_in(text)
        return found[0] if len(found) == 1 else None


def _dates(text: str) -> list[Stated]:
    found = []
    for match in _DATE.finditer(text):
        for date in dates_in(match.group()):
            if date.month and date.day:
                value = Decimal(100 * date.month + date.day)
                found.append(Stated(*match.span(), match.end(), Quantity(value, "date", Bound.EXACT, *match.span())))
    return found


def _clocks(text: str) -> list[Stated]:
    found = []
    for match in _CLOCK.finditer(text):
        if match["minute"] is None and match["half"] is None:
            continue
        hour = int(match["hour"]) % _NOON if match["half"] else int(match["hour"])
        hour += _NOON if (match["half"] or "").casefold() == "p" else 0
        value = Decimal(60 * hour + int(match["minute"] or 0))
        found.append(Stated(*match.span(), match.end(), Quantity(value, "clock", Bound.EXACT, *match.span())))
    return found
