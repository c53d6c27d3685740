"""Numbers in digits, as five languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.foreign.numbers import local_numbers_in

LANGUAGES = ["de", "es", "ru", "id", "ar"]


@given(st.integers(0, 10**12), st.sampled_from([".", ",", "\u00a0", "\u202f"]), st.sampled_from(LANGUAGES))
def test_separators_do_not_change_a_number(value: int, separator: str, language: str) -> None:
    """Thousands are thousands, in the language's own way and as English writes them."""
    written = f"{value:,}".replace(",", separator)
    assert local_numbers_in(f"({written})", language) == {str(value)}


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "5,2 Prozent, 5,25 und 5.2", {"5.2", "5.25"}),
        ("de", "5,2 Millionen, 1,375 Milliarden, 3 Mio.", {"5200000", "1375000000", "3000000"}),
        ("de", "1.234,5 Tonnen um 19.30 Uhr", {"1234.5", "19:30", "19.3"}),
        ("de", "fünf 200", {"5", "200"}),
        ("es", "100.000 millones, 3 mil, 5 200 y 3,5", {"100000000000", "3000", "5200", "3.5"}),
        ("ru", "5 200, 5 тыс. человек, 3,5 млн, 5-й, 2020-го", {"5200", "5000", "3500000", "5", "2020"}),
        ("id", "5.200 orang, 5,2 juta, 3 ribu", {"5200", "5200000", "3000"}),
        ("ar", "٥٢٠٠ و5300 و٥٫٢ مليون و1.375 مليار", {"5200", "5300", "5200000", "1375000000"}),
        ("ar", "4.5 بالمئة، 3 في المائة", {"4.5", "3"}),
        ("de", "Version 1.2.3, B52", {"1.2.3"}),
    ],
)
def test_values(language: str, text: str, values: set[str]) -> None:
    """Decimal marks, scales and Arabic digits are read as the language has them."""
    assert local_numbers_in(text, language) == values


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_has_numbers_or_none(text: str, language: str) -> None:
    """No text makes it fail."""
    assert all(local_numbers_in(text, language))
