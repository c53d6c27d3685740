"""The last question with another question word."""

from __future__ import annotations

import pytest

from index.conversation.asked_anew import asked_anew
from index.conversation.spoken_of import SpokenOf
from index.types import Turn


@pytest.mark.parametrize(
    ("last", "answer", "asked", "meant"),
    [
        ("Where did the ferry sink?", None, "why", "why did the ferry sink"),
        ("Where did the ferry sink?", None, "when then", "when did the ferry sink"),
        ("What did the ferry hit?", "a rock", "when", "when did the ferry hit a rock"),
        ("What did the ferry hit?", "a rock", "what else", "what else did the ferry hit"),
        ("Who sank the ferry?", "Ann Ray", "why", "why was it that Ann Ray sank the ferry"),
        ("Who sank the ferry?", None, "how come", "how come someone sank the ferry"),
        ("Who sank the ferry?", None, "who else", "who else sank the ferry"),
        ("Who was hurt?", None, "how many", "how many were hurt"),
        ("Who was hurt?", None, "how many people", "how many people were hurt"),
        ("Which ships sank?", None, "which ones", "which ships sank"),
        ("Which ships sank?", None, "in which city", "in which city was it that some ships sank"),
        ("When did the dam break?", None, "how many dead", "how many dead when the dam broke"),
        ("Was anyone hurt?", None, "who", "who was hurt"),
        ("Did the Senate vote?", None, "why not", "why did the Senate not vote"),
        ("Who sank it?", None, "why not", "why not (who sank it)"),
        ("Who is the pope?", "Leo XIV", "since when", "since when is Leo XIV the pope"),
        ("Who is the pope?", None, "since when", "since when (who is the pope)"),
        ("Where is the ferry?", None, "since when", "since when is the ferry"),
        ("When was it that a dam broke?", None, "where exactly", "where exactly was it that a dam broke"),
        ("Rain fell. Who drowned?", None, "why", "why (Rain fell. Who drowned)"),
    ],
)
def test_another_word_asks_about_the_same(last: str, answer: str | None, asked: str, meant: str) -> None:
    """In the order that the word needs, with the answer where it says what happened."""
    assert asked_anew(asked, SpokenOf(Turn(last, answer))) == meant
