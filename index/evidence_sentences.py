"""Evidence → the sentences that are most likely to answer, by the question's words they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.question_types import PLAIN_SIGNS, AnswerType, holds_type
from index.sentences import quotation_spans
from index.synonyms import synonyms_of
from index.types import Evidence
from index.words import stems

_TITLE_SHARE = 0.5
_CHUNK_SHARE = 0.3
_TYPE_BONUS = 0.15
_TYPE_NEEDED = 1.0  # a count cannot be read from a sentence without a number
_RANK_PENALTY = 0.02
_SIMILARITY_SHARE = 0.8
_COMPARED = 32
_SYNONYM_SHARE = 0.7

Similarity = Callable[[str, Sequence[str]], Sequence[float]]  # question, texts → cosine of each with the question


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a retrieved chunk; `start` and `end` are offsets in the article.

    `overlap` is the share of the question's weighted words that it holds (0 to 1), `score` its rank among the
    candidates, `before` the sentence in front of it.
    """

    text: str
    start: int
    end: int
    evidence: Evidence
    overlap: float
    score: float
    before: str = ""


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
    elsewhere in the chunk count in part; a sentence that holds the kind of answer asked for is preferred; the first
    32 are then compared with the question by `similarity` too, which finds "injury" for "hurt".
    """
    ranked = _by_words(evidence, weights, kind)
    if similarity is None:
        return ranked[:limit]
    compared = ranked[:_COMPARED]
    cosines = similarity(question, [sentence.text for sentence in compared])
    scored = [
        replace(sentence, score=sentence.score + _SIMILARITY_SHARE * float(cosine))
        for sentence, cosine in zip(compared, cosines, strict=True)
    ]
    return sorted(scored, key=lambda sentence: -sentence.score)[:limit]


def _by_words(evidence: Sequence[Evidence], weights: Mapping[str, float], kind: AnswerType) -> list[Sentence]:
    total = sum(weights.values()) or 1.0
    found: dict[str, Sentence] = {}
    for rank, item in enumerate(evidence):
        title = held_weights(item.title, weights)
        around = held_weights(item.text, weights)
        before = ""
        for span in quotation_spans(item.text):
            text = item.text[span.start : span.end]
            held = held_weights(text, weights)
            overlap = sum(held.values()) / total
            near = _CHUNK_SHARE * _added(around, {**held, **title}) / total
            about = _TITLE_SHARE * _added(title, held) / total
            score = overlap + near + about + _bonus(text, kind) - _RANK_PENALTY * rank
            place = (item.start + span.start, item.start + span.end)
            if text not in found or found[text].score < score:
                found[text] = Sentence(text, *place, item, overlap, score, before)
            before = text
    return sorted(found.values(), key=lambda sentence: -sentence.score)


def held_weights(text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The question's stems that a text holds, each with its weight; a synonym counts in part."""
    present = set(stems(text, keep_stop_words=True))
    held: dict[str, float] = {}
    for stem, weight in weights.items():
        if stem in present:
            held[stem] = weight
        elif not present.isdisjoint(synonyms_of(stem)):
            held[stem] = _SYNONYM_SHARE * weight
    return held


def _added(more: Mapping[str, float], held: Mapping[str, float]) -> float:
    return sum(weight for stem, weight in more.items() if stem not in held)


def _bonus(text: str, kind: AnswerType) -> float:
    if kind in {AnswerType.OTHER, AnswerType.YES_NO}:
        return 0.0
    if holds_type(text, kind):
        return _TYPE_BONUS
    return -_TYPE_NEEDED if kind in PLAIN_SIGNS else -_TYPE_BONUS
