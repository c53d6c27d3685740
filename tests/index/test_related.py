"""What the articles have on the subject of a question that they don't answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.related import related_articles
from index.types import Evidence, Related
from index.words import stems
from tests.index.builders import make_evidence

ROCKETS = make_evidence(
    "Three rockets fell at the embassy. The killing of Qasem Soleimani had raised tension.",
    "Rockets hit embassy in Baghdad",
    article_id="rockets",
    source="AFP",
    published_at=datetime(2020, 1, 26, tzinfo=UTC),
)
OTHERS = [
    make_evidence(f"Story {n} of a town, its people and what they said.", f"News of {n}", article_id=f"a{n}")
    for n in range(8)
]
FERRY = make_evidence("The ferry Marta hit a sandbank near Split.", "Ferry runs aground", article_id="ferry")


def titles(question: str, *evidence: Evidence, **weights: float) -> list[str]:
    every = dict.fromkeys(stems(question), 2.0) | weights
    return [related.title for related in related_articles(question, evidence, every)]


def test_an_article_on_the_subject_is_named_with_its_origin() -> None:
    """Its title holds the question's words; source, date and address come along."""
    (related,) = related_articles(
        "How many rockets were shot down in Baghdad?",
        [replace(ROCKETS, url="https://news.example/1"), *OTHERS],
        {"rocket": 3.0, "shot": 3.0, "baghdad": 4.0},
    )
    assert related == Related(
        "rockets", ROCKETS.title, "https://news.example/1", "AFP", datetime(2020, 1, 26, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2022 World Cup?",
        "How many rockets hit Tehran?",
        "What did Qasem Soleimani say?",
        "How much did the canteen cost?",
        "What people said?",
    ],
)
def test_rather_none_than_one_off_the_subject(question: str) -> None:
    """Another name, a name in passing, and no word in a title are no subject of a large collection."""
    assert titles(question, ROCKETS, FERRY, *OTHERS) == []


@pytest.mark.parametrize("question", ["How many rockets were intercepted?", "What did Qasem Soleimani say about it?"])
def test_in_a_small_collection_less_will_do(question: str) -> None:
    """A word in the title, or a full name in one sentence."""
    assert titles(question, ROCKETS, FERRY) == [ROCKETS.title]


def test_a_small_collection_has_no_subject_for_everything() -> None:
    """Nothing in common, or only what means something alike."""
    assert titles("Who won the election?", ROCKETS, FERRY, make_evidence("They voted for it.", "A vote")) == []


def test_three_at_most_the_closest_first_each_once() -> None:
    """Chunks of one article, and articles with the same title, are named once."""
    crashes = [make_evidence("A bus crash.", f"Bus crash {n} on road", article_id=f"c{n}", start=n) for n in range(4)]
    near = make_evidence("A bus crash in fog.", "Bus crash in fog on road", article_id="near")
    again = replace(crashes[0], chunk_id="c0-1-1")
    same = replace(crashes[0], article_id="copy")
    found = titles("Who caused the bus crash in the fog on the road?", *crashes, again, same, near, *OTHERS)
    assert len(found) == len(set(found)) == 3
    assert found[0] == "Bus crash in fog on road"


def test_nothing_found_is_nothing_related() -> None:
    """No evidence, no weights."""
    assert titles("Who won?") == []
    assert related_articles("Who won?", [ROCKETS], {}) == ()
