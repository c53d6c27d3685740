"""Signatures are stored, so they mean the same for ever; and they estimate how alike texts are."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from index.minhash import SIGNATURE_VERSION, bands, signature, similarity
from index.shingles import folded, shingle_hashes, word_hashes, word_pattern
from tests.index.wire_reports import OTHERS, TEXT, TITLE

_BANDS = 32


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (TEXT, "485b7b0222169500b3cec900"),
        (OTHERS["ru"][1], "9d4530017a531c012fb48100"),
        (OTHERS["ar"][1], "56713c01cb068e0177417400"),
        (OTHERS["zh"][1], "376d1400ac0b6f01e0707700"),
    ],
    ids=["en", "ru", "ar", "zh"],
)
def test_signatures_stay_as_they_are(text: str, start: str) -> None:
    """Who has to change these values raises SIGNATURE_VERSION, and catalogs compute theirs anew."""
    assert SIGNATURE_VERSION == 1
    assert signature("", text)[:12].hex() == start
    assert len(signature("", text)) == 512


def test_signatures_are_the_same_in_another_process() -> None:
    """However Python's own hashes are seeded there."""
    code = "from index.minhash import signature; print(signature('', 'one two three four five six').hex())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == signature("", "one two three four five six").hex()


def test_bands_stay_as_they_are() -> None:
    """They are what the table holds: 32 signed numbers of 64 bits."""
    values = bands(signature(TITLE, TEXT))
    assert len(set(values)) == _BANDS
    assert all(-(2**63) <= value < 2**63 for value in values)
    assert values[0] == 5894016413312012729


def test_similarity_estimates_resemblance() -> None:
    """For texts with a known share of common shingles it is near that share, and never far off."""
    names = [f"w{number}" for number in range(2000)]
    for common in (0, 250, 500, 1000, 1500, 2000):
        one, other = names, names[:common] + [f"v{number}" for number in range(2000 - common)]
        shared = max(common - 4, 0) if common < 2000 else 1996
        exact = shared / (2 * 1996 - shared)
        estimate = similarity(signature("", " ".join(one)), signature("", " ".join(other)))
        assert estimate == pytest.approx(exact, abs=0.12)


def test_bands_find_likely_copies() -> None:
    """Texts that are three quarters alike share a band; texts of other words do not."""
    names = [f"w{number}" for number in range(1000)]
    one = bands(signature("", " ".join(names)))
    assert set(one) & set(bands(signature("", " ".join([*names[:860], "other"]))))
    assert not set(one) & set(bands(signature("", " ".join(f"v{number}" for number in range(1000)))))


def test_case_accents_width_and_punctuation_do_not_count() -> None:
    """Nor does the title, of a text that has words enough."""
    one = signature("A title", "Café Matić opens in Brač, on 5 May")
    assert one == signature("Another", "CAFE MATIC — opens (in Brac) on ５ May!")
    assert one != signature("A title", "Café Matić opens in Brač, on 6 May")


def test_short_texts_are_told_by_their_titles_too() -> None:
    """A text of four words would be alike on too many pages."""
    assert signature("Ferry aground", "More to follow soon") != signature("Train late", "More to follow soon")
    assert signature("", "One") == signature("One", "")


def test_without_a_word_there_is_no_signature() -> None:
    """Nothing is found by it, and nothing is like it."""
    assert signature("", " … ") == b""
    assert bands(b"") == []
    assert similarity(b"", b"") == 0.0
    assert similarity(signature("", TEXT), b"") == 0.0


def test_scripts_without_spaces_are_cut_into_characters() -> None:
    """A word that is changed in a Chinese text changes five shingles, not all."""
    text = OTHERS["zh"][1]
    one, other = (shingle_hashes(word_hashes(word_pattern(t).findall(t))) for t in (text, text.replace("渔", "快")))
    assert np.isin(one, other).mean() > 0.9
    assert len(one) > 150


def test_marks_of_a_script_belong_to_their_words() -> None:
    """A Hindi word is one word; Arabic vowels and accents are left out."""
    assert word_pattern("हिन्दी में").findall("हिन्दी में") == ["हिन्दी", "में"]
    assert folded("مُحَمَّد") == folded("محمد")
    assert folded("Ğÿ") == "gy"
