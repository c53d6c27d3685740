"""Whether two sentences tell of the same event: only then do their different values disagree.

Each rule only ever says no, since a conflict that is invented is worse than one that is missed.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from index.dates import PartialDate, agrees, dates_in
from index.evidence_sentences import Sentence
from index.words import STOP_WORDS, stem, words

_LONGEST_STORY = timedelta(days=30)
_SHARED_WORDS = 0.25  # of the fewer telling words of title and sentence
_NAME = re.compile(r"(?<![.!?“”\"] )(?<!^)\b[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_PLACE = re.compile(r"\b(?:in|at|near|outside|off|across|from|on) (?:the )?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
_WEEKDAY = re.compile(r"\b(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_REPORTED = re.compile(
    r"\b(?:said|says|told|reported|announced|confirmed|according to|rose|risen|reached|climbed|updated|revised)\b"
    r"[^.;]*$"
)
_NO_PLACE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)(?!\w)"
)
_PLANNED = re.compile(r"\b(?:will|scheduled|due to|set to|planned for|postponed|rescheduled|put off|delayed)\b")
_YEAR = re.compile(r"(?<![\d,.$€£])(?:19|20)\d\d(?![\d,.]\d|\w)")
# Words that set a number in another time or another world; both sentences must be of the same.
_FRAMES = {
    "past": re.compile(
        r"\b(?:last|previous|prior) (?:year|month|season|decade)|\b(?:years?|months?|decades?) (?:ago|earlier)\b"
        r"|\bin the past\b|\bcompared (?:to|with)\b|\bin (?:19|20)\d\d\b",
        re.IGNORECASE,
    ),
    "since": re.compile(
        r"\bsince\b|\b(?:so far )?this (?:year|month|season)\b|\bover the (?:past|last)\b", re.IGNORECASE
    ),
    "rate": re.compile(r"\b(?:annually|on average|average|every|each|per|a (?:day|week|month|year))\b", re.IGNORECASE),
    "sum": re.compile(r"\b(?:in total|overall|altogether|combined|worldwide|globally|nationwide)\b", re.IGNORECASE),
    "guess": re.compile(
        r"\b(?:could|may|might|would|expect\w*|forecast\w*|project(?:s|ed|ion)\b|plan(?:s|ned)\b|feared?|target\w*"
        r"|likely|believed|claim\w*|if)\b"
    ),
}


def same_story(one: Sentence, other: Sentence, question: str) -> bool:
    """Whether two sentences of different articles can be taken to tell of the same event.

    What happened on two days is two events; what is planned for two days may have been put off.
    """
    return (
        _near_in_time(one.evidence.published_at, other.evidence.published_at)
        and (_same_day(one, other) or all(_PLANNED.search(sentence.text) for sentence in (one, other)))
        and same_subject(one, other, question)
    )


def same_subject(one: Sentence, other: Sentence, question: str) -> bool:
    """Whether two sentences speak of the same thing in the same way, at whatever time."""
    return (
        same_frame(one.text, other.text)
        and _same_names(one, other, question)
        and _same_places(one, other)
        and _shared_words(one, other)
    )


def same_frame(one: str, other: str) -> bool:
    """Whether two texts speak of the same kind of time: both of a forecast, both of a total since then, or neither."""
    return all(bool(frame.search(one)) == bool(frame.search(other)) for frame in _FRAMES.values())


def days_between(one: datetime | None, other: datetime | None) -> int | None:
    """Calendar days (UTC) from one time to the other; None when a time is not known."""
    return None if one is None or other is None else (other.date() - one.date()).days


def _near_in_time(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= _LONGEST_STORY


def _same_day(one: Sentence, other: Sentence) -> bool:
    """No day or year of the event that the other's contradicts."""
    days, others = _event_days(one), _event_days(other)
    if days and others and not any(agrees(a, b) for a in days for b in others):
        return False
    years, other_years = set(_YEAR.findall(one.text)), set(_YEAR.findall(other.text))
    if years and other_years and years != other_years:
        return False
    names, other_names = _weekdays(one.text), _weekdays(other.text)
    return not names or not other_names or bool(names & other_names)


def _event_days(sentence: Sentence) -> set[PartialDate]:
    """The dates that a sentence names, and those of its weekdays: the last one before its article came out."""
    days = {day for day in dates_in(sentence.text) if day.day}
    if published := sentence.evidence.published_at:
        for name in _weekdays(sentence.text):
            day = published.date() - timedelta(days=(published.weekday() - _DAYS.index(name[:3])) % len(_DAYS))
            days.add(PartialDate(None, day.month, day.day))
    return days


def _weekdays(text: str) -> set[str]:
    """The weekdays on which something happened, not those on which it was said."""
    return {match["day"] for match in _WEEKDAY.finditer(text) if not _REPORTED.search(text[: match.start()])}


def _same_names(one: Sentence, other: Sentence, question: str) -> bool:
    """Both passages hold every name of the question."""
    names = {part for match in _NAME.finditer(question) for part in words(match.group())}
    return all(names <= set(words(_passage(sentence))) for sentence in (one, other))


def _same_places(one: Sentence, other: Sentence) -> bool:
    """No sentence or title names only places that the other's passage does not know."""
    return _knows_places(one, other) and _knows_places(other, one)


def _knows_places(one: Sentence, other: Sentence) -> bool:
    known = set(words(_passage(other)))
    for text in (one.text, one.evidence.title):
        places = [set(words(m["name"])) for m in _PLACE.finditer(text) if not _NO_PLACE.match(m["name"])]
        if places and not any(place <= known for place in places):
            return False
    return True


def _shared_words(one: Sentence, other: Sentence) -> bool:
    mine, theirs = _telling(one), _telling(other)
    shared = mine & theirs
    return len(shared) >= _SHARED_WORDS * min(len(mine), len(theirs))


def _telling(sentence: Sentence) -> set[str]:
    text = f"{sentence.evidence.title} {sentence.text}"
    return {stem(word) for word in words(text) if word not in STOP_WORDS and not word.isdigit()}


def _passage(sentence: Sentence) -> str:
    return f"{sentence.evidence.title} {sentence.evidence.text}"
