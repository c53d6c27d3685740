"""Answers made of the articles' own sentences: a short answer with its quotes, quotes alone, or a plain no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.asked_value import AskedValue
from index.changing import changed_values
from index.citing import Citations
from index.disagreement import Disagreement, Value, disagreement, plain_value, value_at
from index.evidence_sentences import Sentence
from index.listing import listed_names
from index.question_types import AnswerType, answer_type
from index.question_words import coverage
from index.reading import ReadingResult
from index.several import several_answer
from index.types import Answer, Conflict, ConflictKind, Related, Status, Timings

_MAX_QUOTES = 3
_NEAR_THE_BEST = 0.7
_OTHERS = 3
_COVERS_MORE = 0.3  # of the question's weighted words
_COUNTING_OVERLAP = 0.5  # of the largest overlap with the question


def read_answer(question: str, kind: AnswerType, result: ReadingResult, sentences: Sequence[Sentence]) -> Answer | None:
    """The likeliest candidate with the sentences it rests on, and what is said otherwise; None without a candidate.

    A question for several values gets all of them, and a value that was updated since is replaced by the newest.
    """
    timings = Timings(first_token_ms=result.first_token_ms, tokens=result.tokens)
    if not result.candidates:
        return None
    if several := changed_values(question, sentences) or listed_names(question, sentences, result.candidates):
        return several_answer(question, several, timings)
    winner = result.candidates[0]
    best = winner.best
    value = value_at(AskedValue.of(question, kind), best.sentence, (best.start, best.end))
    differing = disagreement(question, kind, value, sentences) if value else None
    updated = differing.main.text if differing and differing.main is not value else None
    cited = Citations()
    if differing is None:
        cited.cite(best.sentence, (best.start, best.end))
    conflicts = _cite_values(cited, differing) if differing else ()
    agreeing = [reading for reading in winner.read if not cited.quotes_same(reading.sentence)]
    if agreeing and len(cited.items) < _MAX_QUOTES:
        cited.cite(agreeing[0].sentence, (agreeing[0].start, agreeing[0].end))
    covering = max(sentences, key=lambda sentence: sentence.overlap, default=best.sentence)
    if covering.overlap >= best.sentence.overlap + _COVERS_MORE:
        _fill(cited, [covering])
    # What stands nearest to the question besides: the right sentence is there more often than one that agrees again.
    others = [candidate.best.sentence for candidate in result.candidates[1:_OTHERS]]
    _fill(cited, [s for s in (*others, *sentences) if s.score >= _NEAR_THE_BEST * best.sentence.score])
    return Answer(
        question,
        Status.ANSWERED,
        short_answer=updated or best.answer,
        citations=tuple(cited.items),
        conflicts=conflicts,
        timings=timings,
    )


def quoted_answer(question: str, sentences: Sequence[Sentence]) -> Answer:
    """The best sentences as they stand, with what is said otherwise.

    The one value of the asked kind in a sentence is marked as answering; a list, or a change of a figure, that was
    asked for is an answer.
    """
    if several := changed_values(question, sentences) or listed_names(question, sentences):
        return several_answer(question, several)
    kind = answer_type(question)
    asked = AskedValue.of(question, kind)
    best = _counting_first(asked, sentences)
    first = next((value for sentence in best if (value := plain_value(asked, sentence))), None)
    differing = disagreement(question, kind, first, sentences) if first else None
    cited = Citations()
    conflicts = _cite_values(cited, differing) if differing else ()
    for sentence in best:
        if len(cited.items) < _MAX_QUOTES and not cited.quotes_same(sentence):
            value = plain_value(asked, sentence)
            cited.cite(sentence, (value.start, value.end) if value else None)
    return Answer(question, Status.QUOTED, citations=tuple(cited.items), conflicts=conflicts)


def declined_answer(question: str, related: Sequence[Related] = ()) -> Answer:
    """Says that the articles don't say, and which ones are on the subject."""
    return Answer(question, Status.DECLINED, related=tuple(related))


def with_disagreement(answer: Answer, kind: AnswerType, sentences: Sequence[Sentence]) -> Answer:
    """A written answer with what these sentences say otherwise, when they state its value too and it doesn't tell."""
    asked = AskedValue.of(answer.question, kind)
    first, *rest = answer.sentences or ((answer.short_answer or "", ()),)
    stated = [stated.quantity for stated in asked.stated_in(first[0])]
    values = [value for sentence in sentences if (value := plain_value(asked, sentence))]
    same = next((v for v in values if len(stated) == 1 and v.quantity.value == stated[0].value), None)
    differing = disagreement(answer.question, kind, same, sentences) if same else None
    if same is None or differing is None:
        return answer
    others = [other for other in differing.others if other[0] is not same]
    if differing.main is not same:
        others.insert(0, (differing.main, ConflictKind.UPDATE))
    told = {stated.quantity.value for text, _ in rest for stated in asked.stated_in(text)}
    cited = Citations(list(answer.citations))
    conflicts = tuple(_conflict(cited, value, kind) for value, kind in others if value.quantity.value not in told)
    return replace(answer, citations=tuple(cited.items), conflicts=conflicts)


def with_nearest(answer: Answer, sentences: Sequence[Sentence], weights: Mapping[str, float]) -> Answer:
    """A written answer with the sentence nearest to the question, when it rests on other articles that are no nearer.

    A model that was talked into one report cannot hide the others. `weights` are those of the question's stems.
    """
    nearest = next(iter(sentences), None)
    if nearest is None or any(known.article_id == nearest.evidence.article_id for known in answer.citations):
        return answer
    if nearest.overlap < max((coverage(known.quote, weights) for known in answer.citations), default=0.0):
        return answer
    cited = Citations(list(answer.citations))
    if not cited.quotes_same(nearest):
        cited.cite(nearest)
    return replace(answer, citations=tuple(cited.items))


def _cite_values(cited: Citations, differing: Disagreement) -> tuple[Conflict, ...]:
    """Cites the main value first, then the others."""
    main = differing.main
    in_headline = any(other.in_title for other, _ in differing.others)
    cited.cite(main.sentence, (main.start, main.phrase_end if in_headline else main.end))
    return tuple(_conflict(cited, value, kind) for value, kind in differing.others)


def _conflict(cited: Citations, value: Value, kind: ConflictKind) -> Conflict:
    item = value.sentence.evidence
    n = cited.cite(value.sentence, None if value.in_title else (value.start, value.end))
    return Conflict(value.text, n, kind, item.source, item.published_at, value.in_title)


def _counting_first(asked: AskedValue, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences worth quoting; one that counts just what was asked goes before all that only speak of it."""
    near = [s for s in sentences if s is sentences[0] or s.score >= _NEAR_THE_BEST * sentences[0].score]
    if asked.counted is None:
        return near[:_MAX_QUOTES]
    least = _COUNTING_OVERLAP * max(sentence.overlap for sentence in sentences)
    counting = [s for s in sentences if s.overlap >= least and plain_value(asked, s)]
    return [*counting, *(s for s in near if s not in counting)][:_MAX_QUOTES]


def _fill(cited: Citations, sentences: Sequence[Sentence]) -> None:
    for sentence in sentences:
        if len(cited.items) >= _MAX_QUOTES:
            return
        if not cited.quotes_same(sentence):
            cited.cite(sentence)
