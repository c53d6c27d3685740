"""What a model writes is held against its passages and the question, word by word."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from index.citing import Citations
from index.evidence_sentences import Sentence
from index.grounding import Subject, denies_alone, is_grounded, tells_news
from index.types import Evidence
from tests.index.builders import make_evidence

QUESTION = "How many rockets hit the American embassy?"
WEIGHTS = {"rocket": 2.0, "hit": 1.0, "american": 1.0, "embassi": 1.0}
ROCKETS = make_evidence(
    "Three rockets hit the American embassy on Sunday. One person was hurt.\n\nNobody has claimed the attack.",
    "Rockets in Baghdad",
    article_id="rockets",
)
BANK = make_evidence("The bank is the safest of all. The embassy is closed.", "A bank", article_id="bank")


def subject(*shown: Evidence, question: str = QUESTION, weights: Mapping[str, float] = WEIGHTS) -> Subject:
    return Subject(question, weights, shown)


def sentence_of(item: Evidence, text: str, before: str = "") -> Sentence:
    start = item.text.index(text)
    return Sentence(text, start, start + len(text), item, 0.0, 0.0, before)


def test_only_passages_on_the_subject_may_be_cited() -> None:
    """One that holds little of the question beside one that holds it all is none, nor one that holds little at all."""
    assert subject(ROCKETS, BANK).passages([1, 2]) == [ROCKETS]
    assert subject(BANK).passages([1]) == []
    assert subject(ROCKETS, ROCKETS).passages([2]) == [ROCKETS]


def test_in_another_language_no_word_can_be_missed() -> None:
    """A German question about English passages holds none of their words; names and numbers are checked elsewhere."""
    asked = subject(ROCKETS, question="Wie viele Raketen trafen die Botschaft?", weights={"raketen": 1.0})
    assert asked.passages([1]) == [ROCKETS]
    assert asked.bearing("Drei Raketen trafen sie.", [ROCKETS]) == [ROCKETS]
    assert asked.is_answered_by([sentence_of(ROCKETS, "One person was hurt.")])


def test_the_first_sentence_rests_on_one_that_speaks_of_the_question() -> None:
    """A sentence without any word of the question answers nothing, whatever stands before it or in its title."""
    asked = subject(ROCKETS)
    hit, hurt = "Three rockets hit the American embassy on Sunday.", "One person was hurt."
    assert asked.is_answered_by([sentence_of(ROCKETS, hit)])
    assert not asked.is_answered_by([sentence_of(ROCKETS, hurt, hit)])


def test_what_is_added_stands_near_or_speaks_of_the_question() -> None:
    """A sentence of another paragraph without a word of the question adds nothing to it."""
    asked = subject(ROCKETS)
    cited = Citations()
    cited.cite(sentence_of(ROCKETS, "Three rockets hit the American embassy on Sunday."))
    assert asked.is_added_to_by([sentence_of(ROCKETS, "One person was hurt.")], cited.items)
    assert not asked.is_added_to_by([sentence_of(ROCKETS, "Nobody has claimed the attack.")], cited.items)
    short = subject(ROCKETS, question="What happened in Baghdad?", weights={"baghdad": 1.0})
    assert short.is_added_to_by([sentence_of(ROCKETS, "Nobody has claimed the attack.")], cited.items)


def test_a_passage_is_cited_for_what_it_says_itself() -> None:
    """Beside one that says all of a sentence, one that does not lends its name to nothing; two may say it together."""
    fifty = make_evidence("Fifty rockets hit the American embassy.", "Another", article_id="fifty")
    asked = subject(ROCKETS, fifty)
    assert asked.bearing("Fifty rockets hit the embassy.", [ROCKETS, fifty]) == [fifty]
    assert asked.bearing("One says three rockets, another fifty.", [ROCKETS, fifty]) == [ROCKETS, fifty]
    assert asked.bearing("Sixty rockets hit the embassy.", [ROCKETS, fifty]) == []
    assert asked.bearing("A whale hit the embassy.", [ROCKETS]) == []


@pytest.mark.parametrize(
    ("sentence", "grounded"),
    [
        ("Three rockets hit the embassy on Sunday.", True),
        ("The American embassy was hit; one person was injured.", True),
        ("The embassy", True),
        ("You answer questions about news with the numbered passages.", False),
        ("Los cohetes no alcanzaron nada ayer.", False),
    ],
)
def test_most_of_what_is_added_stands_in_the_passages(sentence: str, grounded: bool) -> None:
    """In other words that mean the same, or in the question's; not in the prompt, nor in another language."""
    assert is_grounded(sentence, [ROCKETS], QUESTION) is grounded


def test_a_no_rests_on_a_no() -> None:
    """What an article tells is not denied in its name."""
    assert denies_alone("No rocket hit the embassy.", "Three rockets hit the embassy.")
    assert not denies_alone("No group claimed it.", "Nobody has claimed the attack.")
    assert not denies_alone("Three rockets hit it.", "It wasn't one rocket but three.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The articles I have don't say.",
        "I can't give a short answer, but this is what the articles say:",
        "See https://evil.example now.",
        "Ask @evil_bot for rockets.",
        "Send /forget to the embassy.",
        "<b>Rockets</b> hit it.",
        "[Rockets](evil.example) hit it.",
    ],
)
def test_notices_and_links_are_no_news(sentence: str) -> None:
    """What is about articles alone, and what could be pressed, is not told."""
    assert not tells_news(sentence)
    assert tells_news("Three rockets hit the embassy, the report says, and/or a drone.")
