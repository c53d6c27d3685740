"""Full dates in other languages than English: "5 de mayo de 2025", "im Januar 2020", "2020年1月5日"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from index.calendar_words import month_of, one_day
from index.time_phrases import Found

if TYPE_CHECKING:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # it ships no types

_LANGUAGES = "de es fr it pt nl id ru uk ar tr zh ja ko pl".split()
_STRETCH = re.compile(
    r"(?:19|20)\d\d ?[年년] ?\d{1,2} ?[月월](?: ?\d{1,2} ?[日일号])?"
    r"|(?<![\w.,])(?:\d{1,2}\.? (?:de |di )?)?[^\W\d_]{3,12} (?:de |del )?(?:19|20)\d\d(?!\w)"
)
_ENGLISH = re.compile(
    r"\b(?:the|what|which|who|whose|how|why|when|where|did|does|is|was|were|are|has|have|of|tell|about)\b",
    re.IGNORECASE,
)


def foreign_dates(text: str) -> Iterator[Found]:
    """The days or months that a text in another language gives with their year."""
    if _ENGLISH.search(text):
        return
    for match in _STRETCH.finditer(text):
        data = _parser().get_date_data(match.group())
        if data.date_obj is None or data.period not in {"day", "month"}:
            continue
        day = data.date_obj.date()
        days = one_day(day) if data.period == "day" else month_of(day.year, day.month)
        yield Found(days, match.start(), match.end(), dated=True)


@lru_cache(maxsize=1)
def _parser() -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": ["month", "year"], "PREFER_DAY_OF_MONTH": "first", "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=_LANGUAGES, settings=settings)
