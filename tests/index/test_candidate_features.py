"""What speaks for a candidate answer, in numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.candidate_features import CandidateFeatures
from index.candidates import Candidate, Reading, answer_key
from index.evidence_sentences import Sentence
from index.question_types import AnswerType
from index.types import Evidence
from tests.index.builders import make_evidence, make_sentence

QUESTION = "Which city did the rockets hit?"
WEIGHTS = {"citi": 1.0, "rocket": 2.0, "hit": 1.0}
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def candidate(answer: str, *sentences: Sentence, probability: float = 0.0) -> Candidate:
    """One mention in each of these sentences."""
    mentions = [Reading(answer, sentence, 0, len(answer), probability, sentence.score) for sentence in sentences]
    return Candidate(answer_key(answer), mentions)


def features(
    one: Candidate,
    sentences: Sequence[Sentence] = (),
    passages: Sequence[Evidence] = (),
    *,
    question: str = QUESTION,
    kind: AnswerType = AnswerType.PLACE,
    counts: Mapping[str, int] | None = None,
    asked_at: datetime | None = None,
) -> dict[str, float]:
    signs = CandidateFeatures(question, kind, WEIGHTS, sentences, passages, asked_at)
    return signs.of([one], lambda _stems: counts or {})[0]


def test_being_read_counts_by_its_logarithm() -> None:
    """Two readings are ln 3, none is 0 and marked."""
    sentences = [make_sentence("Rome fell."), make_sentence("They left Rome.")]
    read = features(candidate("Rome", *sentences, probability=0.5), sentences)
    assert [read["times_read"], read["unread"]] == pytest.approx([math.log(3), 0.0])
    unread = features(candidate("Rome", *sentences), sentences)
    assert (unread["times_read"], unread["unread"]) == (0.0, 1.0)


def test_sentences_count_by_their_distance_to_the_best() -> None:
    """Each sentence that holds the answer adds, the nearer to the best score the more."""
    sentences = [
        make_sentence("It hit Oslo.", score=1.5),
        make_sentence("It hit Rome.", score=1.0),
        make_sentence("They left ROME.", score=0.5),
        make_sentence("A Roman romeo.", score=1.5),
    ]
    found = features(candidate("Rome", sentences[1]), sentences)
    assert found["best_sentence"] == pytest.approx(-0.5)
    assert found["sentences"] == pytest.approx(math.log(math.exp(-1) + math.exp(-2) + 0.05))


def test_an_answer_that_no_sentence_holds_word_for_word_has_the_least() -> None:
    """A word that begins alike is no mention."""
    sentence = make_sentence("The Romans fell.")
    found = features(candidate("Rom", sentence), [sentence])
    assert [found["best_sentence"], found["sentences"]] == pytest.approx([-3.0, math.log(0.05)])
    assert (found["near_question"], found["near_noun"]) == (0.0, 0.0)


def test_passages_count_by_rank_and_titles_apart() -> None:
    """The first gives 1/2, the third 1/4; a title counts among the first five only."""
    passages = [
        make_evidence("It hit Rome."),
        make_evidence("It hit Oslo."),
        make_evidence("Nothing.", "Rome hit"),
        *[make_evidence("Nothing.") for _ in range(2)],
        make_evidence("Nothing.", "Oslo hit"),
    ]
    rome, oslo = (features(candidate(name, make_sentence("x")), (), passages) for name in ("Rome", "Oslo"))
    assert [rome["passages"], rome["in_title"]] == pytest.approx([1 / 2 + 1 / 4, 1.0])
    assert [oslo["passages"], oslo["in_title"]] == pytest.approx([1 / 3 + 1 / 7, 0.0])


def test_an_answer_is_as_common_as_its_rarest_word() -> None:
    """The collection's counts are asked for once, with the stems of all candidates."""
    asked: list[list[str]] = []

    def counts(stems: Sequence[str]) -> dict[str, int]:
        asked.append(list(stems))
        return {"new": 900, "york": 7}

    sentence = make_sentence("x")
    signs = CandidateFeatures(QUESTION, AnswerType.PLACE, WEIGHTS, [], [])
    york, rome = signs.of([candidate("New York", sentence), candidate("Rome", sentence)], counts)
    assert asked == [["new", "rome", "york"]]
    assert york["common"] == pytest.approx(math.log(8))
    assert rome["common"] == 0.0


