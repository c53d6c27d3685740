"""Questions turned into phrases."""

from __future__ import annotations

import pytest

from index.conversation.question_parts import question_parts
from index.conversation.statements import (
    finite,
    head_of,
    link_to_matter,
    object_of,
    only_says,
    preposition_of,
    setting_of,
    statement,
    the,
    told_with_question_inside,
    with_object,
)


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("When did the ferry sink?", None, "the ferry sank"),
        ("Why does Iran object?", None, "Iran does object"),
        ("Who won the race?", None, "somebody won the race"),
        ("What will the council build in Lindholm?", "a bridge", "the council will build a bridge in Lindholm"),
        ("What will the council build in Lindholm?", None, None),
        ("In which city did the fire start?", "Porto", "the fire started in Porto"),
        ("Which city did the army take?", None, "the army took some city"),
        ("How long will the repair take?", "ten weeks", "the repair will take ten weeks"),
        ("How many tonnes does the farm sell?", "300", "the farm does sell 300 tonnes"),
        ("How many tonnes does the farm sell?", None, None),
        ("Did Iran attack Israel?", "no", "Iran attacked Israel"),
        ("Who is the mayor?", "Ines Calder", None),
    ],
)
def test_what_a_question_takes_for_granted(question: str, answer: str | None, told: str | None) -> None:
    """As far as it is known."""
    parts = question_parts(question)
    assert parts is not None
    assert statement(parts, "somebody", answer) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A tanker sank near which port", "a tanker sank near some port"),
        ("Iran fired what", "Iran fired something"),
        ("Trump met whom in Oslo", "Trump met someone in Oslo"),
        ("Which port", None),
        ("A tanker sank", None),
        ("", None),
    ],
)
def test_a_question_within_a_statement(sentence: str, told: str | None) -> None:
    """What is asked for is left open."""
    assert told_with_question_inside(sentence) == told


def test_the_object_finds_its_place() -> None:
    """Behind the verb, before what follows it; nowhere when another one is there."""
    assert with_object("has been hit by", "a ship") == "has been hit by a ship"
    assert with_object("met in Oslo", "Putin") == "met Putin in Oslo"
    assert with_object("met the king in Oslo", "Putin") is None
    assert with_object("live", "Rome", "in") == "live in Rome"
    assert with_object("live", "in Rome", "in") == "live in Rome"


def test_phrases_and_their_parts() -> None:
    """Objects, settings, heads and prepositions."""
    assert object_of("claimed the attack on the embassy") == "the attack on the embassy"
    assert object_of("died in Syria") is None
    assert setting_of("hurt in the crash") == "in the crash"
    assert setting_of("hit the embassy in Baghdad") is None
    assert [the(noun) for noun in ("a sandbank", "rockets", "of the hostages")] == [
        "the sandbank",
        "the rockets",
        "the hostages",
    ]
    assert head_of("the leaders of Hamas") == "leaders"
    assert [preposition_of(asked) for asked in ("by whom", "who", "")] == ["by", "", ""]
    assert finite("did", "suddenly sink") == "did suddenly sink"


@pytest.mark.parametrize(
    ("text", "says", "link"),
    [
        ("what did Iran say", True, "about"),
        ("what did Iran say about it", False, "about"),
        ("how did they react", True, "to"),
        ("who do they blame", True, "for"),
        ("what did they do", True, "about"),
        ("when did it open", False, "about"),
    ],
)
def test_questions_that_only_say(text: str, says: bool, link: str) -> None:
    """They lack what was spoken about, and each verb takes it with a word of its own."""
    assert (only_says(text), link_to_matter(text)) == (says, link)
