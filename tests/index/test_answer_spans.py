"""The stretches of a sentence that may be a short answer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.answer_spans import answer_spans

EDGES = " .,;:!?-–'’"


def spans(sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in answer_spans(sentence)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("it was Marco Bellini, a guard.", ["Marco Bellini"]),
        ("the Bank of England and Ursula von der Leyen", ["Bank of England", "Ursula", "Leyen"]),
        ("in Élodie’s home in Málaga", ["Élodie", "Málaga"]),
        ("the O'Briens' dog bit an AT&T man", ["O'Briens", "AT&T"]),
        ("they sent Apollo 13 back", ["Apollo 13", "13"]),
        ("a Coca-Cola plant", ["Coca-Cola"]),
        ("nothing is named here", []),
    ],
)
def test_names_are_found_whole(sentence: str, names: list[str]) -> None:
    """With the small words inside them and a number behind them, without a possessive ending."""
    assert spans(sentence) == names


@pytest.mark.parametrize("sentence", ["The U.S. lost.", "the U.S. lost", "They left the new U.S. envoy there"])
def test_initials_are_one_name(sentence: str) -> None:
    """ "U.S." is not cut behind its first letter, wherever it stands."""
    assert any(span.endswith("U.S") for span in spans(sentence))
    assert "S" not in spans(sentence)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("it cost $1.2 billion more", "$1.2 billion"),
        ("it cost € 5 million", "€ 5 million"),
        ("only 38% can swim", "38%"),
        ("only 38 per cent can swim", "38 per cent"),
        ("all 5,200, he said", "5,200"),
        ("a 10-year deal", "10"),
        ("twenty-five homes", "twenty-five"),
        ("two hundred million people", "two hundred million"),
        ("there were 12.", "12"),
    ],
)
def test_numbers_are_found_with_their_unit(sentence: str, number: str) -> None:
    """In digits or words, with a currency, a percent sign and a scale, without the mark behind."""
    assert number in spans(sentence)


@pytest.mark.parametrize("sentence", ["About 5,200 troops", "In Rome 3.5 million", "At 7:30 it", "Nearly 5,200."])
def test_a_number_is_not_cut_behind_a_name(sentence: str) -> None:
    """ "About 5" is no answer that "About 5,200" gives."""
    assert not {"About 5", "In Rome 3", "At 7", "Nearly 5"} & set(spans(sentence))


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("on 4 March, he said", "4 March"),
        ("on 4 March 2025 it", "4 March 2025"),
        ("on the 4th of July", "4th of July"),
        ("since March 4, 2025, it", "March 4, 2025"),
        ("on Sept. 5 it", "Sept. 5"),
    ],
)
def test_dates_are_found_whole(sentence: str, date: str) -> None:
    """Day and month in either order, with the year if there is one."""
    assert date in spans(sentence)


@pytest.mark.parametrize(
    ("sentence", "nobody"),
    [("so far nobody claimed it", "nobody"), ("No group has", "No group"), ("with no casualties", "no casualties")],
)
def test_nobody_and_nothing_are_answers(sentence: str, nobody: str) -> None:
    """ "No group" stands for whom, "no casualties" for how many; a plain "no" does not."""
    assert nobody in spans(sentence)
    assert spans("there is no doubt, nor a group") == []


@pytest.mark.parametrize("sentence", ["he said “it was not me” again", 'he said "it was not me" again'])
def test_a_quotation_is_one(sentence: str) -> None:
    """The words between the marks, without them."""
    assert spans(sentence) == ["it was not me"]


def test_a_long_quotation_is_no_short_answer() -> None:
    """More than sixty characters in quotation marks are passed over."""
    assert spans(f"he said “{'so ' * 25}”") == []


def test_places_are_those_of_the_sentence() -> None:
    """Offsets count characters of the sentence, also behind letters of other scripts."""
    assert answer_spans("— 🚀 Rome fell") == [(4, 8)]


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(["The U.S.", "Rome's", "“a 's”", '"O’B’"', "May 5", "4th of", "$1.2 ", "five", "bn", "–", "'"]),
    ),
    max_size=8,
).map(" ".join)


@given(TEXTS)
@example("the “ 's” and “a 's”")
def test_any_sentence_gives_places_within_it(sentence: str) -> None:
    """Each is non-empty, lies in the sentence, is told once, and neither begins nor ends with a blank or a mark."""
    found = answer_spans(sentence)
    assert len(found) == len(set(found))
    for start, end in found:
        assert 0 <= start < end <= len(sentence)
        assert sentence[start:end] == sentence[start:end].strip(EDGES)
