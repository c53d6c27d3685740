"""The language of a text, as far as it is clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.languages import language_of, script_of
from tests.index.builders import ROCKETS
from tests.index.sentences_abroad import FALSE, TRUE


@pytest.mark.parametrize("language", TRUE)
def test_the_six_languages(language: str) -> None:
    """No sentence is taken for one in another language; most are told by a few small words."""
    found = [language_of(sentence) for sentence in (*TRUE[language], *FALSE[language])]
    assert set(found) <= {language, None}
    assert found.count(language) > 0.7 * len(found)
    assert language_of(" ".join(TRUE[language])) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ROCKETS.text, "en"),
        ("Three rockets fell.", "en"),
        ("Quatre roquettes ont touché l'ambassade américaine à Bagdad dimanche soir.", "fr"),
        ("Quatro foguetes atingiram a embaixada americana em Bagdá no domingo.", "pt"),
        ("Vier raketten hebben het gebouw van de ambassade geraakt.", "nl"),
        ("Чотири ракети влучили у посольство в Багдаді.", None),
        ("Ракетите са ударили посолството в Багдад.", None),
        ("سه راکت به سفارت اصابت کرد.", None),
        ("三枚火箭", None),
        ("Trump!", None),
        ("5,200", None),
        ("", None),
    ],
)
def test_others(text: str, language: str | None) -> None:
    """Neighbours of the six are told apart from them; what tells nothing is in no language."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [("Trump", "latin"), ("Трампа (Trump)", "cyrillic"), ("ترامب", "arabic"), ("三枚火箭", "other"), ("5,200 …", None)],
)
def test_scripts(text: str, script: str | None) -> None:
    """The script of most letters counts."""
    assert script_of(text) == script


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    """No text makes it fail."""
    language_of(text)
    script_of(text)
