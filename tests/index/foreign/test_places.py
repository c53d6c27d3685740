"""Places and peoples are the same in all languages."""

from __future__ import annotations

import pytest

from index.foreign.places import places_in

TEXTS = {
    "en": "The American embassy in Baghdad, Iraq, the United States and British troops, NATO.",
    "de": "Die amerikanische Botschaft in Bagdad, des Iraks, der Vereinigten Staaten, britische Truppen, NATO.",
    "es": "La embajada estadounidense en Bagdad, iraquí, de Estados Unidos, EE. UU., británicas, OTAN.",
    "ru": "Американское посольство в Багдаде, в Ираке, Соединённых Штатов, США, британские войска, НАТО.",
    "id": "Kedutaan Amerika di Baghdad, Irak, Amerika Serikat, AS, pasukan Inggris, NATO.",
    "ar": "السفارة الأمريكية في بغداد، للعراق، الولايات المتحدة، القوات البريطانية، الناتو.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_same_places(language: str) -> None:
    """Countries, their peoples, cities and alliances have one key, in all cases and with what clings to them."""
    found = places_in(TEXTS[language], language)
    assert {place.key for place in found} == {"US", "Asia/Baghdad", "IQ", "GB", "NATO"}
    assert all(TEXTS[language][place.start : place.end].strip() for place in found)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("de", "Iran", "Irak"), ("ru", "Иране", "Ираке"), ("ar", "إيران", "العراق"), ("es", "Níger", "Nigeria")],
)
def test_neighbours_are_told_apart(language: str, one: str, other: str) -> None:
    """Names that differ by a letter are two places."""
    assert {place.key for place in places_in(one, language)} != {place.key for place in places_in(other, language)}


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("de", "deutlich, ein Berliner", ["Europe/Berlin"]),
        ("id", "lima orang di Lima", ["America/Lima"]),
        ("en", "a nice jersey", []),
        ("ru", "в Нигере", [""]),
    ],
)
def test_what_is_not_clear(language: str, text: str, keys: list[str]) -> None:
    """Words that only look like places are none; a name of two places is neither of them."""
    assert [place.key for place in places_in(text, language)] == keys
