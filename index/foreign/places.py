"""Countries, their peoples, cities and alliances in six languages, so that "Bagdad" and "Багдаде" are Baghdad.

Names of countries and of the cities that time zones are named after are those of CLDR (by babel).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.foreign.nationalities import MORE_NAMES, PEOPLES
from index.foreign.number_words import folded
from index.foreign.word_forms import arabic_fronts, bare
from index.scripts import DIACRITICS

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{DIACRITICS}]|[’'](?=[^\W\d_]))*")
_LONGEST_NAME = 4  # words
_GAP = re.compile(r"[\s.\u00a0-]*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = frozenset({"QO", "EZ", "ZZ", "XA", "XB"})
_SHORTEST_PEOPLE = 4
_LONGEST_PEOPLE = max(len(beginning) for peoples in PEOPLES.values() for beginning in peoples)
_ACCENTS = str.maketrans("áéíóú", "aeiou")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a text names, `text[start:end]`; `key` is the same in all languages, "" when it may be several."""

    key: str
    start: int
    end: int


def places_in(text: str, language: str) -> list[Place]:
    """The places and peoples that a text names in one of the six languages, in order."""
    tokens = list(_WORD.finditer(text))
    found: list[Place] = []
    at = 0
    while at < len(tokens):
        place = _place_at(text, tokens[at : at + _LONGEST_NAME], language)
        found += [place] if place else []
        at += sum(token.end() <= place.end for token in tokens[at : at + _LONGEST_NAME]) if place else 1
    return found


def _place_at(text: str, tokens: list[re.Match[str]], language: str) -> Place | None:
    """The place with the longest name that begins with the first token."""
    first = tokens[0].group()
    forms = _forms(first, language) & _first_words(language)
    together = 1
    while forms and together < len(tokens) and _is_one_name(text, tokens[together - 1], tokens[together]):
        together += 1
    names = _names(language)
    rest = tuple(bare(token.group(), language) for token in tokens[1:together])
    for length in range(together, 0, -1) if forms else ():
        key = next((names[words] for form in forms if (words := (form, *rest[: length - 1])) in names), None)
        if key is not None:
            return Place(key, tokens[0].start(), tokens[length - 1].end())
    people = _people(first, language)
    return Place(people, *tokens[0].span()) if people else None


def _is_one_name(text: str, token: re.Match[str], other: re.Match[str]) -> bool:
    return bool(_GAP.fullmatch(text, token.end(), other.start()))


def _forms(word: str, language: str) -> frozenset[str]:
    if language == "ar":
        return arabic_fronts(word)
    return frozenset({bare(word, language)}) if word[:1].isupper() else frozenset()


def _people(word: str, language: str) -> str | None:
    """The country whose people a word means: "amerikanische", "британского"."""
    forms = arabic_fronts(word) if language == "ar" else {_unaccented(folded(word, language), language)}
    beginnings = PEOPLES[language]
    for form in forms:
        for length in range(min(len(form), _LONGEST_PEOPLE), _SHORTEST_PEOPLE - 1, -1):
            if form[:length] in beginnings:
                return beginnings[form[:length]]
    return None


def _unaccented(word: str, language: str) -> str:
    """A Spanish word without accents: "iraní" and "iraníes", but "español"."""
    return word.translate(_ACCENTS) if language == "es" else word


@lru_cache(maxsize=8)
def _names(language: str) -> Mapping[tuple[str, ...], str]:
    """The keys of all names, each name as its bare words."""
    names: dict[tuple[str, ...], str] = {}
    for name, key in _countries(language):
        _add(names, _bare_words(name, language), key)
    for name, key in _cities(language):
        words = _bare_words(name, language)
        if names.get(words, "/").count("/"):  # a city that is called as its country is the country
            _add(names, words, key)
        if language == "de":
            names.setdefault((*words[:-1], bare(f"{name.split()[-1]}er", "de")), key)  # "Berliner"
    names |= {_bare_words(name, language): key for name, key in MORE_NAMES[language].items()}
    return {words: key for words, key in names.items() if words and len(words) <= _LONGEST_NAME}


@lru_cache(maxsize=8)
def _first_words(language: str) -> frozenset[str]:
    return frozenset(words[0] for words in _names(language))


def _add(names: dict[tuple[str, ...], str], words: tuple[str, ...], key: str) -> None:
    """Two places with one name are neither."""
    names[words] = key if names.get(words, key) == key else ""


def _countries(language: str) -> list[tuple[str, str]]:
    """Each country with its name, then with the other one in brackets when that is no other country's."""
    from babel import Locale

    names, more = [], []
    for code, name in Locale.parse(language).territories.items():
        if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES:
            main, _, other = name.partition("(")
            names.append((main.strip(), code))
            more.append((other.strip(" )"), code))
    known = {_bare_words(name, language) for name, _ in names}
    return names + [(name, code) for name, code in more if name and _bare_words(name, language) not in known]


def _cities(language: str) -> list[tuple[str, str]]:
    from babel import Locale
    from babel.core import get_global

    own, english = Locale.parse(language).time_zones, Locale.parse("en").time_zones
    cities = []
    for zone in get_global("zone_territories"):
        if "/" in zone and not zone.startswith("Etc/"):
            plain = zone.rpartition("/")[2].replace("_", " ")
            names = (dict(own.get(zone, {})).get("city"), dict(english.get(zone, {})).get("city"), plain)
            cities.append((next(name for name in names if name), zone))
    return cities


def _bare_words(name: str, language: str) -> tuple[str, ...]:
    return tuple(bare(token.group(), language) for token in _WORD.finditer(name))
