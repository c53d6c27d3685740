"""Numbers in words compare by value in five more languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.foreign.number_words import spelled_numbers

_GERMAN = """
    null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
    achtzehn neunzehn
""".split()
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_INDONESIAN = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_SPANISH = """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
    dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete
    veintiocho veintinueve
""".split()
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_SPANISH_HUNDREDS = """
    ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos
""".split()


def german(value: int) -> str:
    """A German number word for 2 to 999,999; "eins" at an end is left to other tests."""
    if value >= 1000:
        return f"{german(value // 1000)}tausend{german(value % 1000) if value % 1000 else ''}"
    if value >= 100:
        return f"{german(value // 100)}hundert{german(value % 100) if value % 100 else ''}"
    if value < 20:
        return _GERMAN[value]
    unit, ten = value % 10, _GERMAN_TENS[value // 10 - 2]
    return f"{_GERMAN[unit]}und{ten}" if unit else ten


def indonesian(value: int) -> str:
    """An Indonesian number for 0 to 999,999."""
    if value < 12:
        return _INDONESIAN[value]
    if value < 20:
        return f"{indonesian(value - 10)} belas"
    for size, name, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "sepuluh")):
        if value >= size:
            many, rest = divmod(value, size)
            first = one if many == 1 else f"{indonesian(many)} {name}"
            return f"{first} {indonesian(rest)}" if rest else first
    raise AssertionError


def spanish(value: int) -> str:
    """A Spanish number for 0 to 999,999."""
    if value < 30:
        return _SPANISH[value]
    if value < 100:
        ten = _SPANISH_TENS[value // 10 - 3]
        return f"{ten} y {spanish(value % 10)}" if value % 10 else ten
    if value == 100:
        return "cien"
    if value < 1000:
        rest = f" {spanish(value % 100)}" if value % 100 else ""
        return f"{_SPANISH_HUNDREDS[value // 100 - 1]}{rest}"
    many, below = divmod(value, 1000)
    first = "mil" if many == 1 else f"{spanish(many)} mil"
    return f"{first} {spanish(below)}" if below else first


@given(st.integers(2, 999_999).filter(lambda value: value % 100 != 1))
def test_german_numbers(value: int) -> None:
    """Every number that is written as one word is that number."""
    assert [found.value for found in spelled_numbers(f"Es waren {german(value)} Raketen.", "de")] == [value]


@given(st.integers(0, 999_999))
def test_indonesian_numbers(value: int) -> None:
    """Digits, belas, puluh, ratus and ribu make one number."""
    assert [found.value for found in spelled_numbers(f"Ada {indonesian(value)} roket.", "id")] == [value]


@given(st.integers(0, 999_999))
def test_spanish_numbers(value: int) -> None:
    """Tens with "y", hundreds and thousands make one number."""
    assert [found.value for found in spelled_numbers(f"Eran {spanish(value)} cohetes.", "es")] == [value]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("de", "zwei Millionen dreihunderttausend, ein Dutzend, die zweite, anderthalb", [2_300_000, 12, 2, 1.5]),
        ("de", "eine Rakete, der ein Mann, achtsam, Dreirad", []),
        ("de", "drei und vier", [3, 4]),
        ("es", "dos mil millones, tres y cuatro, un hombre, la primera", [2_000_000_000, 3, 4, 1]),
        ("ru", "пяти тысяч двухсот, двадцать два, трёх, сорока пяти миллионов", [5200, 22, 3, 45_000_000]),
        ("ru", "двое, вторая, полтора, семья, столица", [2, 2, 1.5]),
        ("id", "seribu dua ratus, kedua, seorang, sebuah, beberapa", [1200, 2]),
        ("ar", "خمسة آلاف ومئتي جندي، اثنان وعشرون، ثلاثة عشر", [5200, 22, 13]),
        ("ar", "ثلاثمائة وخمسة وعشرون، ألفان وخمسمئة، بثلاثة صواريخ", [325, 2500, 3]),
        ("ar", "ثَلاثَةُ صواريخ", [3]),
    ],
)
def test_other_forms(language: str, text: str, values: list[float]) -> None:
    """Inflected forms, scales, ordinals and what clings to Arabic words are seen through; articles are no numbers."""
    assert [found.value for found in spelled_numbers(text, language)] == values


@given(st.text(), st.sampled_from(["de", "es", "ru", "id", "ar"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    """No text makes it fail, and each number has its place."""
    assert all(0 <= found.start < found.end <= len(text) for found in spelled_numbers(text, language))
