"""Dates, months and weekdays in German, Spanish, Russian, Indonesian and Arabic text; their names are those of CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.dates import PartialDate
from index.foreign.number_words import folded

_MONTHS, _DAYS = 12, 31
# Spellings that CLDR's main locale of a language has not.
_MORE_LOCALES = {"ar": ("ar_IQ", "ar_DZ", "ar_MA", "ar_EG"), "es": ("es_PE",)}
_MORE_WEEKDAYS = {"de": {"sonnabend": 5}, "ar": {"الاثنين": 0}, "id": {"ahad": 6}}
_CASE_SENSITIVE = {"de", "id"}  # "Minggu" is Sunday, and "minggu" a week
_RUSSIAN_ENDINGS = {"а": "(?:а|у|ы|е|ой|ам|ами|ах)", "е": "(?:е|я|ю|и|ем|ям|ями|ях)"}
_RUSSIAN_ENDING = "(?:а|у|е|ом|и|ов|ам|ами|ах)?"  # behind a consonant
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<year_first>(?:19|20)\d\d)-(?P<month_behind>\d\d)-(?P<day_behind>\d\d)"
    r"|(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?!\d))?)(?P<point>\.)?(?![\d/-])"
)
_PARTS_OF_DAYS = r"(?:abend|abends|nacht|morgen|mittag|nachmittag|vormittag|früh|s|en)?"


@dataclass(frozen=True, slots=True)
class LocalDates:
    """What a text says of the calendar.

    Weekdays count from 0, Monday. A month that stands in a date is in `months` as well. `rest` is the text without its
    numeric dates, its names of months and days, and the days of dates, so that these count nothing else; years stay.
    `names` are the places of the names in the text, [start, end).
    """

    dates: frozenset[PartialDate]
    months: frozenset[int]
    weekdays: frozenset[int]
    rest: str
    names: tuple[tuple[int, int], ...]


def local_dates_in(text: str, language: str) -> LocalDates:
    """The dates of a text in one of the five languages; of numeric ones the day comes first."""
    text = text.translate(_DIGITS)
    dates, numeric = _numeric_dates(text)
    for start, end in numeric:
        text = text[:start] + "," * (end - start) + text[end:]
    names = _names(language)
    found = [match for form in names.forms for match in form.finditer(text)]
    dates |= {_date(match, names.months, language) for match in found}
    years = {date.year for date in dates if date.year}
    named = list(names.month.finditer(text))
    days = list(names.weekday.finditer(text))
    months = {names.months[folded(match["month"], language)] for match in named}
    weekdays = {_weekday(match, names.weekdays, language) for match in days}
    rest = text
    for start, end in (match.span("day") for match in found if match.groupdict().get("day")):
        rest = rest[:start] + "," * (end - start) + rest[end:]
    rest = names.weekday.sub(" , ", names.month.sub(" , ", rest))
    places = tuple(match.span() for match in (*named, *days))
    of_dates = {date.month for date in dates if date.month}
    rest = " , ".join([rest, *map(str, sorted(years))])
    return LocalDates(frozenset(dates), frozenset(months | of_dates), frozenset(weekdays), rest, places)


@dataclass(frozen=True, slots=True)
class _Names:
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    month: re.Pattern[str]
    weekday: re.Pattern[str]
    forms: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=8)
def _names(language: str) -> _Names:
    from babel import Locale

    months: dict[str, int] = {}
    weekdays: dict[str, int] = dict(_MORE_WEEKDAYS.get(language, {}))
    spelled: set[str] = set()
    for name in (language, *_MORE_LOCALES.get(language, ())):
        locale = Locale.parse(name)
        for use in ("format", "stand-alone"):
            for number, word in locale.months[use]["wide"].items():
                months[folded(word, language)] = number
                spelled.add(word)
            for number, word in locale.days[use]["wide"].items():
                weekdays[folded(word, language)] = number
    if language == "ru":
        months |= {form: number for word, number in list(months.items()) for form in _russian_months(word)}
    flags = 0 if language in _CASE_SENSITIVE else re.IGNORECASE
    month = rf"(?P<month>{_any_of(months, language)})"
    forms = (
        rf"(?<![\d.,]){_day(language)}{month}(?:,?\s+(?:de\s+|del\s+|عام\s+)?{_YEAR})?",
        rf"{_start(language)}{month},?\s+(?:de\s+|del\s+|عام\s+)?{_YEAR}",
    )
    return _Names(
        months,
        weekdays,
        re.compile(rf"{_start(language)}{month}(?!\w)", flags),
        re.compile(rf"{_start(language)}(?P<weekday>{_weekday_forms(weekdays, language)})(?!\w)", flags),
        tuple(re.compile(form, flags) for form in forms),
    )


def _start(language: str) -> str:
    return r"(?<!\w)(?:[وفبل]{0,2})" if language == "ar" else r"(?<!\w)"


def _day(language: str) -> str:
    behind = {"de": r"\.?", "es": r"(?:º|\.º|er)?", "ru": r"(?:-?го)?"}.get(language, "")
    return rf"(?P<day>\d{{1,2}}){behind}\s+(?:de\s+|من\s+)?"


def _any_of(words: Mapping[str, int], language: str) -> str:
    """The words, longest first, in the letters that `folded` makes alike; German and Indonesian with a capital."""
    return "|".join(_spelling(word, language) for word in sorted(words, key=len, reverse=True))


def _spelling(word: str, language: str) -> str:
    if language in _CASE_SENSITIVE:
        return re.escape(word.capitalize())
    if language == "ar":
        return re.escape(word).replace("ا", "[اأإآ]").replace("ه", "[هة]").replace("ي", "[يىئ]")
    return re.escape(word).replace("е", "[её]")


def _weekday_forms(weekdays: Mapping[str, int], language: str) -> str:
    if language == "de":
        return "|".join(f"{word.capitalize()}{_PARTS_OF_DAYS}|{word}s" for word in weekdays)
    if language == "ru":
        return "|".join(f"{word[:-1]}{_RUSSIAN_ENDINGS.get(word[-1], word[-1] + _RUSSIAN_ENDING)}" for word in weekdays)
    if language == "es":
        return "|".join(f"{re.escape(word)}s?" for word in weekdays)
    return _any_of(weekdays, language)


def _weekday(match: re.Match[str], weekdays: Mapping[str, int], language: str) -> int:
    word = folded(match["weekday"], language)
    if word in weekdays:
        return weekdays[word]
    # Inflected, or with the part of the day behind it.
    return next(number for name, number in weekdays.items() if word.startswith(name[:-1]))


def _russian_months(word: str) -> Iterator[str]:
    """The cases of a month: "январь", "января" and "январе", "мая", "марту"."""
    stem = word[:-1] if word[-1] in "ьйя" else word.removesuffix("а")
    return (stem + ending for ending in ("ь", "й", "я", "ю", "е", "ем", "а", "у", "ом", "") if len(stem) > 1)


def _date(match: re.Match[str], months: Mapping[str, int], language: str) -> PartialDate:
    parts = match.groupdict()
    day = parts.get("day")
    year = parts.get("year")
    return PartialDate(int(year) if year else None, months[folded(match["month"], language)], int(day) if day else None)


def _numeric_dates(text: str) -> tuple[set[PartialDate], list[tuple[int, int]]]:
    """Such as "26.01.2020", "26/1" and "2020-01-26", with their places; "19.30" and "5.2" are none."""
    dates: set[PartialDate] = set()
    places: list[tuple[int, int]] = []
    for match in _NUMERIC.finditer(text):
        year = match["year"] or match["year_first"]
        day, month = int(match["day"] or match["day_behind"]), int(match["month"] or match["month_behind"])
        sure = year or match["mark"] == "/" or (match["mark"] == "." and match["point"])
        if sure and 1 <= day <= _DAYS and 1 <= month <= _MONTHS:
            dates.add(PartialDate(int(year) if year and len(year) > 2 else None, month, day))  # noqa: PLR2004
            places.append(match.span())
    return dates, places
