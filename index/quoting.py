"""Answers made of the articles' own sentences: a short answer with its quotes, quotes alone, or a plain no."""

from __future__ import annotations

from collections.abc import Sequence

from index.citing import Citations
from index.deciding import MIN_CONFIDENCE
from index.evidence_sentences import Sentence
from index.question_types import AnswerType
from index.reading import Candidate, ReadingResult
from index.types import Answer, Conflict, Status, Timings

_MAX_QUOTES = 3
_NEAR_THE_BEST = 0.7
_RIVAL_SHARE = 0.5
_COMPARABLE = {AnswerType.COUNT, AnswerType.DURATION, AnswerType.MONEY, AnswerType.PERCENT, AnswerType.TIME}


def read_answer(question: str, kind: AnswerType, result: ReadingResult, sentences: Sequence[Sentence]) -> Answer | None:
    """The vote's winner with the sentences it rests on, and what other articles say instead; None when unsure."""
    if not result.candidates:
        return None
    winner = result.candidates[0]
    best = winner.best
    if best.probability < MIN_CONFIDENCE:
        return None
    rivals = _rivals(winner, result.candidates, kind)
    cited = Citations()
    cited.cite(best.sentence, (best.start, best.end))
    conflicts = tuple(Conflict(r.best.answer, cited.cite(r.best.sentence, (r.best.start, r.best.end))) for r in rivals)
    for reading in winner.readings:
        if len(cited.items) < _MAX_QUOTES and not cited.quotes_same(reading.sentence):
            cited.cite(reading.sentence, (reading.start, reading.end))
    _fill(cited, [s for s in sentences if s.score >= _NEAR_THE_BEST * best.sentence.score])
    return Answer(
        question,
        Status.ANSWERED,
        short_answer=best.answer,
        citations=tuple(cited.items),
        conflicts=conflicts,
        timings=Timings(first_token_ms=result.first_token_ms, tokens=result.tokens),
    )


def quoted_answer(question: str, sentences: Sequence[Sentence]) -> Answer:
    """The best sentences as they stand."""
    cited = Citations()
    cited.cite(sentences[0])
    _fill(cited, [s for s in sentences[1:] if s.score >= _NEAR_THE_BEST * sentences[0].score])
    return Answer(question, Status.QUOTED, citations=tuple(cited.items))


def declined_answer(question: str) -> Answer:
    """Says that the articles don't say."""
    return Answer(question, Status.DECLINED)


def _fill(cited: Citations, sentences: Sequence[Sentence]) -> None:
    for sentence in sentences:
        if len(cited.items) >= _MAX_QUOTES:
            return
        if not cited.quotes_same(sentence):
            cited.cite(sentence)


def _rivals(winner: Candidate, candidates: Sequence[Candidate], kind: AnswerType) -> list[Candidate]:
    """Other values for the same thing: from another article, about as likely, as close to the question."""
    if kind not in _COMPARABLE:
        return []
    return [
        other
        for other in candidates[1:]
        if other.best.sentence.evidence.article_id != winner.best.sentence.evidence.article_id
        and other.best.weight >= _RIVAL_SHARE * winner.best.weight
        and other.best.sentence.overlap >= winner.best.sentence.overlap - 0.2
    ][:2]
