"""English words by what they do."""

from __future__ import annotations

import pytest

from index.conversation.english import (
    base_form,
    first_key,
    is_adverb,
    is_base_verb,
    is_name,
    is_plural,
    is_state,
    is_verb,
    key,
    last_word,
    past_form,
    spelled_out,
)


@pytest.mark.parametrize(
    ("word", "expected"), [("Iran's", "iran"), ("“Who", "who"), ("U.S.", "u.s"), ("fell,", "fell"), ("…", ""), ("", "")]
)
def test_a_word_is_told_without_the_marks_around_it(word: str, expected: str) -> None:
    """In small letters, without a possessive ending."""
    assert key(word) == expected


@pytest.mark.parametrize(
    ("verb", "past"),
    [("strike", "struck"), ("close", "closed"), ("try", "tried"), ("plan", "planned"), ("reopen", "reopened")],
)
def test_the_past_of_verbs(verb: str, past: str) -> None:
    """Of the regular ones and the others."""
    assert past_form(verb) == past
    assert is_verb(past)


@pytest.mark.parametrize(("verb", "base"), [("says", "say"), ("carries", "carry"), ("pushes", "push"), ("hit", "hit")])
def test_the_base_of_verbs(verb: str, base: str) -> None:
    """Of forms in the present."""
    assert base_form(verb) == base
    assert is_base_verb(base)


def test_what_words_look_like() -> None:
    """Names, plurals, adverbs, states, and what only looks like one."""
    assert [word for word in ("Iran", "“Iran", "I", "iran", "2019") if is_name(word)] == ["Iran", "“Iran"]
    assert [word for word in ("rockets", "police", "crisis", "glass", "rocket") if is_plural(word)] == [
        "rockets",
        "police",
        "crisis",
    ]
    assert [word for word in ("reportedly", "also", "Italy", "rally") if is_adverb(word)] == [
        "reportedly",
        "also",
        "rally",
    ]
    assert [word for word in ("hurt", "arrested", "hundred", "building", "in") if is_state(word)] == [
        "hurt",
        "arrested",
        "in",
    ]


def test_the_ends_of_a_text() -> None:
    """The first word and the last one; of nothing, nothing."""
    assert (first_key("The ferry sank"), last_word("The ferry sank")) == ("the", "sank")
    assert (first_key(" "), last_word("")) == ("", "")


def test_contractions_are_spelled_out() -> None:
    """Those of question words and pronouns; a possessive stays."""
    assert spelled_out("Who's the pope and what’s Iran's plan? They're here.") == (
        "Who is the pope and what is Iran's plan? They are here."
    )
