"""Which words of a sentence in another language than English may be names that its evidence does not have.

German writes all nouns with a capital and Arabic none, so that a name is told by not being an everyday word there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer
from rapidfuzz.fuzz import ratio

from index.foreign.number_words import folded, spelled_numbers
from index.foreign.spoken_names import plain_letters, sound_of
from index.foreign.word_forms import arabic_forms, arabic_fronts, bare
from index.languages import script_of
from index.scripts import DIACRITICS
from index.words import content_words, stems

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{DIACRITICS}ـ]|[’'](?=[^\W\d_]))*")
_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
_RUSSIAN = snowballstemmer.stemmer("russian")
_SPANISH_VERB = re.compile(r"(?:[ai]ron|ieron|mente|ciones|ción)$")  # "Votaron", "Murieron"
_GERMAN_ENDINGS = ("", "e", "en", "n", "s", "es", "ns", "nen")
_UMLAUTS, _UMLAUT_ENDINGS = str.maketrans("äöü", "aou"), ("", "e", "en", "n", "er", "ern")
_GERMAN_JOINTS = ("", "s", "es", "n", "en", "e", "er")
_SHORTEST_PART = 3
_ARABIC_NAMES = frozenset({"علي", "وعلي"})  # Ali; "on" is written with another last letter
_ARABIC_DUALS = ("تان", "تين", "ان", "ين")
_NEARLY_THE_SAME = 65.0
_BETWEEN_NAMES = " \u00a0"
_CH = re.compile(r"(?<![sStT])ch")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a name of a sentence may be in the evidence: its words by their stems, its names by how they sound.

    `pairs` are the sounds of two names one behind the other, as a first name is often too short to be told by itself.
    """

    stems: frozenset[str]
    sounds: Mapping[str, Set[str]]
    pairs: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str) -> KnownNames:
        """Those of the evidence's text, for sentences in a language."""
        names = [match for match in _WORD.finditer(text) if match.group()[0].isupper()]
        sounds: dict[str, set[str]] = {}
        for name in (match.group() for match in names):
            for form in {name, bare(name, language), _without_ch(name)}:
                if sound := sound_of(form, language):
                    sounds.setdefault(sound, set()).add(name)
        pairs = {
            sound_of(a.group() + b.group(), language) or ""
            for a, b in pairwise(names)
            if text[a.end() : b.start()].strip(_BETWEEN_NAMES) == ""
        }
        return cls(frozenset(stems(text, keep_stop_words=True)), sounds, frozenset(pairs - {""}))

    def have(self, name: str, language: str) -> bool:
        """Whether a word of a sentence is one of them, in any case and script."""
        if set(stems(name, keep_stop_words=True)) <= self.stems:
            return True
        alike = {one for form in _forms(name, language) for one in self.sounds.get(sound_of(form, language) or "", ())}
        # Within one script a name is spelled nearly the same: "Bagdad" is Baghdad, "Merit" is not Marta.
        same_script = {one for one in alike if script_of(one) == script_of(name)}
        return bool(alike - same_script) or any(_spelled_alike(one, name) for one in same_script)

    def have_pair(self, name: str, other: str, language: str) -> bool:
        """Whether two words one behind the other sound like two names of the evidence do: "Олаф Шольц"."""
        latin = script_of(name) == "latin"
        return not latin and any(sound_of(name + form, language) in self.pairs for form in _forms(other, language))


def unknown_names(sentence: str, language: str, known: KnownNames, covered: Set[int]) -> list[str]:
    """The words that may be names and that the evidence does not have, in order.

    `covered` are the places (in characters) of words that were recognised as something else, such as a country.
    """
    found = [(at, word) for at, word in _candidates(sentence, language) if at not in covered]
    pairs = {
        at
        for (at, word), (behind, other) in pairwise(found)
        if sentence[at + len(word) : behind].strip(_BETWEEN_NAMES) == "" and known.have_pair(word, other, language)
        for at in (at, behind)
    }
    return [word for at, word in found if at not in pairs and not known.have(word, language)]


def shared_names(sentence: str, language: str, known: KnownNames, covered: Set[int]) -> int:
    """How many words of a sentence that may be names stand in a text."""
    words = {word for at, word in _candidates(sentence, language) if at not in covered}
    return sum(known.have(word, language) for word in words if content_words(word) and stems(word))


