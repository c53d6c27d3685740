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
