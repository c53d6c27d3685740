"""A small model reads one sentence at a time; what it found is weighed against every span that could answer.

Asked about each of the best sentences separately, a 270M model gives the right short answer a quarter more often
than with one prompt over all of them. Its word is one sign among others: a linear model also looks at how often and
where a candidate stands, and at how likely the reader would have begun its reply with it.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.candidate_features import CandidateFeatures, DocumentCounts
from index.candidate_scoring import scored
from index.candidates import Candidate, Reading, answer_key, grounded, with_spans
from index.evidence_sentences import Sentence
from index.first_tokens import first_token_probability
from index.prompts import reader_prompt
from index.providers.base import ChatModel, Completion
from index.question_types import AnswerType, nobody_in
from index.types import Evidence

_READ = 6
_AGREEING = 4  # readings of one value, and none of another, settle the vote
_SURE = 0.5
_DENIAL_OVERLAP = 0.5
_NEAR_THE_NEAREST = 0.85
_NO_LOGPROB = -0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its words say about it: the kind of answer, and each stem's weight."""

    text: str
    kind: AnswerType
    weights: Mapping[str, float]
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """The candidates, heaviest first, and what it cost."""

    candidates: tuple[Candidate, ...]
    calls: int = 0
    tokens: int = 0
    first_token_ms: float | None = None


async def read_sentences(
    asked: Asked,
    sentences: Sequence[Sentence],
    passages: Sequence[Evidence],
    model: ChatModel,
    counts: DocumentCounts,
) -> ReadingResult:
    """Asks the model about each of the first six sentences, best first, until the vote is settled.

    `counts` tells how many chunks hold a stem, and may block for a few ms.

    Raises:
        ProviderError: when the model fails.
        StoreError: when `counts` fails.
    """
    started = time.perf_counter()
    replies: list[tuple[Sentence, Completion]] = []
    readings: list[Reading] = []
    tokens, first = 0, None
    for sentence in sentences[:_READ]:
        completion = await model.complete(reader_prompt(asked.text, sentence))
        first = first or (time.perf_counter() - started) * 1000
        tokens += completion.tokens
        replies.append((sentence, completion))
        logprob = completion.mean_logprob if completion.mean_logprob is not None else _NO_LOGPROB
        if reading := grounded(asked.text, asked.kind, completion.text, sentence, math.exp(logprob)):
            readings.append(reading)
        if _settled(readings):
            break
    candidates = with_spans(asked.text, asked.kind, sentences, readings)
    signs = CandidateFeatures(asked.text, asked.kind, asked.weights, sentences, passages, asked.asked_at)
    features = await asyncio.to_thread(signs.of, candidates, counts)
    features = [values | _begun(one, replies) for one, values in zip(candidates, features, strict=True)]
    ranked = [*_denied(asked, sentences), *scored(candidates, features)]
    return ReadingResult(tuple(ranked), len(replies), tokens, first)


def _denied(asked: Asked, sentences: Sequence[Sentence]) -> list[Candidate]:
    """The words "no group", where the sentence nearest to a question for a person says that it was nobody.

    A small model never says so, and would name whoever stands near.
    """
    nearest = max((sentence.overlap for sentence in sentences), default=0.0)
    for sentence in sentences if asked.kind is AnswerType.PERSON and nearest >= _DENIAL_OVERLAP else ():
        if sentence.overlap >= _NEAR_THE_NEAREST * nearest and (place := nobody_in(sentence.text)):
            text = sentence.text[place[0] : place[1]]
            return [Candidate(answer_key(text), [Reading(text, sentence, *place, 1.0, 1.0)], 1.0, 1.0)]
    return []


def _begun(candidate: Candidate, replies: Sequence[tuple[Sentence, Completion]]) -> dict[str, float]:
    """How likely the replies about the sentences that hold a candidate began with it."""
    best: dict[int, float] = {}
    for number, (sentence, completion) in enumerate(replies):
        for reading in candidate.readings:
            if reading.sentence is sentence:
                likely = first_token_probability(completion, reading.answer)
                best[number] = max(best.get(number, 0.0), likely)
    return {
        "begun": math.log(sum(best.values()) + 0.02),
        "best_begun": math.log(max(best.values(), default=0.0) + 0.01),
    }


def _settled(readings: Sequence[Reading]) -> bool:
    """Whether enough sentences of more than one article gave the same answer, surely, and none another."""
    if len(readings) < _AGREEING or len({answer_key(reading.answer) for reading in readings}) > 1:
        return False
    several = len({reading.sentence.evidence.article_id for reading in readings}) > 1
    return several and all(reading.probability >= _SURE for reading in readings)
