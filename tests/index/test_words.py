"""Words and stems, as lexical search and checking compare them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.words import content_words, search_form, search_text, stem, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three ROCKETS fell.", ["three", "rockets", "fell"]),
        ("São Paulo’s cafés", ["sao", "paulo", "cafes"]),
        ("don't I'll we've", ["don", "i", "we"]),
        ("O'Brien met O’Neill", ["o", "brien", "met", "o", "neill"]),
        ("Straße in МОСКВА", ["strasse", "in", "москва"]),
        ("5,200 (1/26)", ["5", "200", "1", "26"]),
        ("🚀 …", []),
        ("snake_case __", ["snake", "case"]),
        ("Cafe\u0301s", ["cafes"]),
        ("Łódź, Tromsø, İstanbul, DIYARBAKIR", ["lodz", "tromso", "istanbul", "diyarbakir"]),
        ("Diyarbakır", ["diyarbakir"]),
        ("oﬃce ＡＢＣ１", ["office", "abc1"]),
        ("Ὀδυσσεύς ΑΘΉΝΑΣ Αθήνας", ["οδυσσευσ", "αθηνασ", "αθηνασ"]),
        ("Ёлка ёлки Ёлки", ["елка", "елки", "елки"]),
        ("مُحَمَّد محمـــد أحمد", ["محمد", "محمد", "احمد"]),
        ("שָׁלוֹם שלום", ["שלום", "שלום"]),
        ("किसानों की सरकार", ["किसानों", "की", "सरकार"]),
        ("m² 1½", ["m²", "1½"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    """Case, accents and possessive endings make no difference; names with an apostrophe keep both parts."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三枚火箭。", ["三枚", "枚火", "火箭"]),
        ("雨", ["雨"]),
        ("2025年的Covid疫苗", ["2025", "年的", "covid", "疫苗"]),
        ("ロケット弾が", ["ロケ", "ケッ", "ット", "ト弾", "弾が"]),
        ("ﾛｹｯﾄ", ["ロケ", "ケッ", "ット"]),
        ("ปีใหม่", ["ปี", "ีใ", "ให", "หม", "ม่"]),
        ("ຝົນ", ["ຝົ", "ົນ"]),
        ("ភ្លៀង", ["ភ្", "្ល", "លៀ", "ៀង"]),
        ("မိုး", ["မိ", "ို", "ုး"]),
        ("대통령은 누구", ["대통", "통령", "령은", "누구"]),
    ],
)
def test_scripts_without_spaces_come_in_pairs_of_characters(text: str, expected: list[str]) -> None:
    """Any two characters side by side can be found, wherever words begin; other scripts beside them stay words."""
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three rockets “hit” the U.S. embassy – it’s 5,200 m² (1/26), they'll say… naïve café, São Paulo, 1½ £3",
        "It rained 🚀 in Gdynia ☎ 5; snake_case, Việt Nam, Škoda, Erdoğan, coöperate, don't",
    ],
)
def test_english_goes_into_the_full_text_index_as_it_is(text: str) -> None:
    """Accents of Latin letters are left to the index too."""
    assert search_text(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("rockets", "rocket"), ("attacked", "attacks"), ("claimed", "claiming"), ("injuries", "injury")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    """Inflected forms meet in one stem."""
    assert stem(one) == stem(other)


def test_different_words_keep_different_stems() -> None:
    """Stemming does not merge what is not the same word."""
    assert len({stem(word) for word in ("rocket", "embassy", "canteen", "troop")}) == 4


def test_stop_words_are_left_out_unless_asked_for() -> None:
    """Words that say nothing about the topic are dropped, and can be kept."""
    assert stems("How many rockets were there?") == ["rocket"]
    assert stems("How many rockets", keep_stop_words=True) == ["how", "many", "rocket"]


def test_content_words_keep_their_order_without_repeats() -> None:
    """A word that stands twice in a question counts once."""
    assert content_words("Which rockets hit which embassy's rockets?") == ["rockets", "hit", "embassy"]


def test_a_question_of_stop_words_keeps_them_all() -> None:
    """A question such as "Who was it?" still has something to search for."""
    assert content_words("Who was it?") == ["who", "was", "it"]


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """No text makes it fail, and no word is empty."""
    assert all(words(text)) and all(stems(text, keep_stop_words=True))


def test_a_stop_word_is_never_stemmed_into_another_word() -> None:
    """A greeting is not found in every text about a man."""
    assert set(stems("hi")).isdisjoint(stems("It is his.", keep_stop_words=True))


@given(st.text())
@example("0'Ð")
def test_the_text_for_the_index_has_the_same_words(text: str) -> None:
    """Writing the words out changes none of them, and they hold nothing that the search would read as a command."""
    assert " ".join(map(search_form, words(text))).count('"') == 0
    assert [word for word in words(search_text(text)) if word.isascii()] == [
        word for word in words(text) if word.isascii()
    ]
