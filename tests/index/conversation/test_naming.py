"""Whom a phrase names."""

from __future__ import annotations

import pytest

from index.conversation.countries import is_country
from index.conversation.naming import may_be_group, may_be_person, names_group, names_person, persons_in
from index.question_types import AnswerType

PERSON, PLACE, OTHER = AnswerType.PERSON, AnswerType.PLACE, AnswerType.OTHER


@pytest.mark.parametrize(
    ("answer", "kind", "person"),
    [
        ("Ines Calder", PERSON, True),
        ("Ines Calder", OTHER, True),
        ("a spokesman", PERSON, True),
        ("Iraqi militias", PERSON, False),
        ("Porto", PLACE, False),
        ("South Korea", OTHER, False),
        ("3 March", OTHER, False),
        ("a sandbank", OTHER, False),
        ("the Green Party", OTHER, False),
    ],
)
def test_answers_that_are_a_person(answer: str, kind: AnswerType, person: bool) -> None:
    """By their shape, and by what was asked for."""
    assert names_person(answer, kind) is person


@pytest.mark.parametrize(
    ("answer", "kind", "noun", "group"),
    [
        ("Kataib Hezbollah", PERSON, "", True),
        ("nobody", PERSON, "", False),
        ("Green Alliance", OTHER, "party", True),
        ("Iran", PLACE, "country", True),
        ("Porto", PLACE, "city", False),
        ("farmers", OTHER, "", True),
        ("12 men", OTHER, "", False),
        ("a sandbank", OTHER, "", False),
    ],
)
def test_answers_that_are_a_group(answer: str, kind: AnswerType, noun: str, group: bool) -> None:
    """Whom "they" can mean."""
    assert names_group(answer, kind, noun) is group


def test_phrases_of_a_question() -> None:
    """An office is held by a person, a crowd is a group, a ferry neither."""
    phrases = ["the mayor of Lindholm", "Macron", "Iran", "the army", "the leaders of Hamas", "the ferry", "it", ""]
    assert [phrase for phrase in phrases if may_be_person(phrase)] == ["the mayor of Lindholm", "Macron"]
    assert [phrase for phrase in phrases if may_be_group(phrase)] == [
        "Macron",
        "Iran",
        "the army",
        "the leaders of Hamas",
    ]


def test_full_names_in_a_text() -> None:
    """Neither a place nor a thing is a person."""
    text = "replaced Rishi Sunak in New York at the City Museum after a flight to Tel Aviv from South Korea"
    assert persons_in(text) == ["Rishi Sunak"]


@pytest.mark.parametrize(
    "name", ["Turkey", "Türkiye", "the US", "United States", "North Korea's", "gaza", "Ivory Coast"]
)
def test_countries(name: str) -> None:
    """By all their usual names."""
    assert is_country(name)


@pytest.mark.parametrize("name", ["Baghdad", "Hezbollah", "", "Unknown Region", "world"])
def test_what_is_no_country(name: str) -> None:
    """Cities, groups, and the odd entries of the list."""
    assert not is_country(name)
