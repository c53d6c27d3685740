"""The scores of short answers."""

from __future__ import annotations

import pytest

from evals.scoring import contains, exact_match, f1, normalise


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The U.S. Embassy!", "u s embassy"),
        ("An apple a day", "apple day"),
        ("5,200", "5 200"),
        ("  “Three” ", "three"),
    ],
)
def test_normalising_drops_case_marks_and_articles(text: str, normal: str) -> None:
    """What is left are the words that count."""
    assert normalise(text) == normal


def test_a_gold_answer_counts_as_whole_words_only() -> None:
    """ "Iran" does not stand in "Iranian", and an empty gold answer stands nowhere."""
    assert contains("It was Iran, they said.", ["Iran"])
    assert not contains("It was Iranian.", ["Iran"])
    assert not contains("anything", ["the"])


def test_exact_match_takes_any_gold_answer() -> None:
    """Several spellings may be right; no answer never is."""
    assert exact_match("the canteen", ["cafeteria", "Canteen"])
    assert not exact_match("embassy canteen", ["canteen"])
    assert not exact_match(None, ["canteen"])


@pytest.mark.parametrize(
    ("answer", "golds", "score"),
    [
        ("embassy canteen", ["canteen"], 2 / 3),
        ("canteen", ["canteen"], 1.0),
        ("x", ["canteen"], 0.0),
        (None, ["x"], 0.0),
    ],
)
def test_f1_is_the_overlap_of_words(answer: str | None, golds: list[str], score: float) -> None:
    """Precision and recall of the words, harmonically; the best gold answer counts."""
    assert f1(answer, golds) == pytest.approx(score)
