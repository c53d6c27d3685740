"""The source that a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.named_source import matches_source, named_source

KNOWN = (
    "www.reuters.com",
    "BBC News",
    "The Guardian",
    "apnews.com",
    "Al Jazeera",
    "https://nytimes.com/rss.xml",
    "theweek.co.uk",
    "people.com",
    "science.org",
    "El País",
    "新华社",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many rockets hit the embassy, according to Reuters?", "Reuters"),
        ("how many rockets hit, according to reuters", "reuters"),
        ("What does the BBC say about the embassy?", "BBC"),
        ("Who was hurt, in the Guardian's report?", "Guardian"),
        ("Did Al Jazeera report a strike?", "Al Jazeera"),
        ("What was hit, as reported by AP?", "AP"),
        ("What burned, according to the Associated Press?", "Associated Press"),
        ("The New York Times reported that it burned. Why?", "The New York Times"),
        ("Show me news from bbc.co.uk on storms.", "bbc.co.uk"),
        ("Latest Reuters articles on oil", "Reuters"),
        ("What is in The Week’s story on it?", "The Week"),
        ("What did El Pais write about it?", "El Pais"),
        ("Is Reuters reporting a strike?", "Reuters"),
        ("What does People say about the wedding?", "People"),
    ],
)
def test_a_named_source_is_found_as_it_is_written(question: str, expected: str) -> None:
    """The usual ways to ask for one newspaper's word, also in small letters where the name is no common word."""
    assert named_source(question, KNOWN) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many, according to the president?",
        "What burned, according to police?",
        "What does the UN say about it?",
        "According to a new study, what is healthy?",
        "What do people say about it? People said nothing.",
        "What does science say about it? According to science?",
        "What happened this week? What did the week report?",
        "Who bought Reuters?",
        "Which presenter did the BBC suspend?",
        "How many rockets hit the embassy, according to Le Monde?",
        "",
    ],
)
def test_who_is_no_known_source_is_a_speaker(question: str) -> None:
    """Neither people who speak, nor a source that is spoken of, nor one that the collection lacks."""
    assert named_source(question, KNOWN) is None


def test_without_known_sources_there_is_none() -> None:
    """An empty collection has nothing to choose from."""
    assert named_source("According to Reuters, what happened?", ()) is None


@pytest.mark.parametrize(
    ("name", "source", "url"),
    [
        ("BBC", "BBC News", None),
        ("BBC News", "bbc.co.uk", None),
        ("the BBC", None, "https://www.bbc.com/news/1"),
        ("AP", "Associated Press", None),
        ("Associated Press", "apnews.com", None),
        ("NYT", None, "https://www.nytimes.com/2020/01/26/x.html"),
        ("Reuters", "www.reuters.com", None),
        ("Reuters", "Reuters Agency", None),
        ("Al Jazeera", "aljazeera.com", None),
        ("ABC News", None, "https://abcnews.go.com/a"),
        ("Sky", "news.sky.com", None),
        ("USA TODAY", "usatoday.com", None),
        ("The Week", "theweek.co.uk", None),
        ("el pais", "El País", "https://elpais.com"),
        ("Süddeutsche", "sueddeutsche.de", None),
        ("新华社", "新华社", None),
    ],
)
def test_a_source_is_known_by_all_its_names(name: str, source: str | None, url: str | None) -> None:
    """Short names, hosts and accents make no difference."""
    assert matches_source(name, source, url)


@pytest.mark.parametrize(
    ("name", "source", "url"),
    [
        ("Reuters", "CNN", "https://edition.cnn.com/reuters"),
        ("AP", "rap.com", None),
        ("BBC", "abc.com", None),
        ("News", "BBC News", "https://news.sky.com"),
        ("co", "bbc.co.uk", None),
        ("CNN", None, None),
        ("the", "The Guardian", None),
        ("?", "?", "http://[broken"),
    ],
)
def test_another_source_is_not_taken_for_it(name: str, source: str | None, url: str | None) -> None:
    """Neither a part of a name nor the path of an address counts."""
    assert not matches_source(name, source, url)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_question_and_sources_can_be_compared(question: str, sources: list[str]) -> None:
    """No text makes it fail, and what is found is part of the question."""
    found = named_source(question, sources)
    assert found is None or found in question
