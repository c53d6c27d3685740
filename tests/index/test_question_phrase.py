"""What a question asks for, in its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question_phrase import asked_phrase, asking_sentence

QUESTION_WORDS = ("how", "what", "which", "whom", "whose", "who", "where", "when", "why")


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Which party won?", "which party won"),
        ("How many homes did the storm hit?", "how many homes"),
        ("How much money was lost?", "how much money"),
        ("Whose cat has been found?", "whose cat"),
        ("Which big old town hall tower was sold?", "which big old town hall"),
        ("What type of animal is it?", "what type of animal"),
        ("What percentage of the children can swim?", "what percentage of the children"),
    ],
)
def test_a_noun_behind_the_question_word_belongs_to_it(question: str, phrase: str) -> None:
    """Up to the verb or four words, over "of" after words such as "type"."""
    assert asked_phrase(question) == phrase


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("A bin strike in which English city is in its fifth week?", "which English city"),
        ("A carmaker announced plans to move its factory to which country?", "which country"),
        ("The talks ended after how many days?", "how many days"),
    ],
)
def test_the_question_word_may_stand_anywhere(question: str, phrase: str) -> None:
    """A quiz often asks at the end of its sentence; names keep their capital letters."""
    assert asked_phrase(question) == phrase


@pytest.mark.parametrize("word", ["who", "whom", "where", "when", "why", "how", "how long", "how old", "how far"])
def test_other_question_words_stand_alone(word: str) -> None:
    """Behind them comes a verb, and no noun that is asked for."""
    assert asked_phrase(f"{word.capitalize()} Rome visited the queen?") == word


@pytest.mark.parametrize("question", ["What is it?", "What was found?", "Which of these won?", "To what?", "Which?"])
def test_without_a_noun_the_question_word_is_all(question: str) -> None:
    """A verb or a small word ends the phrase at once."""
    assert asked_phrase(question) in {"what", "which"}


@pytest.mark.parametrize("question", ["Which company announced plans?", "Which company losing money was sold?"])
def test_a_participle_ends_the_noun(question: str) -> None:
    """What looks like a verb in the past or with "ing" is none of the noun."""
    assert asked_phrase(question) == "which company"


def test_a_participle_in_front_of_the_noun_is_part_of_it() -> None:
    """ "Visiting" opens the phrase as an adjective does."""
    assert asked_phrase("Which visiting team won?") == "which visiting team won"


@pytest.mark.parametrize(
    "question", ["What's the capital?", "What’s the capital?", "Who's to blame?", "Who’d have won?"]
)
def test_a_verb_that_clings_to_the_question_word_is_left_out(question: str) -> None:
    """ "What's" asks for what, and not for an "s"."""
    assert asked_phrase(question) in {"what", "who"}


def test_the_last_sentence_that_asks_counts() -> None:
    """What is told before the question, and what is begged behind it, asks for nothing."""
    question = "Which way now? Voters went to the polls. Which party won? Answer briefly."
    assert asking_sentence(question) == "Which party won?"
    assert asked_phrase(question) == "which party won"


@pytest.mark.parametrize("question", ["Name the new pope.", "Somehow the show went on.", "", "  "])
def test_no_question_word_is_no_phrase(question: str) -> None:
    """The whole text is then the sentence that asks; "show" holds no "how"."""
    assert asked_phrase(question) is None
    assert asking_sentence(question) == question.strip()


@given(st.text(max_size=80), st.sampled_from(["", *QUESTION_WORDS, "how many", "What type of"]), st.text(max_size=80))
def test_any_text_has_a_short_phrase_or_none(before: str, word: str, behind: str) -> None:
    """Nothing that people type makes it fail; a phrase begins with a question word, and is one line of a few words."""
    question = f"{before} {word} {behind}"
    assert asking_sentence(question) in question
    phrase = asked_phrase(question)
    if phrase is not None:
        assert phrase.startswith(QUESTION_WORDS)
        assert "\n" not in phrase
        assert len(phrase.split()) <= 8
