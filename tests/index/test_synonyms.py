"""Words that news uses for the same thing."""

from __future__ import annotations

import pytest

from index.synonyms import synonyms_of
from index.words import stem


@pytest.mark.parametrize(
    ("one", "other"), [("hurt", "injured"), ("died", "toll"), ("start", "broke"), ("bought", "acquisition")]
)
def test_synonyms_find_each_other(one: str, other: str) -> None:
    """The relation holds both ways, by stems."""
    assert stem(other) in synonyms_of(stem(one))
    assert stem(one) in synonyms_of(stem(other))


def test_a_word_is_not_its_own_synonym() -> None:
    """A stem stands for itself already."""
    assert stem("injured") not in synonyms_of(stem("injured"))


def test_groups_do_not_run_into_one_another() -> None:
    """ "Fall" means to land and to decrease, which does not make landing a decrease."""
    assert stem("decrease") in synonyms_of(stem("fall"))
    assert stem("decrease") not in synonyms_of(stem("hit"))


def test_most_words_have_none() -> None:
    """An ordinary word has no synonyms here."""
    assert synonyms_of(stem("embassy")) == frozenset()
