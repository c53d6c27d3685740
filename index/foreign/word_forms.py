"""What one word may look like in a sentence: case endings of Russian and German, and what clings to Arabic words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from index.foreign.number_words import folded

_ENDINGS = {
    "ru": tuple(
        """
            ями ами ого ему ому ими ыми его ая яя ое ее ую юю ой ей ою ею ом ем ов ев ам ям ах ях ых их ым им ый ий
            ие ые ия ию ии а я у ю е и ы о й ь
        """.split()
    ),
    "de": ("en", "er", "es", "em", "e", "s", "n"),
    "id": ("nya",),
    "en": ("'s", "’s"),
}
_SHORTEST = 3
_ARABIC_FRONT = ["".join(parts) for parts in product(("", "و", "ف"), ("", "ب", "ك", "ل", "س"), ("", "ال"))]
_ARABIC_FOR_THE = re.compile(r"^([وف]?)لل")
_ARABIC_BACK = (
    "",
    "ه",
    "ات",
    "ان",
    "ون",
    "ين",
    "ها",
    "هم",
    "ي",
    "يه",
    "ا",
    "ته",
    "تها",
    "تهم",
    "وا",
    "ت",
    "تا",
    "يا",
    "نا",
)


@lru_cache(maxsize=16384)
def bare(word: str, language: str) -> str:
    """A folded word without its case endings, the same for all its cases; other languages' words as they are."""
    word = folded(word, language)
    endings = _ENDINGS.get(language, ())
    while ending := next((e for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST), None):
        word = word.removesuffix(ending)
    return word


@lru_cache(maxsize=16384)
def arabic_fronts(word: str) -> frozenset[str]:
    """What an Arabic word may be without "and", "in", "the" … in front; from three letters on."""
    word = folded(word, "ar")
    spelled = {word, _ARABIC_FOR_THE.sub(r"\1ال", word)}
    cut = {(front, form.removeprefix(front)) for form in spelled for front in _ARABIC_FRONT if form.startswith(front)}
    return frozenset({form for front, form in cut if len(form) >= _fewest_behind(front)} | {word})


def _fewest_behind(front: str) -> int:
    """Letters that stay behind a front: a single consonant is rather a part of a short word."""
    return _SHORTEST if front.removeprefix("و").endswith("ال") or front in {"", "و"} else _SHORTEST + 1


@lru_cache(maxsize=16384)
def arabic_forms(word: str) -> frozenset[str]:
    """As `arabic_fronts`, with the endings on and off."""
    fronts = arabic_fronts(word)
    cut = {form.removesuffix(back) for form in fronts for back in _ARABIC_BACK if form.endswith(back)}
    return fronts | {form for form in cut if len(form) >= _SHORTEST}
