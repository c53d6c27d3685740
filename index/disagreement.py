"""Different values for what was asked, told apart into updates and contradictions; rather none than one too many.

A later article of the same story, a count that grew, or words like "rose to" make an update. Reports of the same days
that cannot both be right contradict each other, as can a headline and its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.asked_value import AskedValue, Stated
from index.evidence_sentences import Sentence
from index.quantities import Quantity, compatible, same_value
from index.question_types import AnswerType
from index.same_story import days_between, same_frame, same_story
from index.sentences import quotation_spans
from index.synonyms import synonyms_of
from index.types import ConflictKind
from index.words import stems

_RIVAL_SHARE = 0.5  # of the answering sentence's score
_RIVAL_OVERLAP = 0.2  # below the answering sentence's
_UPDATED_WITHIN = 7  # days, unless words tell of an update
_SAME_DAYS = 2  # reports further apart may both have been right
_HOUR = timedelta(hours=1)
_LEAD_CHARACTERS = 1500  # a headline speaks of how its text begins
_MOST_OTHERS = 2
_NEW = re.compile(
    r"\b(?:rose|rises|risen|rising|climb(?:s|ed|ing)?|jump(?:s|ed)|revis(?:ed|es)|updat(?:ed|es)|correct(?:ed|s|ion)"
    r"|up from|down from|has (?:now )?reached|now stands|has since|later (?:said|found|put|rose|gave)|longer than first"
    r"|more than first|postponed|delayed|rescheduled|brought forward)\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:initial(?:ly)?|originally|previously|at first|first (?:said|reported|put)|earlier (?:said|reported|reports?"
    r"|count|estimate|toll)|had (?:earlier|first) (?:said|put|given))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a sentence says was asked for, `sentence.text[start:end]`; when `in_title` its article's title says it.

    `phrase_end` is where the phrase with what is counted ends: "12 people" for the value "12".
    """

    sentence: Sentence
    start: int
    end: int
    phrase_end: int
    quantity: Quantity
    in_title: bool = False

    @property
    def text(self) -> str:
        """The words that tell the value."""
        return (self.sentence.evidence.title if self.in_title else self.sentence.text)[self.start : self.end]

    @property
    def published_at(self) -> datetime | None:
        """When its article was published, in UTC."""
        return self.sentence.evidence.published_at


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The value to answer with (the newest one, when it was updated), and the others, newest first."""

    main: Value
    others: tuple[tuple[Value, ConflictKind], ...]


@dataclass(frozen=True, slots=True)
class _Rival:
    value: Value
    kind: ConflictKind
    newer: bool = False


def value_at(asked: AskedValue, sentence: Sentence, place: tuple[int, int]) -> Value | None:
    """The value of the asked kind that a short answer at this place of a sentence gives, if it gives one."""
    for stated in asked.stated_in(sentence.text):
        if stated.start < place[1] and place[0] < stated.phrase_end:
            return _value(sentence, stated, whole=asked.existence)
    return None


def plain_value(asked: AskedValue, sentence: Sentence) -> Value | None:
    """The one value of the asked kind in a sentence; None when there are several."""
    stated = asked.plain_in(sentence.text)
    return _value(sentence, stated, whole=asked.existence) if stated else None


def disagreement(question: str, kind: AnswerType, answer: Value, sentences: Sequence[Sentence]) -> Disagreement | None:
    """What these sentences, and the answering article's own headline, say otherwise; None when nothing does."""
    asked = AskedValue.of(question, kind)
    if _only_value(asked, answer.sentence.text, answer.quantity.unit) is None:
        return None  # several values in one sentence: of what, is not clear enough
    rivals = [*_from_title(question, asked, answer), *_from_sentences(question, asked, answer, sentences)]
    rivals = _distinct(rivals)
    if not rivals:
        return None
    newest = max((r for r in rivals if r.newer), key=lambda rival: _time(rival.value), default=None)
    others = [(rival.value, rival.kind) for rival in rivals if rival is not newest]
    if newest is not None:
        others.append((answer, ConflictKind.UPDATE))
    others.sort(key=lambda other: _time(other[0]), reverse=True)
    return Disagreement(newest.value if newest else answer, tuple(others[:_MOST_OTHERS]))


def _value(sentence: Sentence, stated: Stated, *, whole: bool = False, in_title: bool = False) -> Value:
    """`whole` takes the phrase for the value: what is asked for, or said in a headline, is not the bare number."""
    end = stated.phrase_end if whole or in_title else stated.end
    return Value(sentence, stated.start, end, stated.phrase_end, stated.quantity, in_title)


def _from_title(question: str, asked: AskedValue, answer: Value) -> Iterator[_Rival]:
    sentence = answer.sentence
    title = sentence.evidence.title
    stated = _only_value(asked, title, answer.quantity.unit)
    if (
        stated
        and sentence.start <= _LEAD_CHARACTERS
        and same_frame(title, sentence.text)
        and _contradict(asked, answer.quantity, stated.quantity)
        and (asked.counted or _on_the_same(question, sentence.text, title))
        and _says_nothing_else(asked, answer)
    ):
        yield _Rival(_value(sentence, stated, in_title=True), ConflictKind.CONTRADICTION)


