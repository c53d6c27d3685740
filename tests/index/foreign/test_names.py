"""Which words of a sentence may be names, and whether the evidence has them."""

from __future__ import annotations

import pytest

from index.foreign.names import KnownNames, is_arabic_dual, is_everyday, unknown_names
from index.foreign.spoken_names import sound_of

NAMES = {
    "de": """
        Merz Scholz Kohl Kurz Kern Lang Weber Müller Fischer Bauer Wagner Schröder Richter Schneider Kaiser König
        Wolf Koch Jung Klein Groß Neumann Bergmann Zimmermann Hoffmann Trump Putin Macron Johnson Selenskyj
        Hisbollah Hamas Taliban Mossad Siemens Bayern Volkswagen Allianz Lufthansa Dortmund Hamburg Oberhausen
        Weltbank Landtag Bundestag Grüne
    """,
    "es": "Sánchez Iglesias Maduro García Torres Cruz Santos Reyes Mayor Moreno Guerra Hezbolá Repsol Madrid Vox Pilar",
    "ru": "Иванов Путин Лавров Трамп Байден Песков Хезболла Хамас Газпром Кремль Мария Роман Лев Мороз Новиков Волков",
    "id": "Jokowi Prabowo Megawati Budi Agus Dewi Bintang Surya Hizbullah Pertamina Golkar Widodo Satria Ratu",
    "ar": """
        ترامب بايدن بوتين نتنياهو خامنئي سليماني نصرالله عباس الحريري حماس طالبان داعش القاعدة الحوثي علي محمد أحمد
        خالد سعيد صالح عادل كريم جمال كمال أمل نور سلام يوسف عمر ماكرون زيلينسكي الجهاد
    """,
}


@pytest.mark.parametrize("language", NAMES)
def test_names_are_no_everyday_words(language: str) -> None:
    """No name of the news passes for an everyday word, not even one that is like it."""
    assert [name for name in NAMES[language].split() if is_everyday(name, language)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Raketen Raketenangriffe Botschaftern Häuser Städten Verletzte Zwei Innenministerium Polizistinnen Am"),
        ("es", "Según Votaron Nadie Tres Finalmente Los"),
        ("ru", "Ракеты Представителем Посольства Около Двое Министерстве"),
        ("id", "Sebanyak Presiden Kedutaan Besar Tiga"),
        ("ar", "وقال الصواريخ بالسفارة جنود وأصيب للحكومة ثلاثة"),
    ],
)
def test_everyday_words_in_all_forms(language: str, words: str) -> None:
    """Plurals, cases, compounds, numbers, and what clings to Arabic words."""
    assert [word for word in words.split() if not is_everyday(word, language)] == []


@pytest.mark.parametrize(
    ("language", "sentence", "unknown"),
    [
        ("de", "Kanzler Olaf Scholz sprach in Bagdad mit Frau Merkel.", ["Merkel"]),
        ("ru", "Канцлер Олаф Шольц говорил с Дональдом Трампом и Меркель.", ["Меркель"]),
        ("ru", "Олаф Меркель говорил с Трампом.", ["Олаф", "Меркель"]),
        ("ar", "وقال أولاف شولتس إن ترامب وميركل", ["وميركل"]),
        ("es", "El canciller Scholz habló con Marta y con Merit.", ["Merit"]),
    ],
)
def test_names_are_known_by_their_sound(language: str, sentence: str, unknown: list[str]) -> None:
    """A name may be in another script, and nearly the same in its own; a first name is known beside its surname."""
    known = KnownNames.of("Olaf Scholz and Donald Trump met in Baghdad aboard the ferry Marta.", language)
    assert unknown_names(sentence, language, known, frozenset()) == unknown


def test_a_covered_word_is_no_name() -> None:
    """What was recognised as a place is not looked for among the names."""
    known = KnownNames.of("Three rockets.", "de")
    assert unknown_names("In Teheran", "de", known, {3}) == []
    assert unknown_names("In Teheran", "de", known, frozenset()) == ["Teheran"]


@pytest.mark.parametrize(("word", "dual"), [("صاروخان", True), ("شخصين", True), ("قذيفتان", True), ("لبنان", False),
                                           ("مدنيين", False), ("كان", False), ("ملايين", False)])  # fmt: skip
def test_arabic_duals(word: str, dual: bool) -> None:
    """Two of an everyday thing are told by the ending; plurals and names that end so are none."""
    assert is_arabic_dual(word) is dual


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Trump", "Трамп", "ru"),
        ("Johnson", "Джонсон", "ru"),
        ("Zuckerberg", "Цукерберг", "ru"),
        ("Trump", "ترامب", "ar"),
        ("Macron", "ماكرون", "ar"),
        ("Scholz", "شولتس", "ar"),
    ],
)
def test_sounds_across_scripts(one: str, other: str, language: str) -> None:
    """A name sounds alike however it is written."""
    assert sound_of(one, language) == sound_of(other, language) is not None


def test_short_names_have_no_sound() -> None:
    """Two consonants do not tell a name from another."""
    assert sound_of("Bush", "ru") is None
    assert sound_of("Олаф", "ru") is None