def _forms(name: str, language: str) -> Set[str]:
    return arabic_forms(name) if language == "ar" else {name, bare(name, language)}


def _without_ch(name: str) -> str:
    """German "ch" is no consonant to other ears: "Фридрих" is Friedrich."""
    return _CH.sub("h", name)


def _spelled_alike(name: str, other: str) -> bool:
    return ratio(plain_letters(name), plain_letters(other)) >= _NEARLY_THE_SAME


def _candidates(sentence: str, language: str) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(sentence):
        word = match.group()
        arabic = bool(_ARABIC_LETTER.match(word))
        maybe = word[0].isupper() or (language == "ar" and arabic and len(folded(word, "ar")) >= _SHORTEST_PART)
        if maybe and not is_everyday(word, language):
            yield match.start(), word


@lru_cache(maxsize=16384)
def is_everyday(word: str, language: str) -> bool:
    """Whether a word of one of the five languages is an everyday one or a number; compounds of such are, too."""
    plain = folded(word, language)
    words = _words(language)
    if language == "ar":
        known = word not in _ARABIC_NAMES and not arabic_forms(word).isdisjoint(words)
        return known or bool(spelled_numbers(word, "ar"))
    if plain in words or spelled_numbers(word, language):
        return True
    if language == "de":
        return _is_german_noun(plain)
    if language == "es" and _SPANISH_VERB.search(plain):
        return True
    if language == "ru":
        return _RUSSIAN.stemWord(plain) in _russian_stems()
    return language == "id" and plain.removesuffix("nya") in words


def is_arabic_dual(word: str) -> bool:
    """Whether an Arabic word tells by its ending that there are two of an everyday thing: "صاروخان", two rockets."""
    words = _words("ar")
    forms = arabic_fronts(word)
    if not forms.isdisjoint(words):
        return False
    return any(
        form.endswith(ending) and not {form.removesuffix(ending), f"{form.removesuffix(ending)}ه"}.isdisjoint(words)
        for form in forms
        for ending in _ARABIC_DUALS
    )


def _is_german_noun(word: str) -> bool:
    """Whether a German word is an everyday noun in any form, or made of such: "Raketenangriffe"."""
    if not _german_forms(word).isdisjoint(_german_nouns()):
        return True
    if word.endswith("mann") or not _german_forms(word).isdisjoint(_german_names()):
        return False  # "Bergmann" is rather a surname
    return any(
        _is_german_noun(word[at:]) and _is_first_part(word[:at])
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )


def _is_first_part(word: str) -> bool:
    """Whether a word may stand in front in a compound, with or without what joins it to the next."""
    parts = {word.removesuffix(joint) for joint in _GERMAN_JOINTS if len(word) - len(joint) >= _SHORTEST_PART}
    return any(part in _german_first_parts() or _is_german_noun(part) for part in parts)


def _german_forms(word: str) -> Set[str]:
    """What a German noun may be in the nominative singular. "-er" is cut off only behind an umlaut: "Häuser"."""
    forms = {word.removesuffix(ending) for ending in _GERMAN_ENDINGS if word.endswith(ending)}
    if plain := word.translate(_UMLAUTS):
        forms |= {plain.removesuffix(end) for end in _UMLAUT_ENDINGS if plain != word and plain.endswith(end)}
    return forms


@lru_cache(maxsize=8)
def _words(language: str) -> frozenset[str]:
    from index.foreign.everyday import arabic, german, indonesian, russian, spanish

    lists = {
        "de": german.OPENERS,
        "es": spanish.WORDS,
        "ru": russian.WORDS,
        "id": indonesian.WORDS,
        "ar": arabic.WORDS,
    }
    return frozenset(folded(word, language) for word in lists[language])


@lru_cache(maxsize=1)
def _german_nouns() -> frozenset[str]:
    from index.foreign.everyday import german

    return frozenset(word.casefold() for word in german.NOUNS)


@lru_cache(maxsize=1)
def _german_names() -> frozenset[str]:
    from index.foreign.everyday import german

    return german.NAMES


@lru_cache(maxsize=1)
def _german_first_parts() -> frozenset[str]:
    from index.foreign.everyday import german

    return german.FIRST_PARTS


@lru_cache(maxsize=1)
def _russian_stems() -> frozenset[str]:
    return frozenset(_RUSSIAN.stemWord(word) for word in _words("ru"))
