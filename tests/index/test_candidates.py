"""Short answers that the sentences could give, gathered by value."""

from __future__ import annotations

import pytest

from index.candidates import Candidate, Reading, answer_key, grounded, with_spans
from index.evidence_sentences import Sentence
from index.question_types import AnswerType
from tests.index.builders import make_sentence

QUESTION = "How many rockets hit the embassy?"


def read(answer: str, text: str, kind: AnswerType = AnswerType.OTHER, question: str = QUESTION) -> str | None:
    reading = grounded(question, kind, answer, make_sentence(text), 0.5)
    return reading.answer if reading else None


def gathered(
    *sentences: Sentence, readings: tuple[Reading, ...] = (), kind: AnswerType = AnswerType.OTHER
) -> dict[str, Candidate]:
    return {candidate.key: candidate for candidate in with_spans(QUESTION, kind, sentences, readings)}


def test_a_reading_is_the_sentences_own_words_at_their_place() -> None:
    """The model's "3" becomes the sentence's "Three"; its weight is probability times the sentence's score."""
    sentence = make_sentence("Nearly three rockets fell.", score=0.8)
    reading = grounded(QUESTION, AnswerType.COUNT, "3", sentence, 0.5)
    assert reading == Reading("three", sentence, 7, 12, probability=0.5, weight=0.5 * 0.8)


def test_a_reading_from_a_poor_sentence_still_weighs_something() -> None:
    """A score below 0.05 counts as 0.05."""
    reading = grounded(QUESTION, AnswerType.COUNT, "three", make_sentence("Three fell.", score=-1.0), 0.5)
    assert reading is not None
    assert reading.weight == pytest.approx(0.025)


@pytest.mark.parametrize("answer", ["four", "", ".", "1,200", "the rockets", "embassy.", "the"])
def test_what_does_not_stand_there_or_says_nothing_new_is_no_reading(answer: str) -> None:
    """Inventions, empty answers and the question's own words are dropped."""
    assert read(answer, "Three rockets hit the embassy.") is None


def test_a_number_is_not_cut_from_another() -> None:
    """ "5" does not stand in "5,200"."""
    assert read("5", "About 5,200 troops are there.") is None


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (AnswerType.COUNT, "two", "weeks"),
        (AnswerType.DURATION, "two weeks", "1,300"),
        (AnswerType.PERCENT, "5%", "two weeks"),
        (AnswerType.DATE, "Friday", "two weeks"),
        (AnswerType.MONEY, "$9", "two weeks"),
    ],
)
def test_a_quantity_must_be_of_the_kind_that_is_asked_for(kind: AnswerType, right: str, wrong: str) -> None:
    """Tonnes are no answer to how long."""
    text = "On Friday she sold 1,300 tonnes, 5% more, for $9 within two weeks."
    question = "What did she sell?"
    assert read(right, text, kind, question) == right
    assert read(wrong, text, kind, question) is None
    assert read(wrong, text, AnswerType.OTHER, question) == wrong


def test_mentions_of_one_value_are_one_candidate() -> None:
    """What a model read and what stands in other sentences are gathered, however it is spelled."""
    first, second = make_sentence("Three rockets fell."), make_sentence("all 3 rockets made noise.", article_id="b")
    reading = Reading("Three", first, 0, 5, 0.7, 0.7)
    found = gathered(first, second, readings=(reading,))
    assert list(found) == ["3"]
    assert {(r.answer, r.sentence) for r in found["3"].readings} == {("Three", first), ("3", second)}
    assert found["3"].read == [reading]
    assert found["3"].best is reading


def test_a_value_that_nobody_read_is_a_candidate_too() -> None:
    """Each name, number and quotation of the sentences is one, at its place, with no probability."""
    sentence = make_sentence("In Rome 4 rockets fell.", score=0.5)
    found = gathered(sentence)
    assert [reading.answer for candidate in found.values() for reading in candidate.readings] == ["In Rome 4", "4"]
    (mention,) = found["4"].readings
    assert (sentence.text[mention.start : mention.end], mention.probability) == ("4", 0.0)
    assert mention.weight == pytest.approx(0.005)
    assert found["4"].read == []


def test_the_best_mention_stands_in_the_best_sentence() -> None:
    """Of mentions that no model gave, the one of the higher scored sentence is shown."""
    weak, strong = make_sentence("It hit Rome.", score=0.2), make_sentence("It left Rome.", score=0.9)
    assert gathered(weak, strong)["rome"].best.sentence is strong


def test_spans_of_another_kind_are_no_candidates() -> None:
    """A name answers no "how many", and a sentence without anything else gives nothing."""
    assert list(gathered(make_sentence("In Rome, 4 rockets fell."), kind=AnswerType.COUNT)) == ["4"]
    assert gathered(make_sentence("In Rome, rockets fell."), kind=AnswerType.COUNT) == {}


def test_the_questions_own_words_are_no_candidates() -> None:
    """A sentence that only repeats the question's names gives nothing."""
    assert gathered(make_sentence("it was the Embassy.")) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three", "3"),
        ("three.", "“three”"),
        ("the canteen", "Canteen"),
        ("5,200", "5200"),
        ("ten weeks", "10 weeks"),
        ("Iran’s army", "Iran army"),
        ("Málaga", "Malaga"),
    ],
)
def test_answers_that_mean_the_same_share_a_key(one: str, other: str) -> None:
    """Spelling, case, articles and marks make no two candidates of one answer."""
    assert answer_key(one) == answer_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("three", "four"), ("ten days", "10 weeks"), ("3 ships", "3 rockets"), ("Iran", "Iraq")]
)
def test_different_answers_have_different_keys(one: str, other: str) -> None:
    """What does not mean the same is kept apart."""
    assert answer_key(one) != answer_key(other)


@pytest.mark.parametrize("answer", ["", ".", "the", "“”"])
def test_nothing_has_no_key(answer: str) -> None:
    """An answer without a word is no candidate."""
    assert answer_key(answer) == ""
