"""Words of a text as lexical search sees them: folded, stemmed, without the stop words of English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from index.scripts import DIACRITICS, SIGNS, UNSPACED

_LETTERS = rf"\w{SIGNS}{DIACRITICS}"
# "O'Brien" is two words, as in FTS5.
_WORD = re.compile(rf"[{_LETTERS}]+(?:['’](?:s|t|d|m|re|ve|ll)\b)?", re.IGNORECASE)
# Letters that FTS5 alone would fold in another way, or cut where it should not: all but those of Latin.
_SPECIAL = re.compile(r"[^\x00-\u0331\u1e00-\u1eff\u2000-\u2bff]|[ßẞæœøłđðþħıŉÆŒØŁĐÐÞĦǠ-ǣǮǯǼ-ǿ]")
_SPELLED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ـ": None}
)
_MARKS = re.compile(rf"[{DIACRITICS}]+")
_RUN = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|(?:(?![{UNSPACED}_])[\w{SIGNS}])+")
_EMOJI = "[\U0001f300-\U0001faff]"  # FTS5 takes those newer than itself for letters
_TOUCHING = re.compile(rf"(?<=\w){_EMOJI}|{_EMOJI}(?=\w)")
# FTS5 takes vowel signs for spaces; in its index each has its place among the letters of private use instead.
_PRIVATE_USE = {ord(sign): ord(sign) - 0x0700 + 0xE000 for sign in SIGNS}
_STEMMER = snowballstemmer.stemmer("porter")  # the stemmer of SQLite's FTS5, so that both agree
_SHORTEST_STEMMED = 3
_VOWEL_CONSONANT = re.compile(r"[aeiouy][^aeiou]")
STOP_WORDS = frozenset(
    """
        a about above after again against all also am an and any are aren as at be because been before being
        below between both but by can could couldn did didn do does doesn doing don down during each few for
        from further had has have having he her here hers him his how i if in into is isn it its itself just let
        me might more most must my no nor not now of off on once only or other our out over own said same say
        says she should so some such than that the their them then there these they this those through to too
        under until up upon us very was wasn we were weren what when where which while who whom whose why will
        with within without would you your yes did s t re ve ll tell give please know according happened happen
        many much anyone anything someone something
    """.split()
)


def words(text: str) -> list[str]:
    """The words of a text in order, case-folded, accents removed, possessive endings cut.

    A stretch of a script without spaces (and of Korean, whose particles cling to the words) gives its overlapping
    pairs of characters, or its one character.
    """
    found: list[str] = []
    for match in _WORD.finditer(text.replace("_", " ")):
        word = match.group()
        if word.isascii():
            found.append(word.casefold().partition("'")[0])
        elif _SPECIAL.search(word):
            found += _special_words(word)
        elif bare := _bare(word):
            found.append(bare)
    return found


def search_text(text: str) -> str:
    """A text as the full-text index takes it in, so that FTS5 finds in it what `words` gives; English stays as it is.

    A word with letters beyond Latin is replaced by its `words`, each as `search_form`.
    """
    if text.isascii() or not _SPECIAL.search(text):
        return text
    return _WORD.sub(_searchable, _TOUCHING.sub(" ", text))


def search_form(word: str) -> str:
    """One of `words`, or its stem, as it stands in the full-text index."""
    return word if word.isascii() else word.translate(_PRIVATE_USE)


def stems(text: str, *, keep_stop_words: bool = False) -> list[str]:
    """The stems of a text's words in order; stop words are left out unless asked for."""
    found = words(text)
    if keep_stop_words:
        # Unstemmed, so that "his" does not become "hi".
        return [word if word in STOP_WORDS else stem(word) for word in found]
    return [stem(word) for word in found if word not in STOP_WORDS]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word as FTS5 has it: Porter 1980 with his two later changes, from three letters on."""
    if len(word) < _SHORTEST_STEMMED:
        return word
    stemmed = str(_STEMMER.stemWord(word))
    if stemmed.endswith("logi") and _VOWEL_CONSONANT.search(stemmed[:-4]):
        return stemmed[:-1]
    if stemmed.endswith("bli") and _VOWEL_CONSONANT.search(stemmed[:-3]):
        return str(_STEMMER.stemWord(f"{stemmed[:-1]}e"))
    return stemmed


def content_words(text: str) -> list[str]:
    """The words of a question that say what it is about: no stop words, no repeats; all words if none is left."""
    every = words(text)
    return list(dict.fromkeys(word for word in every if word not in STOP_WORDS)) or list(dict.fromkeys(every))


def _bare(word: str) -> str:
    """A word of Latin letters, folded as FTS5 folds it."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", word.casefold()))
    return re.sub(r"['’].*$", "", plain)


def _special_words(word: str) -> list[str]:
    whole = re.sub(r"['’].*$", "", word)
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", whole)).casefold().translate(_SPELLED)
    found: list[str] = []
    for run in _RUN.finditer(unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))):
        found += _pairs(run.group()) if run["unspaced"] else [run.group()]
    return found


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _searchable(match: re.Match[str]) -> str:
    word = match.group()
    if not _SPECIAL.search(word):
        return word
    # Behind an apostrophe "Ð" would become the "d" of "he'd", which is no word.
    gap = " " if match.string[match.start() - 1 : match.start()] in {"'", "’"} else ""
    return gap + " ".join(map(search_form, words(word)))