def _from_sentences(question: str, asked: AskedValue, answer: Value, sentences: Sequence[Sentence]) -> Iterator[_Rival]:
    for sentence in sentences:
        stated = _only_value(asked, sentence.text, answer.quantity.unit)
        if stated is None or not _is_as_good(sentence, answer.sentence):
            continue
        value = _value(sentence, stated, whole=asked.existence)
        if same_value(answer.quantity, value.quantity):
            continue
        if not asked.counted and not _on_the_same(question, answer.sentence.text, sentence.text):
            continue
        if sentence.evidence.article_id == answer.sentence.evidence.article_id:
            rival = None if asked.existence else _within_article(answer, value)
        else:
            rival = _between_articles(question, asked, answer, value)
        if rival:
            yield rival


def _only_value(asked: AskedValue, text: str, unit: str) -> Stated | None:
    """The one value in this unit that a text states; another currency's beside it is the same sum converted."""
    found = [stated for stated in asked.stated_in(text) if stated.quantity.unit == unit]
    return found[0] if found and all(same_value(found[0].quantity, other.quantity) for other in found[1:]) else None


def _is_as_good(sentence: Sentence, best: Sentence) -> bool:
    return sentence.score >= _RIVAL_SHARE * best.score and sentence.overlap >= best.overlap - _RIVAL_OVERLAP


def _within_article(answer: Value, value: Value) -> _Rival | None:
    """Within one article only its own words tell of an update; other numbers count other things."""
    mine, theirs = answer.sentence.text, value.sentence.text
    if _OLD.search(theirs) and not _OLD.search(mine):
        return _Rival(value, ConflictKind.UPDATE)
    if _OLD.search(mine) and not _OLD.search(theirs):
        return _Rival(value, ConflictKind.UPDATE, newer=True)
    return None


def _between_articles(question: str, asked: AskedValue, answer: Value, value: Value) -> _Rival | None:
    if not same_story(answer.sentence, value.sentence, question):
        return None
    if _says(asked, answer.sentence, value.quantity) or _says(asked, value.sentence, answer.quantity):
        return None  # an article that gives both values counts two things
    contradict = _contradict(asked, answer.quantity, value.quantity)
    if asked.existence:
        return _Rival(value, ConflictKind.CONTRADICTION) if contradict else None
    for newer, (earlier, later) in ((True, (answer, value)), (False, (value, answer))):
        if _is_update(asked, earlier, later):
            return _Rival(value, ConflictKind.UPDATE, newer)
    days = days_between(answer.published_at, value.published_at) or 0
    return _Rival(value, ConflictKind.CONTRADICTION) if contradict and abs(days) <= _SAME_DAYS else None


def _is_update(asked: AskedValue, earlier: Value, later: Value) -> bool:
    """Whether `later` is a newer state of what `earlier` tells."""
    days = days_between(earlier.published_at, later.published_at)
    told = bool(_NEW.search(f"{later.sentence.evidence.title} {later.sentence.text}"))
    if not days:
        told = told and not _NEW.search(f"{earlier.sentence.evidence.title} {earlier.sentence.text}")
        return told or (_hours_later(earlier, later) and _grew(asked, earlier, later))
    if days < 0:
        return False
    sources = earlier.sentence.evidence.source, later.sentence.evidence.source
    same_source = sources[0] is not None and sources[0] == sources[1]
    grew = _grew(asked, earlier, later) if asked.counted else True
    return told or (days <= _UPDATED_WITHIN and (same_source or grew))


def _hours_later(earlier: Value, later: Value) -> bool:
    if earlier.published_at is None or later.published_at is None:
        return False
    return later.published_at - earlier.published_at >= _HOUR


def _grew(asked: AskedValue, earlier: Value, later: Value) -> bool:
    return asked.counted is not None and later.quantity.value > earlier.quantity.value


def _contradict(asked: AskedValue, one: Quantity, other: Quantity) -> bool:
    if asked.existence:
        return bool(one.value) != bool(other.value)
    return not compatible(one, other)


def _on_the_same(question: str, answering: str, text: str) -> bool:
    """Whether a text holds the words of the question that the answering sentence holds, two at least."""
    held = set(stems(answering))
    there = set(stems(text))
    asked = {wanted for wanted in stems(question) if wanted in held or not held.isdisjoint(synonyms_of(wanted))}
    enough = min(2, len(set(stems(question))))
    return len(asked) >= enough and all(w in there or not there.isdisjoint(synonyms_of(w)) for w in asked)


def _says(asked: AskedValue, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sentence's passage states this value too, not as an outdated one."""
    text = sentence.evidence.text
    return any(
        stated.quantity.unit == quantity.unit and same_value(stated.quantity, quantity)
        for span in quotation_spans(text)
        if not _OLD.search(text[span.start : span.end])
        for stated in asked.stated_in(text[span.start : span.end])
    )


def _says_nothing_else(asked: AskedValue, answer: Value) -> bool:
    """Whether the article's beginning, as far as it was found, states this value alone: no parts of a sum."""
    evidence = answer.sentence.evidence
    if evidence.start > 0:
        return False
    stated = asked.stated_in(evidence.text)
    return all(s.quantity.unit == answer.quantity.unit and same_value(s.quantity, answer.quantity) for s in stated)


def _distinct(rivals: Sequence[_Rival]) -> list[_Rival]:
    """One rival for each value: the newest."""
    kept: list[_Rival] = []
    for rival in sorted(rivals, key=lambda rival: _time(rival.value), reverse=True):
        if not any(same_value(rival.value.quantity, other.value.quantity) for other in kept):
            kept.append(rival)
    return kept


def _time(value: Value) -> datetime:
    return value.published_at or datetime.min.replace(tzinfo=UTC)
