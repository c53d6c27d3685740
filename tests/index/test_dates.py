"""Dates in news text, as far as it gives them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate, agrees, dates_in, months_in

FORMS = ["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d %Y", "%Y-%m-%d", "%m/%d/%Y", "the %dth of %B, %Y"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_full_date_is_found_in_every_form(day: date, form: str) -> None:
    """The same day comes out of every way to write it."""
    assert PartialDate(day.year, day.month, day.day) in dates_in(f"It began on {day.strftime(form)}, they said.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Sunday (1/26) rockets fell", {PartialDate(None, 1, 26)}),
        ("since Oct. 1", {PartialDate(None, 10, 1)}),
        ("in January 2020", {PartialDate(2020, 1, None)}),
        ("on 3rd of May", {PartialDate(None, 5, 3)}),
        ("13/26 of them", set()),
        ("You may 5 times", set()),
        ("in 2020", set()),
        ("a ratio of 1/2/3/4", set()),
    ],
)
def test_parts_that_are_not_given_stay_open(text: str, expected: set[PartialDate]) -> None:
    """A date without a year or day has none; what is no date is none."""
    assert dates_in(text) == expected


def test_months_alone_are_found_but_may_is_a_verb_too() -> None:
    """A month counts without a day; "May" and "Mar" only within a date."""
    assert months_in("In February and on May 5. They marched. March came.") == {2, 3, 5}
    assert months_in("May I? Mar it not.") == set()


@pytest.mark.parametrize(
    ("claim", "other", "expected"),
    [
        (PartialDate(None, 1, 26), PartialDate(2020, 1, 26), True),
        (PartialDate(2020, 1, 26), PartialDate(None, 1, 26), True),
        (PartialDate(2020, 1, None), PartialDate(2020, 1, 26), True),
        (PartialDate(2020, 1, 27), PartialDate(2020, 1, 26), False),
        (PartialDate(2019, 1, 26), PartialDate(2020, 1, 26), False),
        (PartialDate(None, 2, None), PartialDate(None, 1, None), False),
        (PartialDate(None, None, None), PartialDate(2020, 1, 26), False),
    ],
)
def test_dates_agree_when_no_given_part_differs(claim: PartialDate, other: PartialDate, expected: bool) -> None:
    """Only what both give is compared, and something must be given."""
    assert agrees(claim, other) is expected


@given(st.text())
def test_any_text_has_dates_or_none(text: str) -> None:
    """No text makes it fail, and every month is a month."""
    assert all(found.month is None or 1 <= found.month <= 12 for found in dates_in(text))
    assert months_in(text) <= set(range(1, 13))
