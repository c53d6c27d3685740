"""Texts as rows of hashed words, and as the set of their shingles: every five words in a row (Broder 1997).

A. Z. Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences 1997.

What is hashed, and how, is kept in catalogs as part of signatures: who changes it raises `minhash.SIGNATURE_VERSION`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.scripts import DIACRITICS, SIGNS, UNSPACED

Hashes: TypeAlias = NDArray[np.uint64]

SHINGLE_WORDS = 5
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXERS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
# A character of a script without spaces is a word of its own.
_PLAIN_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_WORD_WITH_MARKS = re.compile(rf"[{UNSPACED}]|(?:[^\W_{UNSPACED}]|[{SIGNS}{DIACRITICS}])+")
_MARK = re.compile(f"[{SIGNS}{DIACRITICS}]")
_DROPPED = re.compile(f"[{DIACRITICS}\u0640]")  # accents, Arabic vowels and its stretched line


def word_pattern(text: str) -> re.Pattern[str]:
    """What finds the words of this text, numbers included."""
    return _WORD_WITH_MARKS if not text.isascii() and _MARK.search(text) else _PLAIN_WORD


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word without case, accents and width."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFKD", word.casefold())))


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    digest = hashlib.blake2b(folded(word).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def word_hashes(words: Iterable[str]) -> Hashes:
    """One number of 64 bits a word, the same for words that differ in case or accents."""
    return np.fromiter(map(_word_hash, words), np.uint64)


def shingle_hashes(words: Hashes) -> Hashes:
    """One number of 64 bits for every five words in a row, in the text's order; a shorter text is one shingle."""
    length = min(SHINGLE_WORDS, len(words))
    if length == 0:
        return words
    count = len(words) - length + 1
    mixed = np.zeros(count, np.uint64)
    for offset in range(length):  # all arithmetic is modulo 2^64
        mixed = mixed * _MULTIPLIER + words[offset : offset + count]
    for shift, multiplier in _MIXERS:
        mixed = (mixed ^ (mixed >> shift)) * multiplier
    return mixed ^ (mixed >> np.uint64(31))
