"""Words and stems, as lexical search and checking compare them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import content_words, stem, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three ROCKETS fell.", ["three", "rockets", "fell"]),
        ("São Paulo’s cafés", ["sao", "paulo", "cafes"]),
        ("don't I'll we've", ["don", "i", "we"]),
        ("O'Brien met O’Neill", ["o", "brien", "met", "o", "neill"]),
        ("Straße in МОСКВА", ["strasse", "in", "москва"]),
        ("5,200 (1/26)", ["5", "200", "1", "26"]),
        ("🚀 …", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    """Case, accents and possessive endings make no difference; names with an apostrophe keep both parts."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("rockets", "rocket"), ("attacked", "attacks"), ("claimed", "claiming"), ("injuries", "injury")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    """Inflected forms meet in one stem."""
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    """Stemming does not merge what is not the same word."""
    assert len({stem(word) for word in ("rocket", "embassy", "canteen", "troop")}) == 4


def test_stop_words_are_left_out_unless_asked_for() -> None:
    """Words that say nothing about the topic are dropped, and can be kept."""
    assert stems("How many rockets were there?") == ["rocket"]
    assert stems("How many rockets", keep_stop_words=True) == ["how", "many", "rocket"]


def test_content_words_keep_their_order_without_repeats() -> None:
    """A word that stands twice in a question counts once."""
    assert content_words("Which rockets hit which embassy's rockets?") == ["rockets", "hit", "embassy"]


def test_a_question_of_stop_words_keeps_them_all() -> None:
    """A question such as "Who was it?" still has something to search for."""
    assert content_words("Who was it?") == ["who", "was", "it"]


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """No text makes it fail, and no word is empty."""
    assert all(words(text)) and all(stems(text, keep_stop_words=True))


def test_a_stop_word_is_never_stemmed_into_another_word() -> None:
    """A greeting is not found in every text about a man."""
    assert set(stems("hi")).isdisjoint(stems("It is his.", keep_stop_words=True))
