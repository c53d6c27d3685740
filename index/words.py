"""Words of a text as lexical search sees them: folded, stemmed, without the stop words of English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"\w+(?:['’](?:s|t|d|m|re|ve|ll)\b)?", re.IGNORECASE)  # "O'Brien" is two words, as in FTS5
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
    """The words of a text in order, case-folded, accents removed, possessive endings cut."""
    return [_bare(match.group()) for match in _WORD.finditer(text)]


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
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"['’].*$", "", plain)
