"""Questions that want several names, and the names that answer them."""

from __future__ import annotations

import pytest

from index.candidates import Candidate, Reading
from index.evidence_sentences import Sentence
from index.listing import listed_names, wants_list
from tests.index.reports import report

QUESTION = "Which countries signed the treaty?"
THREE = report("On Monday Norway, Sweden and Finland signed the treaty in Oslo.", title="Treaty signed")


def candidate(answer: str, sentence: Sentence, *, weight: float = 0.5, probability: float = 0.8) -> Candidate:
    start = sentence.text.index(answer)
    reading = Reading(answer, sentence, start, start + len(answer), probability, weight)
    return Candidate(answer.casefold(), [reading], weight=weight)


def names(question: str, sentences: list[Sentence], *candidates: Candidate) -> list[str]:
    several = listed_names(question, sentences, candidates)
    return [item.text for item in several.items] if several else []


@pytest.mark.parametrize(
    "question",
    [
        "Which countries signed the treaty?",
        "What companies were fined?",
        "Which US states have voted?",
        "which two actors are reuniting?",
        "Who were the winners?",
        "Who are the candidates?",
        "Name the countries that signed.",
        "List all companies that were fined.",
        "In which European cities did it open?",
    ],
)
def test_what_wants_a_list(question: str) -> None:
    """A plural behind "which", "who were", "name", "list"."""
    assert wants_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which country signed the treaty?",
        "How many countries signed?",
        "What is the list price of it?",
        "What causes migraines?",
        "What happens in Vegas?",
        "Which basketball player holds the record?",
        "Which state airlifted hundreds of people?",
        "Who was the winner?",
        "Who won?",
        "What was the name of the winners' song?",
        "What news came from Rome?",
        "Which bus was hit?",
    ],
)
def test_what_wants_no_list(question: str) -> None:
    """Singular questions, counts, and words that only look like plurals."""
    assert not wants_list(question)


def test_the_list_around_the_likeliest_answer_is_the_answer() -> None:
    """A reader's "Sweden" stands for the list it stands in; a day in front of it is no item."""
    several = listed_names(QUESTION, [THREE], [candidate("Sweden", THREE)])
    assert several is not None
    assert several.short_answer == "Norway, Sweden and Finland"
    assert [item.sentence.text[item.start : item.end] for item in several.items] == ["Norway", "Sweden", "Finland"]


def test_likely_answers_of_several_articles_make_a_list() -> None:
    """Each stands in its own sentence; an unlikely one, and one that says the same, are left out."""
    iceland = report("The Republic of Iceland signed the treaty too.", title="Treaty", day=5)
    denmark = report("Denmark signed the treaty later.", title="Treaty", day=6)
    norway = report("Norway signed the treaty.", title="Treaty", day=4)
    found = names(
        QUESTION,
        [norway, iceland, denmark],
        candidate("Norway", norway),
        candidate("Republic of Iceland", iceland, weight=0.3),
        candidate("Iceland", iceland, weight=0.3),
        candidate("Denmark", denmark, weight=0.05),
        candidate("treaty", denmark, weight=0.4),
    )
    assert found == ["Norway", "Republic of Iceland"]


def test_a_sentence_far_from_the_question_adds_nothing() -> None:
    """Its words are not those that were asked about."""
    far = report("Spain and Portugal won.", title="Cup", overlap=0.2)
    assert names(QUESTION, [THREE, far], candidate("Norway", THREE), candidate("Spain", far)) == [
        "Norway", "Sweden", "Finland",
    ]  # fmt: skip


def test_without_a_reader_only_the_one_list_of_the_best_sentence_counts() -> None:
    """Two lists, or none, leave the question to quotes."""
    assert names(QUESTION, [THREE]) == ["Norway", "Sweden", "Finland"]
    two = report("Norway and Sweden signed the treaty with Anna Berg and Jon Dahl.")
    assert names(QUESTION, [two]) == []
    assert names(QUESTION, [report("Norway signed the treaty.")]) == []
    assert names(QUESTION, []) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bosnia and Herzegovina, Serbia, and Croatia signed.", ["Bosnia and Herzegovina", "Serbia", "Croatia"]),
        ("The Netherlands and the Czech Republic signed.", ["Netherlands", "Czech Republic"]),
        ("In Norway and Sweden it was signed.", ["Norway", "Sweden"]),
        ("A, B, C, D, E, F and G signed.", []),
        ("Ghana, Togo, Benin, Mali, Niger, Chad and Congo signed.", ["Ghana", "Togo", "Benin", "Mali", "Niger"]),
    ],
)
def test_how_a_list_is_cut(text: str, found: list[str]) -> None:
    """At "and" and commas, but not within a name; five names at most."""
    assert names(QUESTION, [report(text)]) == found or not found


def test_a_number_in_the_question_bounds_the_list() -> None:
    """Two were asked for."""
    assert names("Which two countries signed the treaty?", [THREE]) == ["Norway", "Sweden"]


def test_a_singular_question_gets_no_list() -> None:
    """Names and numbers of a sentence stay with what was asked."""
    assert names("Which country signed the treaty?", [THREE], candidate("Norway", THREE)) == []
    assert names("How many countries signed?", [THREE], candidate("Norway", THREE)) == []
