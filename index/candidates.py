"""Short answers that the sentences could give: what a model read in them, and their names, numbers and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.answer_spans import answer_spans
from index.checking import answers_anything, bare_answer, supported_span
from index.evidence_sentences import Sentence
from index.numbers import numbers_in
from index.question_types import PLAIN_SIGNS, AnswerType, holds_type
from index.words import words


@dataclass(frozen=True, slots=True)
class Reading:
    """One mention of an answer: its text as in the sentence, and its place there.

    `probability` is e to the mean log-probability with which a model gave it, 0 when no model did; `weight` ranks
    mentions of the same answer.
    """

    answer: str
    sentence: Sentence
    start: int
    end: int
    probability: float
    weight: float


@dataclass(slots=True)
class Candidate:
    """All mentions of the same value.

    `score` is what speaks for it, comparable between questions; `weight` is its share among the question's
    candidates, 0 to 1.
    """

    key: str
    readings: list[Reading] = field(default_factory=list)
    score: float = 0.0
    weight: float = 0.0

    @property
    def best(self) -> Reading:
        """Its heaviest mention."""
        return max(self.readings, key=lambda reading: reading.weight)

    @property
    def read(self) -> list[Reading]:
        """The mentions that a model gave."""
        return [reading for reading in self.readings if reading.probability > 0]


def grounded(question: str, kind: AnswerType, answer: str, sentence: Sentence, probability: float) -> Reading | None:
    """A model's answer as a mention; None when it does not stand in its sentence or answers nothing."""
    span = supported_span(answer, sentence.text)
    if span is None or not answers_anything(answer, question):
        return None
    # A number, a date or a span of time is asked for, and this is none.
    if kind in PLAIN_SIGNS and not holds_type(answer, kind):
        return None
    text = sentence.text[span[0] : span[1]]
    return Reading(text, sentence, *span, probability, probability * max(sentence.score, 0.05))


def with_spans(
    question: str, kind: AnswerType, sentences: Sequence[Sentence], readings: Sequence[Reading]
) -> list[Candidate]:
    """The readings, and the spans of all sentences, gathered by value."""
    candidates: dict[str, Candidate] = {}
    for reading in [*readings, *_mentions(question, kind, sentences)]:
        if key := answer_key(reading.answer):
            candidates.setdefault(key, Candidate(key)).readings.append(reading)
    return list(candidates.values())


def _mentions(question: str, kind: AnswerType, sentences: Sequence[Sentence]) -> list[Reading]:
    found: list[Reading] = []
    for sentence in sentences:
        for start, end in answer_spans(sentence.text):
            text = sentence.text[start:end]
            if answers_anything(text, question) and (kind not in PLAIN_SIGNS or holds_type(text, kind)):
                found.append(Reading(text, sentence, start, end, 0.0, 0.01 * max(sentence.score, 0.05)))
    return found


def answer_key(answer: str) -> str:
    """The same for answers that mean the same: "Three" and "3."; "ten weeks" and "10 weeks"."""
    number, space, rest = bare_answer(answer).casefold().partition(" ")
    values = numbers_in(number)
    if len(values) == 1:
        return f"{values.pop()}{space}{rest}"
    return " ".join(words(bare_answer(answer)))
