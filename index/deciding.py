"""Answer, quote or decline: a calibrated score over the evidence and the reading, never a model's word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.candidates import Candidate
from index.evidence_sentences import Sentence
from index.instruction_text import is_order, repeats_question, telling_text
from index.question_types import AnswerType, deed_of, holds_type, speaker_of
from index.question_words import coverage
from index.types import Evidence
from index.words import stems

_PASSAGES = 5
_SENTENCES = 8
_NO_SCORE = -2.5  # about the least that a candidate gets

# Fitted by logistic regression on the tuning half of a year of news-quiz questions (see evals/README.md): one model
# for what was found, one for what was read in it as well.
_FOUND: Mapping[str, float] = {"constant": -5.63, "passage": 4.7, "window": 4.5}
_READ: Mapping[str, float] = {"constant": -4.49, "passage": 3.5, "window": 3.4, "score": 1.13}
# Below this probability the articles are taken not to say: on the tuning half 13 % of the questions that they answer.
_SAYS_NOTHING = 0.45


def signs_of_evidence(
    evidence: Sequence[Evidence], sentences: Sequence[Sentence], weights: Mapping[str, float]
) -> dict[str, float]:
    """What speaks for the articles answering a question, before anybody reads them.

    `passage` and `window` are the largest share of the question's weighted words that stand in a passage, and in a
    sentence with the one before it, each with its title. How well a passage was found says less, and would differ
    with the size of the collection. Orders, and the question itself, speak for nothing.
    """
    passages = [f"{e.title} {telling_text(e.text, weights)}" for e in evidence[:_PASSAGES]]
    windows = [f"{s.evidence.title} {s.before} {s.text}" for s in sentences[:_SENTENCES]]
    return {
        "constant": 1.0,
        "passage": max((coverage(text, weights) for text in passages), default=0.0),
        "window": max((coverage(window, weights) for window in windows), default=0.0),
    }


def signs_of_reading(candidates: Sequence[Candidate]) -> dict[str, float]:
    """What speaks for the first candidate."""
    return {"score": candidates[0].score if candidates else _NO_SCORE}


def probability_of_answer(signs: Mapping[str, float]) -> float:
    """How likely the articles answer the question, 0 to 1, by all the signs there are."""
    model = _READ if "score" in signs else _FOUND
    return 1 / (1 + math.exp(-sum(weight * signs[name] for name, weight in model.items())))


def says_nothing(signs: Mapping[str, float]) -> bool:
    """Whether to decline."""
    return probability_of_answer(signs) < _SAYS_NOTHING


def sentences_that_fit(question: str, sentences: Sequence[Sentence], kind: AnswerType) -> list[Sentence]:
    """The sentences that hold the kind of answer asked for.

    What somebody said is only taken from a sentence that names them, and whom somebody blamed, where sentences tell of
    blame, from one of these.
    """
    named = set(stems(speaker_of(question) or ""))
    fitting = [s for s in sentences if holds_type(s.text, kind) and named <= set(stems(s.text))]
    deed = set(stems(deed_of(question) or ""))
    return [s for s in fitting if deed <= set(stems(s.text))] or fitting


def telling_sentences(sentences: Sequence[Sentence], weights: Mapping[str, float]) -> list[Sentence]:
    """The sentences without orders and without those that repeat the question; all when nothing else is left."""
    telling = [s for s in sentences if not is_order(s.text) and not repeats_question(s.text, weights)]
    return telling or list(sentences)
