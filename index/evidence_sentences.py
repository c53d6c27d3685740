"""Evidence → the sentences that are most likely to answer, by the question's words they hold."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from index.question_types import PLAIN_SIGNS, AnswerType, holds_type, nobody_in
from index.question_words import held_weights
from index.sentences import quotation_spans
from index.types import Evidence

_TITLE_SHARE = 0.5
_AROUND_SHARE = 0.3
_TYPE_BONUS = 0.15
_TYPE_NEEDED = 1.0  # a count cannot be read from a sentence without a number
_RANK_PENALTY = 0.07
# Of these three, each raised the share of questions whose answer stands in the first sentence, or the first five.
_NEW_SHARE = 0.8
_EARLY_SHARE = 0.5
_SIMILARITY_SHARE = 1.5
_EARLY_CHARACTERS = 1500
_MANY_NAMES = 5
_COMPARED = 32
_WORD = re.compile(r"[^\W_][\w'’-]*")
_NUMBER = re.compile(r"\b\d[\d.,]*")
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][\w'’-]*")

Similarity = Callable[[str, Sequence[str]], Sequence[float]]  # question, texts → cosine of each with the question


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a retrieved chunk; `start` and `end` are offsets in the article.

    `overlap` is the share of the question's weighted words that it holds (0 to 1), `score` its rank among the
    candidates, `before` the sentence in front of it, `similarity` its cosine with the question (0 when not compared).
    """

    text: str
    start: int
    end: int
    evidence: Evidence
    overlap: float
    score: float
    before: str = ""
    similarity: float = 0.0


def best_sentences(
    question: str,
    evidence: Sequence[Evidence],
    weights: Mapping[str, float],
    kind: AnswerType,
    limit: int,
    similarity: Similarity | None = None,
) -> list[Sentence]:
    """The `limit` best sentences of the evidence, best first; blocking when `similarity` is given.

    `weights` gives each stem of the question its inverse document frequency. Words that stand in the title or
    elsewhere in the passage count in part; a sentence is preferred when it holds the kind of answer asked for, tells
    names that the question does not, and stands early in its article; the first 32 are then compared with the
    question by `similarity` too, which finds "injury" for "hurt".
    """
    ranked = _by_words(question, evidence, weights, kind)
    if similarity is None:
        return ranked[:limit]
    compared = ranked[:_COMPARED]
    cosines = similarity(question, [sentence.text for sentence in compared])
    scored = [
        replace(sentence, score=sentence.score + _SIMILARITY_SHARE * float(cosine), similarity=float(cosine))
        for sentence, cosine in zip(compared, cosines, strict=True)
    ]
    return sorted(scored, key=lambda sentence: -sentence.score)[:limit]


def _by_words(
    question: str, evidence: Sequence[Evidence], weights: Mapping[str, float], kind: AnswerType
) -> list[Sentence]:
    total = sum(weights.values()) or 1.0
    asked = {word.casefold() for word in _WORD.findall(question)}
    found: dict[str, Sentence] = {}
    for rank, item in enumerate(evidence):
        title = held_weights(item.title, weights)
        around = held_weights(item.text, weights)
        before = ""
        for span in quotation_spans(item.text):
            text = item.text[span.start : span.end]
            held = held_weights(text, weights)
            overlap = sum(held.values()) / total
            near = _AROUND_SHARE * _added(around, {**held, **title}) / total
            about = _TITLE_SHARE * _added(title, held) / total
            place = (item.start + span.start, item.start + span.end)
            score = overlap + near + about + _bonus(text, kind) - _RANK_PENALTY * rank
            score += _NEW_SHARE * _news(text, asked, kind) + _EARLY_SHARE * math.exp(-place[0] / _EARLY_CHARACTERS)
            if text not in found or found[text].score < score:
                found[text] = Sentence(text, *place, item, overlap, score, before)
            before = text
    return sorted(found.values(), key=lambda sentence: -sentence.score)


def _added(more: Mapping[str, float], held: Mapping[str, float]) -> float:
    return sum(weight for stem, weight in more.items() if stem not in held)


def _news(text: str, asked: Set[str], kind: AnswerType) -> float:
    """How many names (for a question of quantity: numbers) a sentence has that the question has not, 0 to 1."""
    if kind is AnswerType.YES_NO:
        return 0.0
    if kind in PLAIN_SIGNS:
        return min(len(_NUMBER.findall(text)), 3) / 5
    if kind is AnswerType.PERSON and nobody_in(text):
        return 1.0
    return min(sum(name.casefold() not in asked for name in _NAME.findall(text)), _MANY_NAMES) / _MANY_NAMES


def _bonus(text: str, kind: AnswerType) -> float:
    if kind in {AnswerType.OTHER, AnswerType.YES_NO}:
        return 0.0
    if holds_type(text, kind):
        return _TYPE_BONUS
    return -_TYPE_NEEDED if kind in PLAIN_SIGNS else -_TYPE_BONUS
