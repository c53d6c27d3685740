"""What a question counts, and which numbers count the same."""

from __future__ import annotations

import pytest

from index.counting import counted_in, counts_in


def counts(question: str, text: str) -> list[tuple[str, str, int]]:
    """Each number that counts what was asked: the words, the phrase, and the value."""
    counted = counted_in(question)
    assert counted is not None
    return [
        (text[count.start : count.end], text[count.start : count.phrase_end], int(count.quantity.value))
        for count in counts_in(text, counted)
    ]


@pytest.mark.parametrize(
    ("question", "text", "number"),
    [
        ("How many rockets hit?", "Three rockets fell at the embassy.", 3),
        ("How many people were injured?", "The attack resulted in one minor injury victim.", 1),
        ("How many were injured?", "killed nine people and injured 12", 12),
        ("How many people were killed?", "nine people were killed and 12 injured", 9),
        ("How many people were killed?", "leaving 12 dead and 40 injured", 12),
        ("How many people were killed?", "12 people, including two children, were killed", 12),
        ("How many people were killed?", "The number of injured rose to 40, while 12 were killed", 12),
        ("How many people were killed?", "The death toll has risen to 24 following a fire with dozens missing", 24),
        ("How many people have died?", "killing at least nine", 9),
        ("What is the death toll of the quake?", "The toll rises to 12.", 12),
        ("How many US troops are based in Iraq?", "to drive out 5,200 US troops based in Iraq", 5200),
        ("How many people attended the rally?", "Some 4,000 people attended.", 4000),
        ("Was anyone hurt?", "One person was slightly hurt.", 1),
        ("Were there any casualties?", "Hit by Three Rockets, No Casualties", 0),
        ("Was anyone hurt?", "Nobody was hurt.", 0),
        ("How many people died?", "No deaths were reported.", 0),
    ],
)
def test_the_number_that_counts_what_was_asked(question: str, text: str, number: int) -> None:
    """By the noun behind it and the state nearest to it."""
    assert [value for _, _, value in counts(question, text)] == [number]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people were killed?", "40 people were injured."),
        ("How many people were killed?", "12 children were killed."),
        ("How many people were killed?", "Two more people were killed."),
        ("How many people were killed?", "Two of the victims were killed at once."),
        ("How many people were killed?", "About 1 out of 10 people was killed."),
        ("How many people were killed?", "Three people a day are killed there."),
        ("How many people were killed?", "a child with no underlying conditions died"),
        ("How many people were hurt?", "No other people were hurt."),
        ("How many soldiers were killed?", "12 soldiers were wounded."),
        ("How many US troops are based in Iraq?", "1,000 Iraqi troops are based there."),
        ("How many rockets hit?", "Five shells hit the embassy."),
        ("How many homes lost power?", "300 homes were sold."),
        ("How many people were killed?", "in 124-degree heat that killed many"),
    ],
)
def test_numbers_that_count_something_else(question: str, text: str) -> None:
    """Another state, a part, an addition, a rate, other people, other things."""
    assert counts(question, text) == []


def test_the_phrase_goes_on_to_what_is_counted() -> None:
    """The value is the number, the phrase tells of what."""
    assert counts("Was anyone hurt?", "It caused one minor injury.") == [("one", "one minor injury", 1)]
    assert counts("How many died?", "At least 12 people died.") == [("At least 12", "At least 12 people", 12)]
    assert counts("Was anyone hurt?", "No casualties there") == [("No casualties", "No casualties", 0)]


@pytest.mark.parametrize("question", ["Who was hurt?", "When did it happen?", "How many?", "How much did it cost?"])
def test_questions_that_count_nothing(question: str) -> None:
    """Another kind of question, or one that doesn't say what it counts."""
    assert counted_in(question) is None


def test_whether_there_was_any_is_not_how_many() -> None:
    """The two kinds are told apart."""
    for question, existence in (
        ("Was anyone hurt?", True),
        ("Were there any deaths?", True),
        ("How many died?", False),
    ):
        counted = counted_in(question)
        assert counted is not None
        assert counted.existence is existence
