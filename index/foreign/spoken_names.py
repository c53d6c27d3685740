"""How a name sounds, by its consonants alone, so that "Трамп" and "ترامب" can be told to be Trump."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.foreign.number_words import folded

_CYRILLIC = str.maketrans(
    {
        **dict(zip("бвгдзклмнпрстф", "bvgdzklmnprstf", strict=True)),
        **dict.fromkeys("аеёиоуыэюяйъьхії", ""),
        "ж": "j", "ч": "c", "ш": "w", "щ": "w", "ц": "s", "з": "s", "ґ": "g",
    }
)  # fmt: skip
_ARABIC = str.maketrans(
    {
        **dict(zip("بتثدذرزسصضطظغفقكلمنجش", "bttddrsssdtdgfkklmnjw", strict=True)),
        **dict.fromkeys("اويهعحخء", ""),
    }
)
# What sounds as one consonant, the longest first.
_LATIN = tuple(
    (pair.split("=")[0], pair.split("=")[1])
    for pair in """
        tsch=c sch=w dzh=j tch=c ch=c sh=w zh=j sz=w kh= ph=f th=t tz=s ts=s z=s dj=j ck=k qu=k x=ks q=k w=v
    """.split()
)
_SOFT_C, _VOWELS = re.compile(r"c(?=[eiy])"), re.compile(r"[aeiouyh’']")
_TWICE = re.compile(r"(.)\1+")
_FEWEST = 3  # consonants that tell one name from another


@lru_cache(maxsize=16384)
def sound_of(name: str, language: str) -> str | None:
    """The consonants of a name in Latin, Cyrillic or Arabic letters, as text in a language has them; None when too few.

    Arabic writes p as b and v as f, and w like a vowel; for text in it, names of other scripts lose these, too.
    """
    word = folded(name, language).replace("дж", "ж")
    word = word.replace("тс", "ц").replace("تس", "س")
    sounds = word.translate(_CYRILLIC).translate(_ARABIC) if not _is_latin(word) else _latin(word)
    if language == "ar":
        sounds = sounds.replace("p", "b").replace("v", "f")
    sounds = _TWICE.sub(r"\1", sounds)
    return sounds if len(sounds) >= _FEWEST and sounds.isascii() else None


def _is_latin(word: str) -> bool:
    return "a" <= unicodedata.normalize("NFD", word)[:1] <= "z"


def _latin(word: str) -> str:
    word = plain_letters(word)
    word = _SOFT_C.sub("s", word) if "ch" not in word else word
    for letters, sound in _LATIN:
        word = word.replace(letters, sound.upper())
    word = word.replace("c", "k").lower()
    return _VOWELS.sub("", word)


def plain_letters(word: str) -> str:
    """A word in lower case without accents."""
    letters = unicodedata.normalize("NFD", word.casefold().replace("ß", "ss"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
