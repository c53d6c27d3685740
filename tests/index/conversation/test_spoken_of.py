"""What a turn of a conversation speaks of."""

from __future__ import annotations

from typing import Any

import pytest

from index.conversation.spoken_of import SpokenOf, in_context
from index.types import Turn


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (
            "How many rockets hit the embassy in Baghdad?",
            "Three",
            {
                "event": "rockets hit the embassy in Baghdad",
                "thing": "the rockets that hit the embassy in Baghdad",
                "people": None,
                "person": None,
                "named_thing": None,
                "place": "in Baghdad",
                "is_many": True,
            },
        ),
        (
            "Who claimed the attack?",
            "Kataib Hezbollah",
            {"event": "Kataib Hezbollah claimed the attack", "thing": "the attack", "people": "Kataib Hezbollah"},
        ),
        ("Who claimed the attack?", "no group", {"event": "someone claimed the attack", "people": None}),
        (
            "What did the ferry hit near Split?",
            "a sandbank",
            {
                "event": "the ferry hit a sandbank near Split",
                "thing": "the ferry",
                "thing_with_place": "the ferry, near Split",
                "named_thing": "the sandbank that the ferry hit near Split",
                "place": "near Split",
            },
        ),
        ("What caused the fire?", "a cable", {"named_thing": "the cable that caused the fire", "thing": "the fire"}),
        ("Which ship sank?", "Marta", {"event": "Marta sank", "named_thing": "Marta"}),
        (
            "Which party won in Corvala?",
            "Green Alliance",
            {"event": "Green Alliance won in Corvala", "people": "Green Alliance"},
        ),
        ("How many soldiers fell at Verdun?", "9", {"people": "the soldiers that fell at Verdun"}),
        ("How many people were hurt in the crash?", "9", {"setting": "in the crash", "thing": "the crash"}),
        ("Who is the mayor of Lindholm?", "Ines Calder", {"event": None, "person": "Ines Calder"}),
        ("Who is the mayor of Lindholm?", None, {"person": "the mayor of Lindholm"}),
        ("Who replaced Rishi Sunak?", None, {"person": "Rishi Sunak", "thing": "Rishi Sunak"}),
        ("In which city did it start?", "Porto", {"place": "in Porto", "event": None}),
        ("When will the museum reopen?", "in May", {"event": "the museum will reopen", "is_to_come": True}),
        ("Did the Senate approve the budget?", None, {"thing": "the budget", "people": "the Senate"}),
        ("What did Iran say?", "nothing at all", {"event": None, "thing": "what Iran said", "people": "Iran"}),
        ("When was it that a dam broke?", None, {"event": "a dam broke", "thing": None, "is_cleft": True}),
        ("Was anyone hurt when a dam broke?", None, {"event": "a dam broke", "thing": None}),
        ("Who pays (about the repair)?", None, {"event": None, "thing": "the repair"}),
        ("A tanker sank near which port?", None, {"event": "a tanker sank near some port", "parts": None}),
        ("Rain fell. Who drowned?", None, {"event": None, "parts": None, "aside": "Rain fell. Who drowned"}),
        ("Who's the pope?", None, {"person": "the pope"}),
    ],
)
def test_the_phrases_of_a_turn(question: str, answer: str | None, expected: dict[str, Any]) -> None:
    """Each as it fits into a question, None where there is nothing of the kind."""
    spoken = SpokenOf(Turn(question, answer))
    assert {name: getattr(spoken, name) for name in expected} == expected


@pytest.mark.parametrize("answer", ["Is it? Yes", "one (of [2])", "a b c d e f g h i", "", "...", "none"])
def test_an_answer_that_is_no_phrase_is_left_out(answer: str) -> None:
    """It would break the question it was put into."""
    assert SpokenOf(Turn("What did the ferry hit?", answer)).answer is None


def test_a_long_question_is_cut_where_it_is_repeated() -> None:
    """A bracket stays short, an event that long is none."""
    spoken = SpokenOf(Turn("Who " + "really " * 60 + "won?"))
    assert len(spoken.aside) <= 202
    assert spoken.event is None


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("How many people died in the crash?", "who was hurt", "who was hurt in the crash"),
        ("Where did the dam break?", "was anyone hurt", "was anyone hurt when the dam broke"),
        ("Where did the dam break?", "when did they come", "when did they come (about the dam)"),
        ("When will the dam be built?", "how much did they pay", "how much did they pay (about the dam)"),
        ("Who is the mayor of Oslo?", "what did the police say", "what did the police say about the mayor of Oslo"),
        ("The dam broke. Why?", "who came", "who came (The dam broke. Why)"),
    ],
)
def test_a_question_in_its_context(last: str, question: str, meant: str) -> None:
    """The event, the place of the harm, the thing, or the last question itself stands behind it."""
    assert in_context(question, SpokenOf(Turn(last))) == meant
