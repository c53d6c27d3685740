"""A capable model writes from all the evidence at once; each of its sentences is checked, and failing ones go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.checking import citation_numbers, unsupported_claims
from index.citing import Citations
from index.evidence_sentences import best_sentences
from index.prompts import NOT_STATED, writer_prompt
from index.providers.base import ChatModel
from index.question_types import AnswerType
from index.sentences import split_sentences
from index.types import Answer, Evidence, Status, Timings
from index.words import content_words, stem, stems

_PASSAGES = 6


async def write_answer(
    question: str, evidence: Sequence[Evidence], weights: Mapping[str, float], model: ChatModel
) -> Answer | None:
    """What the model wrote and the evidence says; None when no sentence is left, or it found nothing.

    Raises:
        ProviderError: when the model fails.
    """
    shown = evidence[:_PASSAGES]
    completion = await model.complete(writer_prompt(question, shown))
    if NOT_STATED.casefold() in completion.text.casefold():
        return None
    cited = Citations()
    kept: list[tuple[str, tuple[int, ...]]] = []
    for raw in written_sentences(completion.text):
        sentence, numbers = citation_numbers(raw)
        passages = [shown[n - 1] for n in numbers if 1 <= n <= len(shown)]
        if not sentence or not passages or len(passages) < len(numbers) or unsupported_claims(sentence, passages):
            continue
        if marks := _cite(sentence, passages, weights, cited):
            kept.append((sentence, marks))
    if not kept:
        return None
    return Answer(
        question,
        Status.ANSWERED,
        short_answer=kept[0][0],
        sentences=tuple(kept),
        citations=tuple(cited.items),
        timings=Timings(first_token_ms=completion.first_token_ms, tokens=completion.tokens),
    )


def written_sentences(text: str) -> list[str]:
    """The sentences of a model's reply, each with the `[n]` marks that follow it."""
    pieces: list[str] = []
    for piece in split_sentences(text.strip()):
        stripped = piece.strip()
        if pieces and stripped.startswith("["):
            marks, _, rest = stripped.rpartition("]")
            pieces[-1] += f" {marks}]"
            stripped = rest.strip()
        if stripped:
            pieces.append(stripped)
    return pieces


def _cite(
    sentence: str, passages: Sequence[Evidence], weights: Mapping[str, float], cited: Citations
) -> tuple[int, ...]:
    """Cites of each passage the sentence nearest to what was written; one that shares no word is not cited."""
    words = {stem(word): weights.get(stem(word), 1.0) for word in content_words(sentence)}
    marks: list[int] = []
    for passage in passages:
        nearest = best_sentences(sentence, [passage], words, AnswerType.OTHER, 1)
        if nearest and set(stems(nearest[0].text)) & set(words):
            marks.append(cited.cite(nearest[0]))
    return tuple(dict.fromkeys(marks))
