"""Numbers with their unit and looseness, and which of them say the same."""

from __future__ import annotations

from itertools import permutations

import pytest

from index.quantities import Quantity, compatible, quantities_in, same_value


def one(text: str) -> Quantity:
    (quantity,) = quantities_in(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nearly four thousand homes", [("4000", "", "about", "Nearly four thousand")]),
        ("more than 100 people, up to 30", [("100", "", "above", "more than 100"), ("30", "", "ceiling", "up to 30")]),
        ("at least nine dead", [("9", "", "floor", "at least nine")]),
        ("two hundred and ten cars", [("210", "", "exact", "two hundred and ten")]),
        ("cost 3.1 million euros", [("3100000", "€", "exact", "3.1 million euros")]),
        ("$3.4m, $21.50", [("3400000", "$", "exact", "$3.4m"), ("21.5", "$", "exact", "$21.50")]),
        ("some £1.24bn", [("1240000000", "£", "about", "some £1.24bn")]),
        ("US$5,000", [("5000", "$", "exact", "US$5,000")]),
        ("25.3 per cent and 5%", [("25.3", "%", "exact", "25.3 per cent"), ("5", "%", "exact", "5%")]),
        ("a six-week closure", [("3628800", "seconds", "exact", "six-week")]),
        ("a 10-year-old boy", [("10", "age", "exact", "10-year-old")]),
        ("100-plus people, 20 or so", [("100", "", "above", "100-plus"), ("20", "", "about", "20 or so")]),
    ],
)  # fmt: skip
def test_a_quantity_has_its_unit_and_its_looseness(text: str, found: list[tuple[str, str, str, str]]) -> None:
    """The words that belong to a number are part of it."""
    got = [
        (format(q.value.normalize(), "f"), q.unit, q.bound.value, text[q.start : q.end]) for q in quantities_in(text)
    ]
    assert got == found


@pytest.mark.parametrize(
    "text",
    [
        "on Sunday (1/26) at 19.30 on 26 January 2020",
        "in 2019",
        "March 12, May 5",
        "two-thirds of it",
        "won 3-1",
        "the first and the 2nd",
        "no one, every one, this one",
        "between 10 and 20 people",
        "10 to 12 people, six or seven",
        "up from nine",
        "Covid-19, an F-16 and a G7",
        "5,200a and v1.2.3",
    ],
)
def test_what_only_looks_like_a_quantity(text: str) -> None:
    """Dates, times, ordinals, fractions, scores, ranges, names and pronouns are none."""
    assert list(quantities_in(text)) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("nearly four thousand", "3,987"),
        ("about 4,000", "4,210"),
        ("more than 100", "112"),
        ("4,000", "3,987"),
        ("three", "3"),
        ("25%", "25.3%"),
        ("two months", "eight weeks"),
        ("up to 100", "90"),
        ("$1.2bn", "$1.24bn"),
    ],
)
def test_rounding_is_no_difference(a: str, b: str) -> None:
    """Whatever way round they come."""
    for x, y in permutations((one(a), one(b))):
        assert same_value(x, y) and compatible(x, y)


@pytest.mark.parametrize(
    ("a", "b"),
    [("9", "12"), ("10", "12"), ("3,987", "4,210"), ("six weeks", "ten weeks"), ("25%", "27%"), ("at least 12", "9")],
)
def test_other_numbers_exclude_each_other(a: str, b: str) -> None:
    """Whatever way round they come."""
    for x, y in permutations((one(a), one(b))):
        assert not same_value(x, y) and not compatible(x, y)


@pytest.mark.parametrize(("a", "b"), [("at least nine", "12"), ("more than 100", "300"), ("up to 50", "20")])
def test_open_ends_can_both_be_true(a: str, b: str) -> None:
    """They are different values that don't contradict each other."""
    assert compatible(one(a), one(b)) and not same_value(one(a), one(b))
