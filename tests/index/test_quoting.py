"""Answers made of the articles' own sentences."""

from __future__ import annotations

import math

from index.evidence_sentences import Sentence
from index.question_types import AnswerType
from index.quoting import declined_answer, quoted_answer, read_answer
from index.reading import Candidate, Reading, ReadingResult
from index.types import Conflict, Status
from tests.index.builders import make_sentence


def candidate(answer: str, *sentences: Sentence, logprob: float = -0.1) -> Candidate:
    probability = math.exp(logprob)
    readings = [
        Reading(answer, s, s.text.index(answer), s.text.index(answer) + len(answer), probability, probability * s.score)
        for s in sentences
    ]
    return Candidate(answer.casefold(), readings)


def result(*candidates: Candidate) -> ReadingResult:
    return ReadingResult(candidates, len(candidates), 5, 3.0)


THREE = make_sentence("Three rockets fell.", article_id="a1")
TWO = make_sentence("Two rockets fell.", article_id="a2", score=0.9)


def test_the_winner_is_the_short_answer_and_its_sentence_the_first_quote() -> None:
    """The reader sees the value and the sentence it stands in."""
    answer = read_answer("How many?", AnswerType.COUNT, result(candidate("Three", THREE)), [THREE])
    assert answer is not None
    assert (answer.status, answer.short_answer, answer.conflicts) == (Status.ANSWERED, "Three", ())
    assert [c.quote for c in answer.citations] == ["Three rockets fell."]
    assert answer.timings.first_token_ms == 3.0


def test_another_articles_value_is_a_conflict() -> None:
    """A count that another article gives differently is said, with its own quote."""
    answer = read_answer(
        "How many?", AnswerType.COUNT, result(candidate("Three", THREE), candidate("Two", TWO)), [THREE, TWO]
    )
    assert answer is not None
    assert answer.conflicts == (Conflict("Two", 2),)
    assert answer.citations[1].article_id == "a2"


def test_what_is_no_conflict() -> None:
    """The same article, a much weaker reading, one further from the question, or another kind of question."""
    same = make_sentence("Two rockets fell.", article_id="a1")
    weak = make_sentence("Two rockets fell.", article_id="a2", score=0.3)
    far = make_sentence("Two rockets fell.", article_id="a2", overlap=0.5)
    for other in (same, weak, far):
        answer = read_answer(
            "How many?", AnswerType.COUNT, result(candidate("Three", THREE), candidate("Two", other)), []
        )
        assert answer is not None
        assert answer.conflicts == ()
    answer = read_answer("Who?", AnswerType.PERSON, result(candidate("Three", THREE), candidate("Two", TWO)), [])
    assert answer is not None
    assert answer.conflicts == ()


def test_an_unsure_winner_is_no_answer() -> None:
    """A reading below the least probability, and no reading at all, leave the question to quotes."""
    assert read_answer("How many?", AnswerType.COUNT, result(candidate("Three", THREE, logprob=-2.0)), [THREE]) is None
    assert read_answer("How many?", AnswerType.COUNT, result(), [THREE]) is None


def test_an_answer_has_at_most_three_different_quotes() -> None:
    """Sentences near the best fill up, copies of a quote don't."""
    others = [make_sentence(f"Rocket {n} fell.", article_id=f"b{n}", score=0.9) for n in range(4)]
    copy = make_sentence("Three rockets fell.", article_id="a9")
    weak = make_sentence("The river is long.", article_id="c", score=0.5)
    answer = read_answer(
        "How many?", AnswerType.COUNT, result(candidate("Three", THREE, copy)), [THREE, copy, weak, *others]
    )
    assert answer is not None
    assert [c.quote for c in answer.citations] == ["Three rockets fell.", "Rocket 0 fell.", "Rocket 1 fell."]


def test_quotes_alone_are_the_best_sentences() -> None:
    """Without a short answer the best sentence is quoted, and those close to it."""
    answer = quoted_answer("What?", [THREE, TWO, make_sentence("Far off.", score=0.2, article_id="a3")])
    assert (answer.status, answer.short_answer) == (Status.QUOTED, None)
    assert [c.quote for c in answer.citations] == ["Three rockets fell.", "Two rockets fell."]


def test_declining_quotes_nothing() -> None:
    """A plain no has neither an answer nor citations."""
    answer = declined_answer("What?")
    assert (answer.status, answer.short_answer, answer.citations) == (Status.DECLINED, None, ())
