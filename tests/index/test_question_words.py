"""Which of a question's words a text holds."""

from __future__ import annotations

import pytest

from index.question_words import coverage, held_weights

WEIGHTS = {"rocket": 2.0, "embassi": 1.0, "canteen": 1.0}


def test_coverage_is_the_weighted_share_of_the_questions_words() -> None:
    """Two of three words with three quarters of the weight cover three quarters."""
    assert coverage("Rockets at the embassy.", WEIGHTS) == pytest.approx(0.75)
    assert coverage("The canteen.", WEIGHTS) == pytest.approx(0.25)


def test_synonyms_cover_in_part() -> None:
    """A synonym gives 0.7 of a word's weight."""
    assert coverage("One was injured.", {"hurt": 3.0}) == pytest.approx(0.7)


def test_no_words_cover_nothing() -> None:
    """A question without weights is covered by nothing."""
    assert coverage("Rockets", {}) == 0


def test_a_word_is_found_in_its_other_forms_and_not_in_others_that_begin_alike() -> None:
    """Stems are compared, not beginnings: "embassies" is found, "embarked" is not."""
    assert set(held_weights("Two embassies embarked on a rocketing canter", WEIGHTS)) == {"embassi", "rocket"}


@pytest.mark.parametrize(
    "text",
    [
        "the_rocket_fell",
        "“Rocket—fell”",
        "£9−rocket…",
        "one rócket, ro\u0301cket",
        "πόλη/rocket",
        "Ærø: rocket",
        "\U0001f525rocket",
        "5 rockets ½",
        "Straße, rocket’s",
    ],
)
def test_a_word_is_found_beside_any_sign(text: str) -> None:
    """What stands around it, accents on it, and letters of other scripts elsewhere do not hide it."""
    assert held_weights(text, WEIGHTS) == {"rocket": 2.0}


@pytest.mark.parametrize("text", ["a skyrocket", "Пrocket", "the “skyrocket”", "£5 skyrocket", "π skyrocket"])
def test_a_words_end_is_not_the_word(text: str) -> None:
    """A word begins behind what is no letter, in each kind of text."""
    assert held_weights(text, WEIGHTS) == {}
