"""Answer, quote or decline: decided by how much of the question the evidence covers, never by a model's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.evidence_sentences import Sentence
from index.question_types import AnswerType, holds_type, speaker_of
from index.synonyms import synonyms_of
from index.types import Evidence
from index.words import stems

# Below this share of the question's weighted words in the best passage, the articles are taken not to say.
MIN_COVERAGE = 0.62
# A short answer needs this much of the weight that its best sentence could give it.
MIN_CONFIDENCE = 0.3
_SYNONYM_SHARE = 0.7
_CONSIDERED = 5


def coverage(evidence: Sequence[Evidence], weights: Mapping[str, float]) -> float:
    """The largest share of the question's weighted words that one passage, with its title, holds (0 to 1)."""
    total = sum(weights.values())
    if not total:
        return 0.0
    return max((_covered(item, weights) / total for item in evidence[:_CONSIDERED]), default=0.0)


def sentences_that_fit(
    question: str, sentences: Sequence[Sentence], weights: Mapping[str, float], kind: AnswerType
) -> list[Sentence]:
    """The sentences whose passage covers the question, and that hold the kind of answer asked for.

    What somebody said is only taken from a sentence that names them.
    """
    total = sum(weights.values()) or 1.0
    named = set(stems(speaker_of(question) or ""))
    return [
        sentence
        for sentence in sentences
        if _covered(sentence.evidence, weights) / total >= MIN_COVERAGE
        and holds_type(sentence.text, kind)
        and named <= set(stems(sentence.text))
    ]


def _covered(item: Evidence, weights: Mapping[str, float]) -> float:
    present = set(stems(f"{item.title} {item.text}", keep_stop_words=True))
    covered = 0.0
    for stem, weight in weights.items():
        if stem in present:
            covered += weight
        elif not present.isdisjoint(synonyms_of(stem)):
            covered += _SYNONYM_SHARE * weight
    return covered
