"""Numbers as German, Spanish, Russian, Indonesian and Arabic texts write them: "5.200", "5,2 Millionen", "пять тысяч".

Comma and point are read as these languages have them, but three digits behind one are always thousands, so that a
number that was copied from English text ("5,200") keeps its value. Only the decimal mark before a scale is one in any
case: "1,375 Milliarden", but "100.000 millones".
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.foreign.number_words import scale_of, spelled_numbers

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789,.")
_NUMBER = r"\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*"
_SPACED = r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|"  # "5 200"
_BEFORE = {"ar": r"(?<![\d.,:A-Za-z])"}  # "and", "with" and others cling to Arabic numbers
_SCALE_BEHIND = re.compile(r"[\s\u00a0-]*(?P<word>[^\W\d_]+)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_COMMA, _POINT = re.compile(r"\d+,\d+"), re.compile(r"\d+[.,]\d+")
_DECIMAL = {"de": _COMMA, "es": _COMMA, "ru": _COMMA, "id": _COMMA, "ar": _POINT}
_ARABIC_PERCENT = re.compile(r"(?:ب|في\s+)ال(?:مئة|مائة|مية|مئه|مائه)")
_GROUPED_DECIMAL = re.compile(r"(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")
_ORDINAL_ENDING = r"(?:-?(?:й|я|е|го|му|м|х|ти|ых)\b)?"


def local_numbers_in(text: str, language: str) -> set[str]:
    """The values of all numbers of a text in one of the five languages, as `numbers.numbers_in` has them."""
    text = text.translate(_DIGITS)
    if language == "ar":
        text = _ARABIC_PERCENT.sub(" % ", text)
    found: set[str] = set()
    rest: list[str] = []
    at = 0
    for match in _numerals(language).finditer(text):
        if match.start() < at:
            continue
        scale, end = _scale(text, match.end(), language)
        digits = re.sub(r"[ \u00a0\u202f]", "", match["number"])
        decimal = scale > 1 and bool(_DECIMAL[language].fullmatch(digits))
        found |= {plain(Decimal(digits.replace(",", ".")) * scale)} if decimal else _values(digits, scale)
        rest.append(text[at : match.start()])
        at = end
    rest.append(text[at:])
    # What stands on both sides of a numeral is not one number.
    return found | {plain(Decimal(str(number.value))) for number in spelled_numbers(" . ".join(rest), language)}


def plain(value: Decimal) -> str:
    """A value as a plain decimal string."""
    return format(value.normalize(), "f")


def _numerals(language: str) -> re.Pattern[str]:
    before = _BEFORE.get(language, r"(?<![\w.,:])")
    spaced = _SPACED if language in {"ru", "es"} else ""
    return re.compile(rf"{before}(?P<number>{spaced}{_NUMBER})(?:st|nd|rd|th|º|ª|er)?{_ORDINAL_ENDING}(?!\w)")


def _scale(text: str, at: int, language: str) -> tuple[int, int]:
    """What the words behind a numeral multiply it by ("mil millones"), and where they end."""
    scale, end = 1, at
    while (word := _SCALE_BEHIND.match(text, end)) and (factor := scale_of(word["word"], language)):
        scale, end = scale * factor, word.end()
    return scale, end


def _values(digits: str, scale: int) -> set[str]:
    if _GROUPED.fullmatch(digits):
        return {plain(Decimal(re.sub(r"[.,]", "", digits)) * scale)}
    if parts := _GROUPED_DECIMAL.fullmatch(digits):
        return {plain(Decimal(f"{re.sub(r'[.,]', '', parts[1])}.{parts[3]}") * scale)}
    if scale == 1 and (clock := _CLOCK.fullmatch(digits)):
        times = {f"{int(clock[1])}:{clock[2]}"} if int(clock[1]) < 24 and int(clock[2]) < 60 else set()  # noqa: PLR2004
        if ":" in digits:
            return times or {digits}
        return times | {plain(Decimal(digits))}
    if re.fullmatch(r"\d+(?:[.,]\d+)?", digits):
        return {plain(Decimal(digits.replace(",", ".")) * scale)}
    return {digits}  # a version, or a date
