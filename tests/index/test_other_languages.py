"""Questions in other languages than English find their article and its sentence by their words alone."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from index.catalog import Catalog
from index.evidence_sentences import best_sentences
from index.lexical import inverse_document_frequencies, lexical_search
from index.question_types import answer_type
from index.question_words import held_weights
from index.types import PUBLIC, Article
from index.words import stems
from tests.index.test_catalog import save


class Asked(NamedTuple):
    """A question, the article's title, a sentence that says nothing, the sentence that answers."""

    question: str
    title: str
    other: str
    answer: str


ASKED = {
    "es": Asked(
        "¿Cuántos cohetes cayeron sobre la embajada?",
        "Ataque en Bagdad",
        "La capital amaneció con niebla.",
        "Tres cohetes cayeron el domingo sobre la EMBAJADA.",
    ),
    "de": Asked(
        "Warum fährt die Fähre über die Straße von Kertsch nicht?",
        "Schiffe bleiben im Hafen",
        "Der Bürgermeister lud zum Kaffee.",
        "Die FÄHRE über die Strasse von Kertsch liegt wegen des Sturms still.",
    ),
    "ru": Asked(
        "Кто зажёг ёлку на площади?",
        "Праздник в городе",
        "Погода была тёплой.",
        "Елку на площади зажег мэр.",
    ),
    "id": Asked(
        "Berapa rumah terendam banjir di Semarang?",
        "Hujan deras sepanjang malam",
        "Pasar dibuka kembali pada hari Selasa.",
        "Sebanyak 240 rumah terendam banjir di Semarang.",
    ),
    "tr": Asked(
        "DIYARBAKIR'da kaç kişi yaralandı?",
        "Sabah saatlerinde deprem",
        "Okullar açık kaldı.",
        "Diyarbakır'da on iki kişi yaralandı.",
    ),
    "vi": Asked(
        "Bão làm bao nhiêu người mất tích?",
        "Thời tiết xấu",
        "Chợ mở cửa trở lại.",
        "Cơn bão làm bảy người mất tích.",
    ),
    "el": Asked(
        "Πόσοι τραυματίστηκαν στον σεισμό;",
        "Νύχτα αγωνίας",
        "Η αγορά άνοιξε ξανά.",
        "ΣΤΟΝ ΣΕΙΣΜΟ ΤΡΑΥΜΑΤΙΣΤΗΚΑΝ ΕΠΤΑ.",
    ),
    "ar": Asked(
        "كم صاروخاً سقط على السفارة؟",
        "هجوم في بغداد",
        "كان الجو بارداً.",
        "سقط على السفارة ثلاثة صواريخ يوم الأحد.",
    ),
    "he": Asked(
        "מי הדליק את המנורה?",
        "חג בעיר",
        "השוק נפתח.",
        "ראש העיר הִדְלִיק את הַמְּנוֹרָה.",
    ),
    "hi": Asked(
        "किसानों को कितना मुआवज़ा मिला?",
        "सरकार का फ़ैसला",
        "बाज़ार फिर खुल गया।",
        "किसानों को पाँच हज़ार रुपये मुआवज़ा मिला।",
    ),
    "zh": Asked("有几枚火箭击中了大使馆？", "巴格达遇袭", "当天下着小雨。", "三枚火箭周日击中美国大使馆。"),
    "ja": Asked(
        "大使館に何発のロケット弾が落ちた？",
        "バグダッドで攻撃",
        "その日は雨だった。",
        "日曜日、大使館に三発のロケット弾が落ちた。",
    ),
    "ko": Asked(
        "대사관은 누가 공격했습니까?", "바그다드 소식", "그날은 비가 왔다.", "민병대가 일요일 대사관을 공격했다."
    ),
    "th": Asked("น้ำท่วมเชียงใหม่มีผู้เสียชีวิตกี่คน", "ฝนตกหนัก", "ตลาดเปิดอีกครั้ง", "เหตุน้ำท่วมเชียงใหม่ทำให้มีผู้เสียชีวิตสามคน"),
    "lo": Asked("ໃຜສ້າງຂົວໃໝ່", "ຂ່າວເມືອງ", "ຕະຫຼາດເປີດແລ້ວ", "ບໍລິສັດຈີນເປັນຜູ້ສ້າງຂົວໃໝ່"),
    "km": Asked("អ្នកណាសាងសង់ស្ពានថ្មី", "ព័ត៌មានទីក្រុង", "ផ្សារបើកវិញ។", "ក្រុមហ៊ុនចិនសាងសង់ស្ពានថ្មី។"),
    "my": Asked("တံတားသစ်ကို ဘယ်သူဆောက်သလဲ", "မြို့သတင်း", "ဈေးပြန်ဖွင့်ပြီ။", "တရုတ်ကုမ္ပဏီက တံတားသစ်ကို ဆောက်သည်။"),
}


@pytest.fixture
def filled(catalog: Catalog) -> Catalog:
    for language, asked in ASKED.items():
        save(catalog, Article(asked.title, f"{asked.other}\n{asked.answer}", id=language), size=1000)
        save(catalog, Article(asked.title, asked.other, id=f"{language}-other"), size=1000)
    return catalog


@pytest.mark.parametrize("language", ASKED)
def test_a_question_finds_the_article_and_its_sentence(filled: Catalog, language: str) -> None:
    """Accents, case, points and the lack of spaces stand between no question and its answer."""
    asked = ASKED[language]
    found = lexical_search(filled, asked.question, PUBLIC, 5)
    assert found[0][0] == f"{language}-1-0"
    weights = inverse_document_frequencies(filled, stems(asked.question))
    sentences = best_sentences(
        asked.question, filled.evidence(found, PUBLIC), weights, answer_type(asked.question), limit=3
    )
    assert sentences[0].text == asked.answer
    assert sentences[0].overlap > 0.2


def test_places_in_the_article_are_those_of_its_own_text(filled: Catalog) -> None:
    """The folding for the index moves no quotation."""
    found = filled.evidence(lexical_search(filled, ASKED["zh"].question, PUBLIC, 1), PUBLIC)
    article = filled.article("zh", PUBLIC)
    assert article is not None
    (best, *_) = best_sentences("火箭", found, {"火箭": 1.0}, answer_type("?"), 1)
    assert article.text[best.start : best.end] == ASKED["zh"].answer


def test_what_a_sentence_holds_is_told_by_pairs() -> None:
    """The share of a Chinese question that a sentence holds grows with the characters they share."""
    weights = dict.fromkeys(stems("击中大使馆"), 1.0)
    held = [len(held_weights(text, weights)) for text in ("当天下着小雨。", "大使馆关闭。", "火箭击中大使馆。")]
    assert held == [0, 2, 4]


def test_a_question_as_long_as_allowed_can_be_searched(filled: Catalog) -> None:
    """Two thousand characters without a space are two thousand pairs to look for."""
    question = "".join(chr(0x4E00 + n) for n in range(1990)) + "火箭"
    assert lexical_search(filled, question, PUBLIC, 1)
    assert len(inverse_document_frequencies(filled, stems(question))) > 1900
