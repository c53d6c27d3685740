"""An answer of several values, each with its quote."""

from __future__ import annotations

from index.answer_text import answer_text
from index.several import Item, Several, in_words, several_answer
from index.types import Status, Timings
from tests.index.reports import report

ONE = report("Norway and Sweden signed the treaty.")
TWO = report("Iceland signed it, too.", day=5)
ITEMS = (Item(ONE, 0, 6), Item(ONE, 11, 17), Item(TWO, 0, 7))


def test_each_value_stands_in_its_own_quote() -> None:
    """Values of one sentence share a citation, whose marked stretch holds both."""
    answer = several_answer("Which countries?", Several("Norway, Sweden and Iceland", ITEMS), Timings(tokens=3))
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Norway, Sweden and Iceland")
    assert answer.sentences == (("Norway, Sweden and Iceland", (1, 2)),)
    assert [citation.answer_words for citation in answer.citations] == ["Norway and Sweden", "Iceland"]
    assert answer.timings.tokens == 3
    assert answer_text(answer).splitlines()[0] == "Norway, Sweden and Iceland [1][2]"


def test_values_far_apart_in_a_long_sentence_have_two_quotes() -> None:
    """No value is left out of the quote that is to hold it."""
    long = report(f"Norway signed {'and waited ' * 60}until Iceland signed.")
    items = (Item(long, 0, 6), Item(long, long.text.index("Iceland"), long.text.index("Iceland") + 7))
    answer = several_answer("Which countries?", Several("Norway and Iceland", items))
    assert [citation.answer_words for citation in answer.citations] == ["Norway", "Iceland"]


def test_words() -> None:
    """One, two and three values."""
    assert in_words(["a"]) == "a"
    assert in_words(["a", "b"]) == "a and b"
    assert in_words(["a", "b", "c"]) == "a, b and c"
