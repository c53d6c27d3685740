"""MinHash signatures of texts, and the bands by which a table finds those that may be near-duplicates.

A. Z. Broder, "On the resemblance and containment of documents", 1997, for the signature; P. Indyk and R. Motwani,
"Approximate nearest neighbors", 1998, and J. Leskovec et al., "Mining of Massive Datasets", chapter 3.4, for the bands.

Own code, because signatures are stored and must mean the same for ever: the two libraries that are kept changed their
hashes within the last year and ask for all stored signatures to be made anew (datasketch 2.0, which also needs SciPy;
rensa 0.5). numpy's random numbers may change from version to version too, so the constants are digests.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from index.shingles import shingle_hashes, word_hashes, word_pattern

SIGNATURE_VERSION = 1

_SLOTS = 128
_BANDS = 32
_BLOCK = 1024  # shingles at a time: half a megabyte
_SHORTEST = 5  # words; a shorter text is told by its title as well
_LONGEST = 200_000  # words that count


def _constants(name: bytes) -> NDArray[np.uint32]:
    digests = [hashlib.blake2b(b"%s %d" % (name, number), digest_size=4).digest() for number in range(_SLOTS)]
    return np.array([int.from_bytes(digest, "little") for digest in digests], np.uint32)[:, None]


_FACTORS = _constants(b"factor") | np.uint32(1)
_TERMS = _constants(b"term")


def signature(title: str, text: str) -> bytes:
    """128 numbers of 32 bits, little-endian; empty when there is not a word.

    Two texts agree in a number with the probability of their resemblance: the share of their five-word shingles that
    both have, as far as the first 200,000 words go. The title counts only where the text has fewer than five words,
    as copies have other headlines.
    """
    words = word_pattern(text).findall(text)[:_LONGEST]
    if len(words) < _SHORTEST:
        words = word_pattern(title).findall(title) + words
    shingles = (shingle_hashes(word_hashes(words)) >> np.uint64(32)).astype(np.uint32)
    if not len(shingles):
        return b""
    least = np.full(_SLOTS, np.uint32(0xFFFFFFFF))
    for start in range(0, len(shingles), _BLOCK):  # linear permutations of the numbers below 2^32
        block = shingles[start : start + _BLOCK] * _FACTORS
        block += _TERMS
        np.minimum(least, block.min(axis=1), out=least)
    return least.astype("<u4").tobytes()


def bands(signature: bytes) -> list[int]:
    """32 numbers that fit a signed integer of 64 bits, one for four slots each; none for an empty signature.

    Texts with a resemblance of 0.5 share one with a probability of 0.87, 0.6: 0.99, 0.2: 0.05, 0.1: 0.003.
    """
    width = len(signature) // _BANDS
    if not width:
        return []
    pieces = [b"%d " % number + signature[number * width : (number + 1) * width] for number in range(_BANDS)]
    return [int.from_bytes(hashlib.blake2b(p, digest_size=8).digest(), "little", signed=True) for p in pieces]


def similarity(one: bytes, other: bytes) -> float:
    """The estimated resemblance of two texts by their signatures, 0 to 1; its standard error is 0.044 at most."""
    if not one or len(one) != len(other):
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))
