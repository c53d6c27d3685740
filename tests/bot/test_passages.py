"""Passage buttons: their data, and the paragraph they show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.passages import MAX_DATA_BYTES, PassageRef, passage
from bot.richtext import plain
from index.types import Article, Citation

TEXT = "Intro here.\n\nBefore it. Three rockets hit the embassy. After it.\n\nThe end."
QUOTE = "Three rockets hit the embassy."


def citation(text: str = TEXT, quote: str = QUOTE, article_id: str = "a1") -> Citation:
    start = text.index(quote)
    return Citation(1, article_id, "Title", quote, start, start + len(quote))


def article(text: str = TEXT) -> Article:
    return Article("Title", text, id="a1")


@given(
    st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True),
    st.integers(0, 20_000_000),
    st.integers(1, 9_999),
    st.text(),
)
def test_data_round_trip(article_id: str, start: int, length: int, quote: str) -> None:
    """For every id of the catalog and every place in the largest article, the data fits and reads back."""
    ref = PassageRef.of(Citation(1, article_id, "T", quote, start, start + length))
    data = ref.data()
    assert data is not None
    assert len(data.encode()) <= MAX_DATA_BYTES
    assert PassageRef.parse(data) == ref


@pytest.mark.parametrize("article_id", ["", "a b", "é", "x" * 60, "a:b"])
def test_no_button_for_odd_ids(article_id: str) -> None:
    """An id that the data cannot hold gets no button instead of a wrong one."""
    assert PassageRef.of(Citation(1, article_id, "T", "q", 0, 1)).data() is None


@given(st.text() | st.from_regex(r"p:[^:]*:\d*:\d*:.*", fullmatch=True))
def test_forged_data_is_harmless(data: str) -> None:
    """No data makes the parser fail, and what it accepts it would write in the same way or not at all."""
    ref = PassageRef.parse(data)
    assert ref is None or passage(article(), ref) is None or ref.data() is not None


def test_the_whole_paragraph_with_the_quote_in_bold() -> None:
    """The passage is the quote's own paragraph, and the quote alone is bold."""
    spans = passage(article(), PassageRef.of(citation()))
    assert spans is not None
    assert plain(spans) == "Before it. Three rockets hit the embassy. After it."
    assert [span.text for span in spans if span.style == "b"] == [QUOTE]


def test_lines_are_paragraphs_when_there_are_no_blank_ones() -> None:
    """In a text without blank lines each line is a paragraph."""
    text = TEXT.replace("\n\n", "\n")
    spans = passage(article(text), PassageRef.of(citation(text)))
    assert spans is not None
    assert plain(spans) == "Before it. Three rockets hit the embassy. After it."


def test_a_long_paragraph_is_shortened_at_words() -> None:
    """Of a very long paragraph the stretch around the quote is shown, with marks where it was cut."""
    text = "word " * 2000 + QUOTE + " next" * 2000
    spans = passage(article(text), PassageRef.of(citation(text)))
    assert spans is not None
    shown = plain(spans)
    assert shown.startswith("… word")
    assert shown.endswith("next …")
    assert QUOTE in shown
    assert len(shown) < 3000


def test_a_changed_article_shows_nothing() -> None:
    """When the article no longer has the quote at its place, nothing is shown in its stead."""
    assert passage(article("New " + TEXT), PassageRef.of(citation())) is None
    assert passage(article(""), PassageRef.of(citation())) is None
