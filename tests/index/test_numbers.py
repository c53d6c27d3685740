"""Numbers compare by value, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbers import numbers_in, spelled_values

_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell(value: int, joint: str) -> str:
    """An English number word; `joint` stands behind each hundred, " and " or " "."""
    if value >= 1000:
        rest = f" {spell(value % 1000, joint)}" if value % 1000 else ""
        return f"{spell(value // 1000, joint)} thousand{rest}"
    if value >= 100:
        rest = f"{joint}{spell(value % 100, joint)}" if value % 100 else ""
        return f"{_UNITS[value // 100]} hundred{rest}"
    if value >= 20:
        return _TENS[value // 10 - 2] + (f"-{_UNITS[value % 10]}" if value % 10 else "")
    return _UNITS[value]


@given(st.integers(0, 999_999), st.sampled_from([" and ", " "]))
def test_a_spelled_number_has_its_value(value: int, joint: str) -> None:
    """Every number from 0 to 999,999 in words is the number."""
    assert numbers_in(f"They saw {spell(value, joint)} rockets.") == {str(value)}


@given(st.integers(0, 10**12), st.sampled_from([",", "\u00a0", "\u202f"]))
def test_separators_do_not_change_a_number(value: int, separator: str) -> None:
    """Thousands separators are seen through."""
    written = f"{value:,}".replace(",", separator)
    assert numbers_in(f"about {written} people") == numbers_in(f"about {value} people") == {str(value)}


@given(st.integers(0, 99), st.integers(0, 99))
def test_two_numbers_joined_by_and_stay_two(one: int, other: int) -> None:
    """ "Two and three" is no five."""
    assert numbers_in(f"{spell(one, ' ')} and {spell(other, ' ')}") == {str(one), str(other)}


@given(st.text())
def test_any_text_has_numbers_or_none(text: str) -> None:
    """No text makes it fail."""
    assert all(numbers_in(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three rockets", {"3"}),
        ("the first rocket, the 2nd and the twenty-third", {"1", "2", "23"}),
        ("a dozen eggs, two dozen more", {"12", "24"}),
        ("1.2 million, 3m, 5k and 2bn", {"1200000", "3000000", "5000", "2000000000"}),
        ("two million three hundred thousand", {"2300000"}),
        ("two or three hundred", {"2", "300"}),
        ("US$3.75", {"3.75"}),
        ("45%", {"45"}),
        ("a Boeing 737-800", {"737", "800"}),
        ("version 1.2.3", {"1.2.3"}),
        ("at 19.30", {"19:30", "19.3"}),
        ("at 7:05", {"7:05"}),
        ("a score of 31:27", {"31:27"}),
        ("3.0 and 3", {"3"}),
        ("someone, often, stone, weight", set()),
        ("B52s and COVID19", set()),
        ("one third", set()),
        ("", set()),
    ],
)
def test_numbers_by_value(text: str, expected: set[str]) -> None:
    """Words, ordinals, scales, clock times and decimals become plain values."""
    assert numbers_in(text) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"), [("three", [3]), ("three rockets", []), ("", []), ("two thirds", []), ("and", [])]
)
def test_words_that_are_no_number(phrase: str, expected: list[int]) -> None:
    """Only a phrase made of number words alone is a number."""
    assert spelled_values(phrase) == expected
