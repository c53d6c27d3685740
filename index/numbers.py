"""Numbers as values: "5,200", "three", "1.2 million", "a dozen" and "19.30" compare by what they mean."""

from __future__ import annotations

import re
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
        value = spelled_value(match.group())
        if value is not None:
            found.add(_plain(Decimal(value)))
    return found


def spelled_value(phrase: str) -> int | None:
    """The value of a number in words, or None when the words are no number."""
    if _FRACTION.fullmatch(phrase.strip()):
        return None
    total, current, seen = 0, 0, False
    for word in re.findall(r"[a-z]+", phrase.casefold()):
        if word in _WORDS:
            current += _WORDS[word]
        elif word in _ORDINALS:
            current += _ORDINALS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= _SCALES["thousand"]:
                total, current = total + current, 0
        elif word != "and":
            return None
        seen = seen or word != "and"
    return total + current if seen else None


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
