"""Questions about how a figure changed."""

from __future__ import annotations

import pytest

from index.changing import changed_values, wants_change
from index.evidence_sentences import Sentence
from tests.index.reports import report

QUESTION = "How did the death toll of the bus crash change?"
NINE = report("Nine people died in the bus crash near Split.", day=3)
TWELVE = report("Twelve people died in the bus crash near Split.", day=5, source="BBC")


def short(question: str, *sentences: Sentence) -> str | None:
    several = changed_values(question, sentences)
    return several.short_answer if several else None


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "How has the number of people injured changed?",
        "How has the price of eggs changed since January?",
        "How did the unemployment rate develop?",
        "How did the toll rise?",
    ],
)
def test_what_asks_for_a_change(question: str) -> None:
    """A figure, and a word that it changed."""
    assert wants_change(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many people died?",
        "How has the city changed?",
        "How did she change the law?",
        "What changed?",
        "How is it?",
    ],
)
def test_what_asks_for_no_change_of_a_figure(question: str) -> None:
    """A number alone, or a change of something that has none."""
    assert not wants_change(question)


def test_values_stand_in_order_of_time() -> None:
    """Whatever order the sentences have; a value that stays the same is told once."""
    again = report("9 people died in the bus crash near Split.", day=4, source="AFP")
    assert short(QUESTION, TWELVE, again, NINE) == "Nine (3 May) → Twelve (5 May)"


def test_each_value_has_its_place() -> None:
    """The items are the articles' own words."""
    several = changed_values(QUESTION, [TWELVE, NINE])
    assert several is not None
    assert [(item.text, item.sentence.evidence.source) for item in several.items] == [
        ("Nine", "Reuters"),
        ("Twelve", "BBC"),
    ]


def test_five_days_at_most() -> None:
    """The newest ones."""
    days = [report(f"{10 + day} people died in the bus crash near Split.", day=day) for day in range(1, 9)]
    assert short(QUESTION, *days) == "14 (4 May) → 15 (5 May) → 16 (6 May) → 17 (7 May) → 18 (8 May)"


@pytest.mark.parametrize(
    "other",
    [
        report("9 people died in the bus crash near Split.", day=5),
        report("Twelve people were injured in the bus crash near Split.", day=5),
        report("Twelve people died in the bus crash.", title="Bus crash in Zagreb", day=5),
        report("Twelve people died in the bus crash near Split.", day=None),
        report("Twelve people died in the bus crash near Split.", day=5, score=0.2),
    ],
    ids=lambda sentence: sentence.evidence.title + sentence.text[:20],
)
def test_one_value_is_no_change(other: Sentence) -> None:
    """The same value, another thing, another place, no date, a weak sentence."""
    assert short(QUESTION, NINE, other) is None


def test_prices_and_rates_must_be_named() -> None:
    """A sum beside them is not taken for theirs."""
    question = "How has the price of eggs changed?"
    may = report("The price of eggs is $4.10 a dozen.", day=3, title="Eggs")
    later = report("The price of eggs is $5.20 a dozen.", day=9, title="Eggs", source="BBC")
    fine = report("A shop was fined $9,000.", day=10, title="Fine", source="BBC")
    assert short(question, may, later, fine) == "$4.10 (3 May) → $5.20 (9 May)"


def test_a_sentence_that_tells_the_change() -> None:
    """Its own words are the answer."""
    told = report("The death toll rose from 9 to 12 on Monday.", title="Bus crash")
    several = changed_values("How did the death toll change?", [told])
    assert several is not None
    assert (several.short_answer, several.items[0].text) == ("from 9 to 12", "from 9 to 12")


def test_without_sentences_there_is_none() -> None:
    """Nor for a question that asks for something else."""
    assert short(QUESTION) is None
    assert short("How many people died?", NINE, TWELVE) is None
