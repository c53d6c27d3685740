"""Normalised text is stable, safe to show and otherwise the author's own."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.textclean import drop_closing_lines, is_damaged, normalize_line, normalize_text, shorten

# Every kind of character, with those that the normaliser treats specially made frequent.
ODD = st.sampled_from(
    list("\r\n\t\x00\x0b\x0c\x85\u2028\u2029\u202e\u2066\ufeff\u0301\u0344\u0316\u1100\u1161\U000e0041é")
)
TEXT = st.text(st.one_of(ODD, st.characters(), st.characters(codec="ascii")))


@given(TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """An article read again has the same text and the same offsets."""
    once = normalize_text(text)
    assert normalize_text(once) == once


@given(TEXT)
def test_normalised_text_is_clean(text: str) -> None:
    """It is NFC, can be stored as UTF-8, and has no control, override or tag characters."""
    clean = normalize_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029\U000e0000-\U000e007f]", clean)
    assert {character for character in clean if unicodedata.category(character) == "Cc"} <= {"\n", "\t"}


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]) | st.sampled_from("\n\t—“”’é東🚀\u200f\u200d")))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    """Quotes, dashes, joiners and direction marks belong to the author."""
    assert normalize_text(text) == text


@given(st.integers(60, 5000), st.sampled_from(["\u0301\u0316", "\u0344", "\u0f73", "\U0001e8d0\u0316", "\u0315"]))
def test_a_tower_of_marks_is_cut_once_and_for_all(height: int, marks: str) -> None:
    """However high the tower, what is left is short and stays as it is."""
    clean = normalize_text("a" + marks * height + "b")
    assert len(clean) <= 140
    assert clean.endswith("b")
    assert normalize_text(clean) == clean


def test_every_line_break_becomes_a_newline() -> None:
    """Windows, old Mac, form feed and Unicode separators all end a line."""
    assert normalize_text("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\n") == "a\nb\nc\nd\ne\nf\ng\nh\n"


def test_a_title_has_one_line() -> None:
    """White space of any kind becomes one space."""
    assert normalize_line(" Three\u00a0rockets\n\t hit\u202e ") == "Three rockets hit"


@given(st.text(), st.integers(10, 200))
def test_a_shortened_text_keeps_the_limit(text: str, limit: int) -> None:
    """Never longer than the limit, and unchanged when it fits."""
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text if len(text) <= limit else short.endswith("…")


def test_a_text_is_shortened_between_words() -> None:
    """Words stay whole, punctuation before the ellipsis goes."""
    assert shorten("Three rockets hit, no casualties", 20) == "Three rockets hit…"
    assert shorten("x" * 50, 20) == "x" * 19 + "…"


@pytest.mark.parametrize(
    "ending",
    [
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *",
        "Share this:\nLike this:\nLoading…",
        "\n© 2024 The Daily News. All rights reserved.",
        "Related Articles\nSubscribe to our newsletter!\nNo comments",
        "Name *\nEmail *\nWebsite\nPost Comment\nComments are closed.",
    ],
)
def test_leftovers_of_web_pages_go_from_the_end(ending: str) -> None:
    """Forms, sharing lines and copyright under an article are no part of it."""
    assert drop_closing_lines(f"He said so.\n\n{ending}\n \n") == "He said so."


def test_leftovers_in_the_middle_stay() -> None:
    """Only the very end is cut, so a text that quotes such a line keeps it."""
    text = "Leave a reply\n\nhe wrote under the post, and left.\nThe advertisement was not amused."
    assert drop_closing_lines(text) == text


@given(st.text())
def test_dropping_lines_leaves_a_prefix(text: str) -> None:
    """Offsets into what stays are offsets into the whole."""
    assert text.startswith(drop_closing_lines(text))


def test_damage_is_counted_by_share() -> None:
    """A few replacement characters in a long text are tolerated, many are not."""
    assert not is_damaged("a" * 1000 + "\ufffd" * 3)
    assert is_damaged("a" * 100 + "\ufffd" * 3)
    assert is_damaged("\x01\x02\x03")
