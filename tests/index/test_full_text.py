"""The full-text index folds words as `words` does, whatever the script, and an older index is brought up."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.catalog_schema import SEARCH_TEXT
from index.lexical import inverse_document_frequencies, lexical_search
from index.types import PUBLIC, Article
from index.words import search_form, search_text, stems, words
from tests.index.builders import ROCKETS
from tests.index.test_catalog import full_text_is_in_step, save

WORDS = """
    Việt Nam Đà Nẵng nghị quyết người biểu tình İstanbul Diyarbakır DIYARBAKIR ığdır Erdoğan Ὀδυσσεύς Αθήνας ΑΘΉΝΑΣ
    ευρώ πόλεμος Ёлка ёлки Київ їжак Беларусь Ўзбекистон مُحَمَّد محمـــد أحمد إسرائيل الآن مسؤول שָׁלוֹם ירושלים צה״ל
    किसानों हिन्दी प्रधानमंत्री সরকার নির্বাচন தமிழ் తెలుగు ಕನ್ನಡ മലയാളം ਪੰਜਾਬੀ ગુજરાતી සිංහල नेपाल मराठी ދިވެހި
    ประเทศไทย น้ำท่วม ปีใหม่ ລາວ ຝົນຕົກ កម្ពុជា ភ្លៀង မြန်မာ ရန်ကုန် မိုး 三枚火箭 北京 雨 ロケット弾 が東京 ﾛｹｯﾄ 대통령은 서울
    Straße STRASSE Łódź Ørsted Ísland þing færøer œuvre naïve Škoda señor coração Zürich Gdańsk Ljubljana
    oﬃce ＡＢＣ 𝐁𝐎𝐋𝐃
    საქართველო Հայաստան አዲስ አበባ བོད ᠮᠣᠩᠭᠣᠯ cafe\u0301 e\u0332x ṩ Ǽ ǿ m² 1½ Ⅳ ℂ ª º ﷺ يٰسٓ
""".split()
# FTS5 takes these for signs, or keeps them as they are; they stand in no word that anybody writes.
ODD = (
    "NEW TAI LUE",
    "VEDIC SIGN",
    "HALFWIDTH KATAKANA VOICED",
    "HALFWIDTH KATAKANA SEMI",
    "LATIN SMALL LETTER A WITH RIGHT",
)


def letters_and_digits() -> list[str]:
    """All of Unicode's, but for the odd ones."""
    every = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code))[0] in "LN"]
    return [char for char in every if not unicodedata.name(char, "").startswith(ODD)]


def indexed(texts: list[str]) -> list[list[str]]:
    """What FTS5 makes of each text, in order."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
    database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
    database.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(map(search_text, texts)))
    tokens: dict[int, list[str]] = defaultdict(list)
    for term, row in database.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
        tokens[row].append(term)
    database.close()
    return [tokens[row] for row in range(len(texts))]


def test_words_of_every_script_are_in_the_index_as_they_are_asked_for() -> None:
    """A word that a question holds is the very token that FTS5 made of the same word in an article."""
    found = dict(zip(WORDS, indexed(WORDS), strict=True))
    assert found == {word: [search_form(part) for part in words(word)] for word in WORDS}


def test_every_letter_and_digit_is_folded_alike() -> None:
    """Letter by letter, for all of Unicode but a few that nobody writes."""
    chars = letters_and_digits()
    differ = [
        char
        for char, tokens in zip(chars, indexed(chars), strict=True)
        if tokens != [search_form(word) for word in words(char)]
    ]
    assert differ == []


def test_an_emoji_at_a_word_does_not_hide_it() -> None:
    """Also one that is newer than the database."""
    assert indexed(["\U0001f9e8Rockets\U0001fae0hit"]) == [["rockets", "hit"]]


def test_other_scripts_stay_in_step(catalog: Catalog) -> None:
    """Adding, changing and removing leaves the index as the text says, by the database's own comparison."""
    save(catalog, Article("火箭", "三枚火箭击中了大使馆。Ένας πύραυλος έπεσε.", id="zh"))
    full_text_is_in_step(catalog)
    assert lexical_search(catalog, "大使馆", PUBLIC, 3)
    save(catalog, Article("雨", "今天下雨。", id="zh", version=2))
    full_text_is_in_step(catalog)
    assert lexical_search(catalog, "大使馆", PUBLIC, 3) == []
    catalog.remove("zh", PUBLIC)
    full_text_is_in_step(catalog)


