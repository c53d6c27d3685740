"""Numbered citations with verbatim quotes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.citing import MAX_QUOTE_CHARACTERS, Citations
from tests.index.builders import make_sentence

LONG = " ".join(f"word{n}" for n in range(200))


def test_citations_count_from_one_and_keep_their_number() -> None:
    """The same sentence cited twice is one citation."""
    cited = Citations()
    one, other = make_sentence("Three rockets fell."), make_sentence("One was hurt.", article_id="a2")
    assert [cited.cite(one), cited.cite(other), cited.cite(one)] == [1, 2, 1]
    assert [citation.quote for citation in cited.items] == ["Three rockets fell.", "One was hurt."]


def test_a_stretch_of_a_cited_sentence_is_the_same_citation() -> None:
    """A sentence within one that is quoted needs no second number; the same place of another article does."""
    cited = Citations()
    whole = make_sentence("Three rockets fell. One was hurt.")
    part = replace(whole, text="Three rockets fell.", end=19)
    elsewhere = make_sentence("Three rockets fell.", article_id="a2")
    assert [cited.cite(whole), cited.cite(part), cited.cite(elsewhere)] == [1, 1, 2]


def test_a_citation_carries_its_articles_header() -> None:
    """Title, address, source and date come from the evidence."""
    sentence = make_sentence("Three rockets fell.", title="Rockets")
    cited = Citations()
    cited.cite(sentence)
    assert (cited.items[0].title, cited.items[0].article_id) == ("Rockets", "a1")
    assert cited.quotes_same(make_sentence("Three rockets fell.", article_id="a9"))
    assert not cited.quotes_same(make_sentence("Two rockets fell."))


@given(st.data())
def test_a_long_quote_is_cut_between_words_around_its_focus(data: st.DataObject) -> None:
    """At most 400 characters, still verbatim at its place, and the answer's place is kept."""
    first = data.draw(st.integers(0, 195))
    answer = " ".join(LONG.split()[first : first + data.draw(st.integers(1, 5))])
    focus = (LONG.index(answer), LONG.index(answer) + len(answer))
    cited = Citations()
    cited.cite(replace(make_sentence(LONG), start=50, end=50 + len(LONG)), focus)
    quote = cited.items[0]
    assert len(quote.quote) <= MAX_QUOTE_CHARACTERS
    assert LONG[quote.start - 50 : quote.end - 50] == quote.quote == quote.quote.strip()
    assert quote.start - 50 <= focus[0] and focus[1] <= quote.end - 50
    assert quote.answer_words == answer
    assert set(quote.quote.split()) <= set(LONG.split())


def test_a_word_without_end_is_cut_within() -> None:
    """A quote without any white space is still no longer than 400 characters and not empty."""
    cited = Citations()
    cited.cite(make_sentence("x" * 1000), (700, 710))
    assert cited.items[0].start <= 700
    assert cited.items[0].end >= 710
    assert len(cited.items[0].quote) == MAX_QUOTE_CHARACTERS


def test_the_answering_words_are_marked() -> None:
    """By their place in the quote; without a place, none are."""
    cited = Citations()
    cited.cite(make_sentence("Three rockets fell."), (6, 13))
    cited.cite(make_sentence("One was hurt.", article_id="a2"))
    assert [citation.answer_words for citation in cited.items] == ["rockets", None]
    assert [citation.answer_span for citation in cited.items] == [(6, 13), None]


def test_the_first_marked_words_stay() -> None:
    """A citation that had none gets them when it is cited again, also from a stretch of its sentence."""
    cited = Citations()
    whole = make_sentence("One was hurt. Three rockets fell.")
    part = replace(whole, text="Three rockets fell.", start=14)
    assert [cited.cite(whole), cited.cite(part, (0, 5)), cited.cite(whole, (0, 3))] == [1, 1, 1]
    assert [citation.answer_words for citation in cited.items] == ["Three"]


def test_words_that_a_cut_leaves_out_are_not_marked() -> None:
    """A stretch longer than a quote may be has no place in it."""
    cited = Citations()
    cited.cite(make_sentence(LONG), (0, 600))
    assert cited.items[0].answer_span is None
