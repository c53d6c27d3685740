"""How an English question leans on what was said before."""

from __future__ import annotations

import pytest

from index.conversation.leaning import Lean, leaning


@pytest.mark.parametrize(
    ("question", "how", "text"),
    [
        ("who?", Lean.BARE, "who"),
        ("And how many people?", Lean.BARE, "how many people"),
        ("but why", Lean.BARE, "why"),
        ("by whom?", Lean.BARE, "by whom"),
        ("which countries?", Lean.BARE, "which countries"),
        ("when was that?", Lean.BARE, "when"),
        ("where exactly did it happen?", Lean.BARE, "where exactly"),
        ("what about Turkey?", Lean.INSTEAD, "Turkey"),
        ("And what about the driver?", Lean.INSTEAD, "the driver"),
        ("and in Basra?", Lean.INSTEAD, "in Basra"),
        ("On Monday?", Lean.INSTEAD, "On Monday"),
        ("Turkey?", Lean.INSTEAD, "Turkey"),
        ("what happened next?", Lean.AFTER, "what happened next"),
        ("and then?", Lean.AFTER, "then"),
        ("Is that true?", Lean.TRUE, "Is that true"),
        ("really?", Lean.TRUE, "really"),
        ("tell me more about it", Lean.MORE, "tell me more about it"),
        ("more details please", Lean.MORE, "more details please"),
        ("Was anyone hurt?", Lean.ABOUT, "Was anyone hurt"),
        ("any survivors?", Lean.ABOUT, "any survivors"),
        ("who pays?", Lean.ABOUT, "who pays"),
        ("What did the government say?", Lean.ABOUT, "What did the government say"),
        ("And what did the pilot say?", Lean.ABOUT, "what did the pilot say"),
    ],
)
def test_what_is_lacking(question: str, how: Lean, text: str) -> None:
    """All but the question word, the thing itself, or the event; "and" and the mark are gone from the text."""
    found = leaning(question)
    assert (found.how, found.text) == (how, text)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("and who did they blame?", "they"),
        ("How old is she?", "she"),
        ("What's his name?", "his"),
        ("who claimed it?", "it"),
        ("What did Iran say about it?", "it"),
        ("how many members do they have?", "they"),
        ("who lives there?", "there"),
        ("Who said that?", "that"),
        ("What do you know about this?", "this"),
        ("how many people died in that attack?", "that"),
        ("What happened on that day?", "that"),
        ("Is it over?", "it"),
    ],
)
def test_the_word_that_stands_for_something_said(question: str, word: str) -> None:
    """Its place is told."""
    found = leaning(question)
    assert found.how is Lean.WORD
    assert found.text.split()[found.at] == word


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "ok",
        "Did Macron say that he would resign?",
        "Which company bought Twitter and renamed it?",
        "What time is it?",
        "Will it rain tomorrow?",
        "Is it legal to smoke in Singapore?",
        "Is there any news from Kyiv?",
        "When is Ramadan this year?",
        "Who are those who fled?",
        "How did Messi injure himself?",
        "The ship sank. Who owned it?",
        "So many people died in Gaza, why?",
        "Summarize the news",
        "What did Iran say?",
        "Who won the election?",
        "3?",
    ],
)
def test_what_leans_on_nothing(question: str) -> None:
    """Words that stand for something in the question itself, or for nothing at all."""
    assert leaning(question).how is Lean.ALONE