def test_rare_pairs_weigh_most(catalog: Catalog) -> None:
    """How many chunks hold a word is known for other scripts too, vowel signs and all."""
    save(catalog, Article("एक", "किसानों की सरकार", id="one"))
    save(catalog, Article("दो", "किसानों का बाज़ार", id="two"))
    weights = inverse_document_frequencies(catalog, stems("किसानों सरकार पानी"))
    assert weights["पानी"] > weights["सरकार"] > weights["किसानों"]


def test_a_word_is_told_by_its_vowel_signs(catalog: Catalog) -> None:
    """ "दिल" (heart) is not "दाल" (lentils)."""
    save(catalog, Article("एक", "दाल महँगी है", id="one"))
    assert lexical_search(catalog, "दाल", PUBLIC, 3)
    assert not lexical_search(catalog, "दिल", PUBLIC, 3)


OLD_TRIGGERS = """
    DROP TRIGGER chunks_inserted; DROP TRIGGER chunks_deleted;
    DROP TABLE chunks_vocabulary; DROP TABLE chunks_fts; DROP VIEW chunks_searchable;
    CREATE VIRTUAL TABLE chunks_fts USING fts5(
        title, text, content='chunks', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE chunks_vocabulary USING fts5vocab(chunks_fts, 'row');
    CREATE TRIGGER chunks_inserted AFTER INSERT ON chunks BEGIN
        INSERT INTO chunks_fts(rowid, title, text) VALUES (new.seq, new.title, new.text); END;
    CREATE TRIGGER chunks_deleted AFTER DELETE ON chunks BEGIN
        INSERT INTO chunks_fts(chunks_fts, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text); END;
    INSERT INTO chunks_fts(chunks_fts) VALUES ('rebuild');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with an English and a Chinese article."""
    path = tmp_path / "askwire.db"
    catalog = Catalog(path)
    save(catalog, ROCKETS)
    save(catalog, Article("火箭", "三枚火箭击中了大使馆。", id="zh"))
    catalog.close()
    return path


def terms(catalog: Catalog) -> list[tuple[str, int]]:
    with catalog.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT term, doc FROM chunks_vocabulary ORDER BY term")
        return [(row.term, row.doc) for row in rows]


def test_an_index_of_unfolded_text_is_brought_up(path: Path) -> None:
    """Opening an older database replaces what folding changes; then it is as if it had been made anew."""
    catalog = Catalog(path)
    expected = terms(catalog)
    catalog.close()
    with sqlite3.connect(path) as database:
        database.create_function(SEARCH_TEXT, 1, search_text, deterministic=True)
        database.executescript(OLD_TRIGGERS)
        assert database.execute(
            "SELECT count(*) FROM chunks_vocabulary WHERE term = '三枚火箭击中了大使馆'"
        ).fetchone() == (1,)
    database.close()
    catalog = Catalog(path)
    assert terms(catalog) == expected
    catalog.remove("zh", PUBLIC)
    assert [term for term, _ in terms(catalog) if not term.isascii()] == []
    catalog.close()


def test_an_index_folded_in_another_way_is_made_anew(path: Path) -> None:
    """What an earlier version's function made is not mixed with what this one makes."""
    with sqlite3.connect(path) as database:
        database.create_function(SEARCH_TEXT, 1, search_text, deterministic=True)
        database.create_function("search_text_0", 1, str.upper, deterministic=True)
        (view,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'chunks_searchable'").fetchone()
        triggers = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        database.executescript("DROP VIEW chunks_searchable; DROP TRIGGER chunks_inserted; DROP TRIGGER chunks_deleted")
        for (sql,) in ((view,), *triggers):
            database.execute(sql.replace(SEARCH_TEXT, "search_text_0"))
        database.execute("INSERT INTO chunks_fts(chunks_fts) VALUES ('rebuild')")
    database.close()
    catalog = Catalog(path)
    full_text_is_in_step(catalog)
    assert lexical_search(catalog, "大使馆", PUBLIC, 3)
    catalog.close()


def test_opening_again_changes_nothing(path: Path) -> None:
    """A current index is left alone."""
    catalog = Catalog(path)
    catalog.close()
    before = path.read_bytes()
    Catalog(path).close()
    assert path.read_bytes() == before
