"""Questions about how a figure changed: its values in order of time, "9 (3 May) → 12 (5 May)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.asked_value import AskedValue
from index.disagreement import Value, plain_value
from index.disagreement_text import short_date
from index.evidence_sentences import Sentence
from index.quantities import same_value
from index.question_types import AnswerType
from index.same_story import same_subject
from index.several import MOST_VALUES, Item, Several
from index.words import stems

_ASKS = re.compile(
    r"\bhow (?:did|does|do|has|have|had) (?:the )?(?P<thing>.+?) (?:changed?|evolved?|develop(?:ed)?|grown?|risen?"
    r"|increased?|fall(?:en)?|drop(?:ped)?|declined?|shift(?:ed)?|gone? (?:up|down))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?P<toll>(?:death )?toll)\b|(?:number|count) of (?P<noun>.+)", re.IGNORECASE)
_KINDS = (
    (AnswerType.MONEY, re.compile(r"\b(?:prices?|costs?|fees?|salary|wages?|budget|damages?)\b", re.IGNORECASE)),
    (AnswerType.PERCENT, re.compile(r"\b(?:rates?|share|percentage|inflation|unemployment|turnout)\b", re.IGNORECASE)),
)
_NUMBER = r"(?:[$€£]?\d[\d.,]*(?: (?:million|billion|per ?cent|percent))?%?|[a-z]+(?:-[a-z]+)?)"
_FROM_TO = re.compile(rf"\bfrom (?:an? (?:earlier|initial|previous) )?{_NUMBER}(?: \w+)? to {_NUMBER}", re.IGNORECASE)
_FEWEST = 2
_RIVAL_SHARE = 0.5  # of the first sentence's score


@dataclass(frozen=True, slots=True)
class Figure:
    """What a question wants to see change, and the question in words that ask for its value."""

    asked: AskedValue
    thing: str


def figure_asked(question: str) -> Figure | None:
    """The figure whose change a question asks for: a toll, a number of something, a price, a rate; None otherwise."""
    match = _ASKS.search(question)
    if match is None:
        return None
    thing = match["thing"]
    if counted := _COUNT.search(thing):
        plain = f"how many people died{match['rest']}" if counted["toll"] else f"how many {counted['noun']}"
        asked = AskedValue.of(plain, AnswerType.COUNT)
        return Figure(asked, thing) if asked.counted else None
    for kind, pattern in _KINDS:
        if pattern.search(thing):
            return Figure(AskedValue(kind, None), thing)
    return None


def wants_change(question: str) -> bool:
    """Whether a question asks how a figure changed (English)."""
    return figure_asked(question) is not None


def changed_values(question: str, sentences: Sequence[Sentence]) -> Several | None:
    """The values of the figure, one for each day that articles tell it on; None when they tell fewer than two.

    One sentence that tells the change itself ("from nine to 12") will do instead.
    """
    figure = figure_asked(question)
    if figure is None:
        return None
    values = [value for value in _values(figure, sentences) if value.published_at]
    values = [value for value in values if same_subject(values[0].sentence, value.sentence, question)]
    days: dict[date, Value] = {}
    for value in values:
        if value.published_at:
            days.setdefault(value.published_at.date(), value)
    changes: list[Value] = []
    for _, value in sorted(days.items(), key=lambda day: day[0]):
        if not changes or not same_value(changes[-1].quantity, value.quantity):
            changes.append(value)
    if len(changes) >= _FEWEST:
        return _in_order(changes[-MOST_VALUES:])
    return _told_change(figure, sentences)


def _values(figure: Figure, sentences: Sequence[Sentence]) -> list[Value]:
    """The plain values of the better sentences, of one unit."""
    good = [s for s in sentences if s.score >= _RIVAL_SHARE * sentences[0].score and _is_about(figure, s)]
    values = [value for sentence in good if (value := plain_value(figure.asked, sentence))]
    return [value for value in values if value.quantity.unit == values[0].quantity.unit]


def _is_about(figure: Figure, sentence: Sentence) -> bool:
    """Counts say themselves what they count; a price or a rate must be named."""
    if figure.asked.counted:
        return True
    return set(stems(figure.thing)) <= set(stems(f"{sentence.evidence.title} {sentence.text}"))


def _in_order(values: Sequence[Value]) -> Several:
    dates = [value.published_at for value in values if value.published_at]
    year = len({time.year for time in dates}) > 1
    told = [f"{value.text} ({short_date(time, year=year)})" for value, time in zip(values, dates, strict=True)]
    return Several(" → ".join(told), tuple(Item(value.sentence, value.start, value.end) for value in values))


def _told_change(figure: Figure, sentences: Sequence[Sentence]) -> Several | None:
    wanted = set(stems(figure.thing))
    for sentence in sentences:
        match = _FROM_TO.search(sentence.text)
        if match and any(c.isdigit() for c in match.group()) and wanted <= set(stems(sentence.text)):
            return Several(match.group(), (Item(sentence, *match.span()),))
    return None
