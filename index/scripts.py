"""Characters of the world's scripts that words are told by, as sets for regular expressions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Scripts written without spaces, letters with their signs; and Korean.
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e"  # Thai
    "\u0e81-\u0ece\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9ef\uaa60-\uaa7f"  # Burmese
    "\u1100-\u11ff\uac00-\ud7a3"  # Korean
    "\u1780-\u17d3\u17d7\u17dd"  # Khmer
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"  # Chinese
    "\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # Japanese
)


def _marks(codes: Iterable[int]) -> str:
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in {"Mn", "Mc"})


# Marks that are part of the word, as the vowel signs of Hindi are. Without them it would be another word.
SIGNS = _marks([*range(0x0700, 0x1AB0), *range(0x1B00, 0x1C80)])
# Marks that may as well be left out: accents, Hebrew points, Arabic vowels.
DIACRITICS = _marks([*range(0x0300, 0x0700), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00)])
