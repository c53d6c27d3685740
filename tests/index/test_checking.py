"""A reply's numbers, dates, names and quotes against the text they cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checking import (
    answers_anything,
    bare_answer,
    citation_numbers,
    claims_of,
    is_verbatim,
    supported_span,
    unsupported_claims,
)
from tests.index.builders import ROCKETS, make_citation, make_evidence

EVIDENCE = make_evidence(
    "On Sunday (1/26) three rockets fell at the US Embassy in Baghdad at 19.30, AFP said. "
    "Adil Abdul Mahdi condemned it. About 5,200 troops are based in Iraq. The protests broke out on October 1, 2019.",
    "Rockets hit embassy",
    source="Tirto",
    published_at=datetime(2020, 1, 27, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "3 rockets fell.",
        "Three rockets fell at the U.S. Embassy in Baghdad.",
        "There are 5200 troops, 5.2 thousand in all.",
        "It happened on 26 January.",
        "It happened on Sunday, January 26.",
        "It happened on 1/26 at 19:30.",
        "The protests began on 1 October 2019, or 2019-10-01.",
        "Iraq’s Mahdi condemned it.",
        "Tirto reported this on 27 January 2020.",
        "Nobody knows who did it.",
        "",
    ],
)
def test_what_the_evidence_says_passes(sentence: str) -> None:
    """Numbers compare by value, dates by their parts, names by their words; title, source and date count."""
    assert unsupported_claims(sentence, [EVIDENCE]) == []


@pytest.mark.parametrize(
    ("sentence", "invented"),
    [
        ("Four rockets fell.", "4"),
        ("Some 52 troops are there.", "52"),
        ("It happened on 28 October.", "28"),
        ("It happened on 26 January 2018.", "2018"),
        ("It happened in February.", "month 2"),
        ("It happened on 1/25.", "25"),
        ("It happened on 26 October 2019.", "(2019, 10, 26)"),
        ("It happened at 19:45.", "19:45"),
        ("On Monday rockets fell.", "Monday"),
        ("The attack was condemned by Boris Johnson.", "Johnson"),
        ("President Trump condemned it.", "Trump"),
        ("The UN Embassy was hit.", "UN"),
        ("There was no word from O'Neill.", "O'Neill"),
    ],
)
def test_what_the_evidence_does_not_say_is_named(sentence: str, invented: str) -> None:
    """Each invention is found, whichever way it is written."""
    assert invented in unsupported_claims(sentence, [EVIDENCE])


def test_a_slash_date_is_supported_by_a_spelled_one() -> None:
    """ "1/26" and "26 January" are the same day both ways round."""
    spelled = make_evidence("It happened on 26 January.")
    assert unsupported_claims("It happened on 1/26.", [spelled]) == []
    assert unsupported_claims("It happened on 2/26.", [spelled]) != []


def test_names_with_an_apostrophe_are_told_apart() -> None:
    """O'Brien does not stand in for O'Neill."""
    evidence = [make_evidence("A word came from O’Brien.")]
    assert unsupported_claims("The word came from O'Brien.", evidence) == []
    assert unsupported_claims("The word came from O'Neill.", evidence) == ["O'Neill"]


@pytest.mark.parametrize("answer", ["Washington D.C", "Washington, D.C.", "Washington DC"])
def test_initials_may_lose_their_last_mark(answer: str) -> None:
    """An answer that ends before the mark of its last initial stands in the text all the same."""
    assert unsupported_claims(answer, [make_evidence("The jets collided in Washington D.C. in the evening.")]) == []


def test_accents_may_be_written_in_two_ways() -> None:
    """A letter and its accent are the same as one character or two, and a name that begins with one is checked."""
    evidence = [make_evidence("They met at the E\u0301lyse\u0301e Palace.")]
    assert unsupported_claims("\u00c9lys\u00e9e Palace", evidence) == []
    assert unsupported_claims("E\u0301lyse\u0301e Palace", evidence) == []
    assert unsupported_claims("They met in \u00c5rhus.", evidence) == ["\u00c5rhus"]


def test_claims_may_be_spread_over_the_cited_passages() -> None:
    """Two cited passages support a sentence together, one alone does not."""
    one, other = make_evidence("Three rockets fell."), make_evidence("It was in Baghdad.")
    assert unsupported_claims("The three fell in Baghdad.", [one, other]) == []
    assert unsupported_claims("The three fell in Baghdad.", [one]) == ["Baghdad"]


def test_no_evidence_supports_no_claim() -> None:
    """Without a passage every number and name is unsupported."""
    assert unsupported_claims("In all, three rockets hit Baghdad.", []) == ["3", "Baghdad"]


def test_claims_leave_out_what_is_no_name() -> None:
    """An article or preposition at the start and the months are no names."""
    claims = claims_of("The US Embassy in Baghdad was hit in January. It burned.")
    assert claims.names == {"US", "Embassy", "Baghdad"}


@pytest.mark.parametrize(
    ("raw", "sentence", "numbers"),
    [
        ("Three fell [1].", "Three fell.", (1,)),
        ("Three fell. [2][1] [2]", "Three fell.", (2, 1)),
        ("Three fell.", "Three fell.", ()),
        ("[3]", "", (3,)),
        ("The [sic] text [12].", "The [sic] text.", (12,)),
    ],
)
def test_citation_marks_are_taken_off(raw: str, sentence: str, numbers: tuple[int, ...]) -> None:
    """The sentence is left clean, each number once and in order."""
    assert citation_numbers(raw) == (sentence, numbers)


@given(st.data())
def test_a_quote_is_verbatim_only_at_its_own_place(data: st.DataObject) -> None:
    """Any stretch of the article at its offsets passes; moved by one it is the same text or fails."""
    start = data.draw(st.integers(0, len(ROCKETS.text) - 1))
    end = data.draw(st.integers(start + 1, len(ROCKETS.text)))
    citation = make_citation(ROCKETS.text[start:end], start=start, article_id="rockets")
    assert is_verbatim(citation, ROCKETS)
    moved = replace(citation, start=start + 1, end=end + 1)
    assert is_verbatim(moved, ROCKETS) == (
        end < len(ROCKETS.text) and ROCKETS.text[start + 1 : end + 1] == citation.quote
    )


@pytest.mark.parametrize(
    "change",
    [
        {"article_id": "other"},
        {"quote": "Four"},
        {"start": -5, "end": -1},
        {"start": 3, "end": 3, "quote": ""},
        {"end": 10_000},
    ],
)
def test_a_quote_that_is_not_the_articles_own_fails(change: dict[str, object]) -> None:
    """Another article, other words, an empty stretch or a place outside are refused."""
    citation = make_citation(ROCKETS.text[:5], article_id="rockets")
    assert is_verbatim(citation, ROCKETS)
    assert not is_verbatim(replace(citation, **change), ROCKETS)  # type: ignore[arg-type]  # the fields vary by case


@pytest.mark.parametrize(
    ("answer", "text", "found"),
    [
        ("three", "Three rockets", "Three"),
        ("3", "Three rockets", "Three"),
        ("three", "some 3 rockets", "3"),
        ("twelve", "a dozen eggs", "dozen"),
        ("5200", "some 5,200 troops", "5,200"),
        ("5,200 troops", "some 5,200 troops.", "5,200 troops"),
        ("the canteen.", "in the embassy canteen at", "canteen"),
        ("“No group”", "Until now, no group has", "no group"),
        ("10%", "rose by 10% last", "10%"),
        ("19.30", "at 19.30.", "19.30"),
    ],
)
def test_a_short_answer_is_found_where_it_stands(answer: str, text: str, found: str) -> None:
    """Case, articles and marks make no difference, and a number may be written in another way."""
    span = supported_span(answer, text)
    assert span is not None
    assert text[slice(*span)] == found


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("four", "Three rockets"),
        ("art", "artillery fire"),
        ("5", "some 5,200 troops"),
        ("200", "some 5,200 troops"),
        ("10", "a rise of 10.5 points"),
        ("19", "at 19:30"),
        ("3 ships", "three rockets"),
        ("Tehran", "in Baghdad"),
        ("", "text"),
        ("the", "the text"),
        ('".', "text."),
    ],
)
def test_a_short_answer_that_does_not_stand_there_is_refused(answer: str, text: str) -> None:
    """Parts of words and of numbers, other values and empty answers have no place."""
    assert supported_span(answer, text) is None


@given(st.text(max_size=40), st.text(max_size=80))
def test_a_span_lies_within_the_text(answer: str, text: str) -> None:
    """For any texts at all, what is returned is a stretch of the text."""
    span = supported_span(answer, text)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_bare_answer_drops_what_surrounds_it() -> None:
    """Quotation marks, a leading article and closing marks go."""
    assert bare_answer(" “The  canteen”. ") == "canteen"
    assert bare_answer("A dozen,") == "dozen"


def test_repeating_the_question_is_no_answer() -> None:
    """An answer must hold a word that the question does not."""
    assert not answers_anything("the rockets", "How many rockets hit?")
    assert answers_anything("three rockets", "How many rockets hit?")
    assert not answers_anything("", "How many?")


@pytest.mark.parametrize("sentence", ["Napoleon fired three rockets.", "Bush said that three rockets fell."])
def test_an_invented_name_at_the_start_is_found(sentence: str) -> None:
    """A sentence cannot hide a name behind the capital that every sentence has."""
    assert unsupported_claims(sentence, [EVIDENCE]) == [sentence.split(maxsplit=1)[0]]


@pytest.mark.parametrize("opener", ["Officials", "Three", "The", "Rockets"])
def test_common_openers_are_no_names(opener: str) -> None:
    """A word that opens many sentences, or that the evidence has, is not held against one."""
    assert unsupported_claims(f"{opener} rockets fell.", [EVIDENCE]) == []


@pytest.mark.parametrize(
    ("answer", "found"), [("10 weeks", "ten weeks"), ("10", "ten"), ("ten Weeks", "ten weeks"), ("10 days", None)]
)
def test_a_respelled_number_keeps_its_unit(answer: str, found: str | None) -> None:
    """Only the number may be spelled otherwise: ten weeks are not ten days."""
    text = "The repair will take ten weeks, the mayor said."
    span = supported_span(answer, text)
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("answer", "question", "new"),
    [
        ("United States", "Who did the US blame?", False),
        ("the US", "Whom did the United States blame?", False),
        ("the U.N.", "Who leads the United Nations mission?", False),
        ("Iraqi militias", "Who did the US blame?", True),
        ("the UN chief", "Who leads the UN?", True),
        ("Britain", "Which country left the EU?", True),
    ],
)
def test_a_name_and_its_letters_are_the_same(answer: str, question: str, new: bool) -> None:
    """An answer that spells out a name of the question, or shortens it, tells nothing new."""
    assert answers_anything(answer, question) is new
