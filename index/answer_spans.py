"""The stretches of a sentence that may be a short answer: names, numbers with their unit, dates, quotations."""

from __future__ import annotations

import re

_UPPER = "A-ZÀ-ÖØ-Þ"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_SPELLED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six"
    r"|seven|eight|nine|hundred|thousand|dozen))*"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|bn|per ?cent|dozen)"
_NAME_WORD = rf"[{_UPPER}][\w’'&-]*(?:\.[{_UPPER}]\b\.?)*"  # also "U.S."
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # A name: words with capitals, small words of names between them, a number behind them.
        rf"\b{_NAME_WORD}(?:(?: (?:of|the|de|al|van|von|for)){{0,2}} {_NAME_WORD}| \d+\b(?![.,:]\d))*",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}\b(?:, \d{{4}})?",
        rf"(?:[$€£¥] ?)?\b\d[\d.,]*(?:%|\b)(?: ?%|[ -]{_SCALE}\b)?",
        rf"\b{_SPELLED}\b(?: {_SCALE}\b)?",
        r"\b[Nn]o(?:body|ne| one| (?:group|organi[sz]ation|party|country|casualties|injuries|deaths))\b",
        r"(?<=“)[^“”]{2,60}(?=”)|(?<=\")[^\"]{2,60}(?=\")",
    )
)
_POSSESSIVE = re.compile(r"['’]s?$")
_EDGE = " .,;:!?-–'’"


def answer_spans(sentence: str) -> list[tuple[int, int]]:
    """The places of all such stretches, without repeats; they may overlap."""
    found: dict[tuple[int, int], None] = {}
    for form in _FORMS:
        for match in form.finditer(sentence):
            text = _POSSESSIVE.sub("", match.group().rstrip(_EDGE)).rstrip(_EDGE)
            start = match.start() + len(text) - len(text.lstrip(_EDGE))
            end = match.start() + len(text)
            if end > start:
                found[start, end] = None
    return list(found)
