"""Numbers as values: "5,200", "three", "1.2 million", "a dozen" and "19.30" compare by what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_UNITS = {
    word: value
    for value, word in enumerate(
        """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen
        """.split()
    )
}
_TENS = {
    word: value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        """
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        """.split(),
        start=1,
    )
}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "bn": 1_000_000_000,
    "dozen": 12,
}
_WORDS = {**_UNITS, **{word: tens * 10 for word, tens in _TENS.items()}}
_NUMERAL = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)*)(?P<suffix>st|nd|rd|th|k|m|bn|b)?(?!\w)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_WORDS)}|{'|'.join(_SCALES)}|{'|'.join(_ORDINALS)})(?:[\s-]+(?:and\s+)?|\b))+(?!\w)",
    re.IGNORECASE,
)
_SUFFIX_SCALES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000}
_SCALED = re.compile(r"\d\s*-?\s*(?:hundred|thousand|million|billion|trillion|bn|dozen)\b", re.IGNORECASE)
_FRACTION = re.compile(r"(?:one|two|three|four|five)[\s-](?:third|quarter|fourth|fifth|eighth|tenth)s?", re.IGNORECASE)
_SCALE_BEHIND = re.compile(r"\s*-?\s*(hundred|thousand|million|billion|trillion|bn|dozen)\b", re.IGNORECASE)


def numbers_in(text: str) -> set[str]:
    """The values of all numbers in a text, each as a plain decimal string; clock times as `H:MM`.

    Digits, numbers in words (also "twenty-five", "two hundred and ten"), ordinals and scales are understood.
    """
    found: set[str] = set()
    for match in _NUMERAL.finditer(text):
        found |= _numeral_values(match, text)
    for match in _SPELLED.finditer(_SCALED.sub(" ", text)):
        found |= {_plain(Decimal(value)) for value in spelled_values(match.group())}
    return found


def spelled_values(phrase: str) -> list[int]:
    """The values of the numbers in words that a phrase is made of: "three hundred and two" is one, "two and three" two.

    Empty when a word of it is no number, or when it is a fraction.
    """
    if _FRACTION.fullmatch(phrase.strip()):
        return []
    values: list[int] = []
    number = _Spelled()
    for word in re.findall(r"[a-z]+", phrase.casefold()):
        if word not in _WORDS and word not in _ORDINALS and word not in _SCALES and word != "and":
            return []
        if not number.takes(word):
            values += number.value()
            number = _Spelled()
            number.takes(word)
    return values + number.value()


@dataclass(slots=True)
class _Spelled:
    """One number in words as it is read: `total` of the finished scales, `group` below the next one."""

    total: int = 0
    group: int = 0
    room: int = 1000  # the next word's value must be below this
    scale: int = 10**15  # and the next scale below this
    seen: bool = False

    def takes(self, word: str) -> bool:
        """Reads a word; False when it begins another number."""
        if word == "and":
            return self.seen and self.room >= 100  # noqa: PLR2004 – behind a hundred or a thousand
        if word in _SCALES:
            return self._takes_scale(_SCALES[word])
        value = _WORDS.get(word, _ORDINALS.get(word, 0))
        if value >= self.room or (value == 0 and self.seen):
            return False
        self.group += value
        self.room = 10 if value in range(20, 100) and word in _WORDS else 0
        self.seen = True
        return True

    def _takes_scale(self, scale: int) -> bool:
        behind_a_scale = self.seen and not self.group
        if behind_a_scale or scale >= self.scale or (scale <= 100 <= self.group):  # noqa: PLR2004 – "two hundred hundred"
            return False
        self.group = max(self.group, 1) * scale
        self.seen = True
        if scale < 1000:  # noqa: PLR2004 – "two hundred" may go on with "thousand"
            self.room = 100 if scale == 100 else 0  # noqa: PLR2004
        else:
            self.total, self.group, self.room, self.scale = self.total + self.group, 0, 1000, scale
        return True

    def value(self) -> list[int]:
        return [self.total + self.group] if self.seen else []


def _numeral_values(match: re.Match[str], text: str) -> set[str]:
    digits = re.sub(r"[,\u00a0\u202f]", "", match["digits"])
    if re.fullmatch(r"\d{1,2}[:.]\d{2}", digits):
        hour, minute = re.split(r"[:.]", digits)
        times = {f"{int(hour)}:{minute}"} if int(hour) < 24 and int(minute) < 60 else set()  # noqa: PLR2004 – a clock
        if ":" in digits:
            return times or {digits}
        return times | {_plain(Decimal(digits))}
    try:
        value = Decimal(digits)
    except InvalidOperation:  # 1.2.3 is a version or a date, not a number
        return {digits}
    scale = _SUFFIX_SCALES.get((match["suffix"] or "").lower(), 1)
    if scale == 1 and (behind := _SCALE_BEHIND.match(text, match.end())):
        scale = _SCALES[behind[1].lower()]
    return {_plain(value * scale)}


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
