"""What kind of answer a question asks for, and whether a text holds something of that kind."""

from __future__ import annotations

import re
from enum import StrEnum

from index.numbers import numbers_in


class AnswerType(StrEnum):
    """The kind of answer."""

    COUNT = "count"
    DURATION = "duration"
    MONEY = "money"
    PERCENT = "percent"
    TIME = "time"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    YES_NO = "yes_no"
    STATEMENT = "statement"
    OTHER = "other"


# The kinds that show in the text itself: nothing without a number answers "how many".
PLAIN_SIGNS = frozenset(
    {
        AnswerType.COUNT,
        AnswerType.DURATION,
        AnswerType.MONEY,
        AnswerType.PERCENT,
        AnswerType.TIME,
        AnswerType.DATE,
    }
)

_PATTERNS = (
    (
        AnswerType.MONEY,
        (
            r"\bhow much (?:money|did|does|do|will|would|is|was|were|are)\b.*"
            r"|\bwhat (?:did|does|do|will|would) .+ cost\W*$"
            r"|\bwhat (?:was|is|were|are) the (?:\w+ ){0,2}(?:prices?|costs?)\b(?! of living)"
        ),
    ),
    (AnswerType.PERCENT, r"\b(?:what|which|how much) (?:percentage|percent|share|proportion)\b"),
    (AnswerType.DURATION, r"\bhow long\b(?! (?:is|was|are|were) the\b)"),
    (AnswerType.COUNT, r"\bhow (?:many|much|old|long|far|tall|big|large|often)\b|\bwhat (?:number|age)\b"),
    (AnswerType.TIME, r"\b(?:at )?what time\b|\bwhat hour\b"),
    (AnswerType.DATE, r"^(?:and )?when\b|\b(?:on )?(?:what|which) (?:day|date|year|month)\b|\bsince when\b"),
    (
        AnswerType.STATEMENT,
        r"\bwhat did .+ (?:say|tell|claim|announce|promise|argue|write)\b|\bwhat does .+ (?:say|mean|want)\b",
    ),
    (
        AnswerType.PERSON,
        r"^(?:and )?(?:who|whom|whose)\b|\bwhat is the name of\b|\b(?:which|what) (?:person|politician|actor|singer)\b",
    ),
    (
        AnswerType.PLACE,
        r"^(?:and )?where\b|\b(?:in )?(?:which|what) (?:city|country|place|town|state|square|region)\b",
    ),
    (AnswerType.YES_NO, r"^(?:and )?(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_DATE = re.compile(
    r"\b(?:\d{1,2}[/.]\d{1,2}|(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow"
    r"|Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.)|last (?:week|month|year|night))\b"
)
_SPAN = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|nights?|weekend|since|until)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b|\bnoon\b|\bmidnight\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\s?\d|\b(?:dollars?|euros?|pounds?|yen|rupees?|million|billion|cents?)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]+|[A-Z][\w’'-]+ [A-Z][\w’'-]+")
_SPEECH = re.compile(
    r"[“”\"«»]|\b(?:said|says|say|told|tells|explained|added|wrote|announced|claimed|promised|warned|argued|insisted"
    r"|called|asked|denied|condemned|according to|statement)\b"
)
_DONE_TO = re.compile(
    r"(?:and |but )?whom? (?:did|does|do) .*?\b(?P<deed>[a-z]+)"
    r"(?: (?:when|while|for|after|before|during|because|as|at|in|on|over|with|to|of)\b.*)?\W*$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"\bwhat (?:did|does) (?P<speaker>.+?) (?:say|tell|claim|announce|promise|argue|write|mean|want)\b", re.IGNORECASE
)
_DENIAL = r"\bno(?:body| one| group| party| side| organi[sz]ation)\b"
_NOBODY = re.compile(_DENIAL, re.IGNORECASE)
_UNNAMED = re.compile(rf"{_DENIAL}|\b(?:unknown|unclear|unidentified)\b", re.IGNORECASE)


def answer_type(question: str) -> AnswerType:
    """The kind of answer a question asks for, by its words (English; OTHER when they don't tell)."""
    for kind, pattern in _COMPILED:
        if pattern.search(question.strip()):
            return kind
    return AnswerType.OTHER


def deed_of(question: str) -> str | None:
    """What was done to the person who is asked for: the "blame" of "Who did they blame for the attack?"."""
    match = _DONE_TO.match(question.strip())
    return match["deed"] if match else None


def speaker_of(question: str) -> str | None:
    """Who is asked to be quoted: "Michael McCaul" in "What did Michael McCaul say about it?"; None otherwise."""
    match = _SPEAKER.search(question)
    return match["speaker"] if match else None


def nobody_in(text: str) -> tuple[int, int] | None:
    """Where a text answers "who" with nobody: "no group has claimed the attack"; None where it does not."""
    match = _NOBODY.search(text)
    return match.span() if match else None


def holds_type(text: str, kind: AnswerType) -> bool:
    """Whether a text holds something of this kind; always true for the kinds that have no outward sign."""
    if kind is AnswerType.COUNT:
        return bool(numbers_in(text)) or bool(re.search(r"\b(?:no|none|nobody|dozens|hundreds|thousands)\b", text))
    if kind is AnswerType.PERCENT:
        return bool(re.search(r"\d\s?%|\bper ?cent|\bpercent|\b(?:half|third|quarter)\b", text))
    if kind is AnswerType.PERSON:
        return bool(_NAME.search(text) or _UNNAMED.search(text))
    sign = {
        AnswerType.MONEY: _MONEY,
        AnswerType.TIME: _CLOCK,
        AnswerType.DURATION: _SPAN,
        AnswerType.DATE: _DATE,
        AnswerType.PLACE: _NAME,
        AnswerType.STATEMENT: _SPEECH,
    }.get(kind)
    return sign is None or bool(sign.search(text))
