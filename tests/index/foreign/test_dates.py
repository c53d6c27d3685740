"""Dates, months and weekdays in five languages."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.foreign.dates import local_dates_in

LANGUAGES = ["de", "es", "ru", "id", "ar"]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(["long", "full"]))
def test_a_full_date_is_found(day: date, language: str, form: str) -> None:
    """The day comes out of the language's own way to write it, with its weekday when that is told."""
    found = local_dates_in(f"({format_date(day, form, locale=language)})", language)
    assert PartialDate(day.year, day.month, day.day) in found.dates
    assert found.months == {day.month}
    assert found.weekdays == ({day.weekday()} if form == "full" else set())


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("de", "am 26.01.2020 und am 3.5., um 19.30 Uhr, 5.2 Punkte", {(2020, 1, 26), (None, 5, 3)}),
        ("de", "am 26. Januar, im März 2021", {(None, 1, 26), (2021, 3, None)}),
        ("es", "el 26/02/2020, el 1.º de mayo", {(2020, 2, 26), (None, 5, 1)}),
        ("ru", "26.02.2020, 1-го мая", {(2020, 2, 26), (None, 5, 1)}),
        ("id", "26/2/2020, 17 Agustus", {(2020, 2, 26), (None, 8, 17)}),
        ("ar", "في ٢٦ كانون الثاني/يناير، 5 شباط 2020", {(None, 1, 26), (2020, 2, 5), (2020, 2, None)}),
        ("de", "13/26 und 2020-01-26", {(2020, 1, 26)}),
    ],
)
def test_forms(language: str, text: str, dates: set[tuple[int | None, int, int | None]]) -> None:
    """Of numeric dates the day comes first; clock times, points and impossible dates are none."""
    assert local_dates_in(text, language).dates == dates


@pytest.mark.parametrize(
    ("language", "text", "weekdays", "months"),
    [
        ("de", "am Sonntagabend, montags, im Mai", {6, 0}, {5}),
        ("de", "sonntägliche Mai-Feier", set(), {5}),
        ("es", "los lunes y el domingo, en marzo", {0, 6}, {3}),
        ("ru", "в воскресенье, по пятницам, в среду, в январе, марту", {6, 4, 2}, {1, 3}),
        ("id", "hari Minggu, dua minggu", {6}, set()),
        ("ar", "يوم الاثنين والأحد، أحد الجنود، في أيار", {0, 6}, {5}),
    ],
)
def test_names_in_their_cases(language: str, text: str, weekdays: set[int], months: set[int]) -> None:
    """Days and months are known in all cases, and apart from the words that look like them."""
    found = local_dates_in(text, language)
    assert (set(found.weekdays), set(found.months)) == (weekdays, months)


def test_a_day_counts_nothing_else() -> None:
    """What is left of a text has the years of its dates and not their days."""
    rest = local_dates_in("Am 26. Januar 2020 und am 3.5.2021 fielen 7 Raketen.", "de").rest
    assert "26" not in rest
    assert "3" not in rest
    assert all(kept in rest for kept in ("2020", "2021", "7"))


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text makes it fail, and every place lies in the text."""
    found = local_dates_in(text, language)
    assert all(0 <= start < end <= len(text) for start, end in found.names)