def test_the_newest_mention_makes_it_recent() -> None:
    """Relative to when was asked; without that, or without a date, it is 0."""
    fresh, old, undated = (
        replace(make_sentence("It hit Rome."), evidence=make_evidence("x", published_at=date))
        for date in (NOW - timedelta(days=2), NOW - timedelta(days=200), None)
    )
    assert features(candidate("Rome", old, fresh), asked_at=NOW)["recent"] == 1.0
    assert 0 < features(candidate("Rome", old, undated), asked_at=NOW)["recent"] < 0.01
    assert features(candidate("Rome", undated), asked_at=NOW)["recent"] == 0.0
    assert features(candidate("Rome", fresh))["recent"] == 0.0


def test_the_questions_words_count_by_their_nearness() -> None:
    """Their weights, each divided by 1 + distance / 4 in words, over all weights; the best mention counts."""
    near = make_sentence("Rockets hit Rome.")
    found = features(candidate("Rome", near), [near])
    assert found["near_question"] == pytest.approx((2 / (1 + 2 / 4) + 1 / (1 + 1 / 4)) / 4)
    far = make_sentence("Rockets hit, as far as we know, a house in Rome.")
    assert features(candidate("Rome", far), [far])["near_question"] < found["near_question"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("The city of Rome fell.", 1.0),
        ("Rome is an old city.", 1.0),
        ("Cities such as Rome fell.", 1.0),
        ("The city is old, and far away from here lies Rome.", 0.0),
        ("They left Rome.", 0.0),
    ],
)
def test_the_noun_that_is_asked_for_counts_next_to_the_answer(text: str, near: float) -> None:
    """Within four words on either side, in any form."""
    sentence = make_sentence(text)
    assert features(candidate("Rome", sentence), [sentence])["near_noun"] == near


def test_small_words_of_the_asked_phrase_are_no_nouns() -> None:
    """In "what type of" only "type" can stand near an answer, not "of"."""
    sentence = make_sentence("The end of Rome.")
    for question in ("What type of town fell?", "What part of the town fell?"):
        assert features(candidate("Rome", sentence), [sentence], question=question)["near_noun"] == 0.0


def test_only_the_best_three_sentences_are_looked_at_closely() -> None:
    """The nearness in a fourth one does not count."""
    sentences = [*[make_sentence(f"Number {n}: Rome.") for n in range(3)], make_sentence("Rockets hit the city Rome.")]
    found = features(candidate("Rome", sentences[0]), sentences)
    assert (found["near_question"], found["near_noun"]) == (0.0, 0.0)
    found = features(candidate("Rome", sentences[0]), sentences[1:])
    assert found["near_noun"] == 1.0
    assert found["near_question"] > 0


@pytest.mark.parametrize(
    ("answer", "question", "person"),
    [
        ("Marco Bellini", "Who was arrested?", 1.0),
        ("Juan Carlos Bellini", "Whose car was it?", 1.0),
        ("Bellini", "Who was arrested?", 0.0),
        ("the old guard", "Who was arrested?", 0.0),
        ("Marco Bellini", "Which city fell?", 0.0),
    ],
)
def test_two_or_three_words_with_a_capital_look_like_a_person(answer: str, question: str, person: float) -> None:
    """Where a person is asked for."""
    found = features(candidate(answer, make_sentence("x")), question=question, kind=AnswerType.OTHER)
    assert found["person"] == person


def test_the_shape_of_an_answer_is_told() -> None:
    """Capital letters, single words, and words of the question, in any form."""
    one = features(candidate("Rome", make_sentence("x")))
    assert (one["capital"], one["one_word"], one["repeats"]) == (1.0, 1.0, 0.0)
    several = features(candidate("two cities", make_sentence("x")))
    assert (several["capital"], several["one_word"], several["repeats"]) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("answer", ["5,200", "$9 million", "€ 3"])
def test_a_number_that_nobody_asked_for_is_needless(answer: str) -> None:
    """Where a quantity is asked for, it is not."""
    needless = {
        kind: features(candidate(answer, make_sentence("x")), kind=kind)["needless_number"]
        for kind in (AnswerType.OTHER, AnswerType.PLACE, AnswerType.COUNT, AnswerType.DATE)
    }
    assert list(needless.values()) == [1.0, 1.0, 0.0, 0.0]
    assert features(candidate("Rome", make_sentence("x")))["needless_number"] == 0.0


def test_no_candidates_have_no_features() -> None:
    """Nothing comes of nothing."""
    assert CandidateFeatures("", AnswerType.OTHER, {}, [], []).of([], lambda _stems: {}) == []


def test_a_question_without_words_can_be_computed() -> None:
    """No weight and no question word divide by nothing."""
    sentence = make_sentence("It hit Rome.")
    found = CandidateFeatures("…", AnswerType.OTHER, {}, [sentence], []).of([candidate("Rome", sentence)], lambda _: {})
    assert all(math.isfinite(value) for value in found[0].values())
    assert found[0]["near_question"] == 0.0
