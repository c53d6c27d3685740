"""Answer, quote or decline: decided by how much of the question the evidence covers, never by a model's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.evidence_sentences import Sentence
from index.question_types import AnswerType, holds_type, speaker_of
from index.question_words import coverage
from index.words import stems

# Below this share of the question's weighted words in the best passage, the articles are taken not to say.
MIN_COVERAGE = 0.62
# A short answer needs this much of the weight that its best sentence could give it.
MIN_CONFIDENCE = 0.3


def sentences_that_fit(
    question: str, sentences: Sequence[Sentence], weights: Mapping[str, float], kind: AnswerType
) -> list[Sentence]:
    """The sentences whose passage covers the question, and that hold the kind of answer asked for.

    What somebody said is only taken from a sentence that names them.
    """
    named = set(stems(speaker_of(question) or ""))
    return [
        sentence
        for sentence in sentences
        if coverage(f"{sentence.evidence.title} {sentence.evidence.text}", weights) >= MIN_COVERAGE
        and holds_type(sentence.text, kind)
        and named <= set(stems(sentence.text))
    ]
