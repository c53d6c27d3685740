"""What a question names in short."""

from __future__ import annotations

import pytest

from index.conversation.fuller_names import with_fuller_names
from index.conversation.spoken_of import SpokenOf
from index.types import Turn


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("When will the City Museum reopen?", "who designed the museum?", "who designed the City Museum?"),
        (
            "Who won the presidential election in Poland?",
            "when was the election?",
            "when was the presidential election in Poland?",
        ),
        ("Why did the ferry sink?", "how old is the ferry?", None),
        ("When will the City Museum reopen?", "who designed the library?", None),
        ("When will the City Museum reopen?", "who designed the museum in Oslo?", None),
        ("When will the City Museum reopen?", "how many saw the museum in 2020?", None),
        ("When will museums reopen?", "who designed the museum?", None),
    ],
)
def test_the_same_thing_gets_its_full_name(last: str, question: str, meant: str | None) -> None:
    """When the last question has one, and the question has no name or number of its own."""
    assert with_fuller_names(question, SpokenOf(Turn(last))) == meant
