"""English questions taken apart."""

from __future__ import annotations

import pytest

from index.conversation.question_parts import Form, question_parts

SUBJECT, OBJECT, COPULA, YES_NO = Form.SUBJECT, Form.OBJECT, Form.COPULA, Form.YES_NO


@pytest.mark.parametrize(
    ("question", "form", "parts"),
    [
        ("How many rockets hit Basra?", SUBJECT, ("How many", "rockets", "", "", "hit Basra")),
        ("Who claimed the attack?", SUBJECT, ("Who", "", "", "", "claimed the attack")),
        ("Who chairs the growers' association?", SUBJECT, ("Who", "", "", "", "chairs the growers' association")),
        ("How many people were hurt?", SUBJECT, ("How many", "people", "were", "", "hurt")),
        ("How many of the hostages were freed?", SUBJECT, ("How many", "of the hostages", "were", "", "freed")),
        (
            "Which country will host the 2026 World Cup?",
            SUBJECT,
            ("Which", "country", "will", "", "host the 2026 World Cup"),
        ),
        ("Which team has reportedly won?", SUBJECT, ("Which", "team", "has", "", "reportedly won")),
        ("In Gaza, how many people died?", SUBJECT, ("how many", "people", "", "", "died in Gaza")),
        ("What did the ferry hit?", OBJECT, ("What", "", "did", "the ferry", "hit")),
        (
            "Where did the ferry run aground near Split?",
            OBJECT,
            ("Where", "", "did", "the ferry", "run aground near Split"),
        ),
        ("How long will the bridge repair take?", OBJECT, ("How long", "", "will", "the bridge repair", "take")),
        ("Why did Israel strike Beirut?", OBJECT, ("Why", "", "did", "Israel", "strike Beirut")),
        ("In which city did the fire start?", OBJECT, ("In which", "city", "did", "the fire", "start")),
        ("What did the UN Security Council decide?", OBJECT, ("What", "", "did", "the UN Security Council", "decide")),
        ("When was the bridge in Lindholm built?", OBJECT, ("When", "", "was", "the bridge in Lindholm", "built")),
        ("What are scientists worried about?", OBJECT, ("What", "", "are", "scientists", "worried about")),
        ("What time did the guard hear it?", OBJECT, ("What", "time", "did", "the guard", "hear it")),
        ("Who exactly did they blame?", OBJECT, ("Who exactly", "", "did", "they", "blame")),
        ("Who is the mayor of Lindholm?", COPULA, ("Who", "", "is", "the mayor of Lindholm", "")),
        ("How old is the mayor?", COPULA, ("How old", "", "is", "the mayor", "")),
        ("Did Iran attack Israel?", YES_NO, ("", "", "did", "Iran", "attack Israel")),
        ("Has the ceasefire been broken?", YES_NO, ("", "", "has", "the ceasefire", "been broken")),
    ],
)
def test_the_parts_of_a_question(question: str, form: Form, parts: tuple[str, ...]) -> None:
    """The question word, its noun, the auxiliary, who does it, and what."""
    found = question_parts(question)
    assert found is not None
    assert (found.asked, found.noun, found.aux, found.subject, found.predicate) == parts
    assert found.form is form


@pytest.mark.parametrize(
    "question",
    ["", "?", "why", "Who?", "latest news", "How long the repair will take?", "A ship sank near which port?"],
)
def test_what_is_built_otherwise_has_no_parts(question: str) -> None:
    """Rather none than wrong ones."""
    assert question_parts(question) is None


@pytest.mark.parametrize(
    ("question", "word", "circumstance", "degree"),
    [
        ("In which city did it start?", "which", False, False),
        ("When exactly did it start?", "when", True, False),
        ("How many people died?", "how many", False, False),
        ("How long did it take?", "how long", False, True),
        ("How did it start?", "how", True, False),
    ],
)
def test_what_a_question_word_asks_for(question: str, word: str, circumstance: bool, degree: bool) -> None:
    """A circumstance, a degree, or a thing."""
    parts = question_parts(question)
    assert parts is not None
    assert (parts.word, parts.asks_circumstance, parts.asks_degree) == (word, circumstance, degree)


def test_what_follows_can_be_put_together_again() -> None:
    """The question word with its noun, and all behind the auxiliary."""
    parts = question_parts("Which city did the army recapture?")
    assert parts is not None
    assert (parts.phrase, parts.rest) == ("Which city", "the army recapture")
