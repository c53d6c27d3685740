"""Sentences in one language against evidence in another: nothing false passes, much that is true does."""

from __future__ import annotations

import pytest

from index.checking import unsupported_claims
from index.foreign.claims import Facts, common_facts
from index.writing import CheckedText
from tests.index.builders import ROCKETS, make_evidence
from tests.index.sentences_abroad import FALSE, TRUE

EVIDENCE = [
    make_evidence(
        ROCKETS.text, ROCKETS.title, article_id="rockets", source=ROCKETS.source, published_at=ROCKETS.published_at
    )
]
# Of ten true sentences; the others have no number, day, place or name that a sentence of the article has.
KEPT = {"de": 6, "es": 6, "ru": 7, "id": 7, "ar": 7}


def kept(sentence: str) -> CheckedText:
    checked = CheckedText(EVIDENCE, {})
    checked.take(f"{sentence[:-1]} [1].", whole=True)
    return checked


@pytest.mark.parametrize("sentence", [sentence for language in FALSE for sentence in FALSE[language]])
def test_nothing_false_passes(sentence: str) -> None:
    """A wrong number, place, people, name, weekday or date is found in every language, without looking at the quote."""
    assert unsupported_claims(sentence, EVIDENCE)
    assert not kept(sentence).kept


@pytest.mark.parametrize("language", TRUE)
def test_much_that_is_true_passes(language: str) -> None:
    """What can be told apart passes, with a sentence of the article word for word."""
    found = [(sentence, checked) for sentence in TRUE[language] if (checked := kept(sentence)).kept]
    assert len(found) >= KEPT[language]
    for sentence, checked in found:
        assert [text for text, _ in checked.kept] == [sentence]
        assert all(ROCKETS.text[one.start : one.end] == one.quote for one in checked.cited.items)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Am Sonntag trafen drei Raketen die Botschaft.", "Three rockets hit"),
        ("В Ираке находятся 5200 солдат США.", "About 5,200 American"),
        ("Satu orang terluka ringan pada hari itu di sana.", "One person was"),
    ],
)
def test_the_quote_is_the_sentence_with_most_facts(sentence: str, quote: str) -> None:
    """The quote under a sentence is the one that says what it says."""
    (cited,) = kept(sentence).cited.items
    assert cited.quote.startswith(quote)


@pytest.mark.parametrize(
    "sentence",
    [
        "В Baghdad попали три ракеты, сообщила The Daily Example.",
        "سقطت ثلاثة صواريخ على السفارة في Baghdad.",
        "Drei Raketen trafen die Botschaft in Baghdad.",
    ],
)
def test_names_may_be_copied_from_the_passage(sentence: str) -> None:
    """A name in the article's own letters is the same name."""
    assert unsupported_claims(sentence, EVIDENCE) == []


@pytest.mark.parametrize(
    ("sentence", "article", "missing"),
    [
        ("Three rockets hit Baghdad on Sunday.", "Drei Raketen trafen am Sonntag die Botschaft in Bagdad.", []),
        ("Four rockets hit Baghdad.", "Drei Raketen trafen am Sonntag die Botschaft in Bagdad.", ["4"]),
        ("The rockets fell on Monday.", "Raketen trafen am Sonntag die Botschaft in Bagdad.", ["Monday"]),
        ("Drei Raketen trafen die Stadt.", "En la ciudad cayeron tres cohetes, según dijo un portavoz.", []),
        ("Vier Raketen trafen die Stadt.", "In der Stadt schlugen drei Raketen ein.", ["4"]),
        ("Am 3. März wurden drei Menschen verletzt.", "Two people were hurt on March 3, the police said.", ["3"]),
        ("Am 4. März starben zwei Menschen.", "Two people were killed in March, the police said.", ["(None, 3, 4)"]),
        ("Es waren Hunderte Menschen auf der Straße.", "There were 150 people in the street.", ["at least 200"]),
        ("Es waren Hunderte Menschen auf der Straße.", "There were 450 people in the street.", []),
        ("Es waren Hunderte Menschen auf der Straße.", "There were 5,200 people in the street.", ["at least 200"]),
        ("Es waren Hunderte Menschen auf der Straße.", "There were hundreds of people in the street.", []),
    ],
)
def test_any_two_languages(sentence: str, article: str, missing: list[str]) -> None:
    """The article may be in another language as well; a day of the month supports no other number."""
    found = unsupported_claims(sentence, [make_evidence(article)])
    assert [claim.removeprefix("place ") for claim in found if "/" not in claim] == missing


@pytest.mark.parametrize(
    "sentence",
    [
        "Trois roquettes ont touché l'ambassade à Baghdad.",
        "Три ракети влучили у посольство в Baghdad, їх бачили.",
        "三枚火箭击中了 Baghdad 的大使馆。",
        "سه راکت به سفارت در Baghdad اصابت کرد و گفته شد.",
    ],
)
def test_a_language_that_cannot_be_checked(sentence: str) -> None:
    """A sentence in a language whose numbers and names are not known here is dropped, though it may be true."""
    assert unsupported_claims(sentence, EVIDENCE) == ["language"]


def test_an_articles_own_language_is_as_good_as_english() -> None:
    """In a language that is not known here, an answer to an article in the same one is checked as before."""
    article = make_evidence("Trois roquettes ont touché dimanche l'ambassade à Bagdad, selon les autorités.")
    assert unsupported_claims("L'ambassade à Bagdad a été touchée par des roquettes.", [article]) == []
    assert "Téhéran" in unsupported_claims("L'ambassade à Téhéran a été touchée par des roquettes.", [article])


def test_a_sentence_too_short_to_tell_its_language() -> None:
    """Its numbers in words are checked in every language that they could be in."""
    article = [make_evidence("Trump won three states.")]
    assert unsupported_claims("Trump ganó cuatro estados.", article) == ["4"]
    assert unsupported_claims("Trump ganó tres estados.", article) == []


def test_facts_in_common() -> None:
    """What two texts share is counted over languages: numbers, days, places and names."""
    text = "On Sunday Olaf Scholz met three ministers in Berlin."
    assert common_facts("Am Sonntag traf Scholz drei Minister in Berlin.", text) == 4
    assert common_facts("В воскресенье Шольц был в Берлине.", text) == 3
    assert common_facts("Nichts davon geschah hier.", text) == 0
    assert Facts.of(text, "en").numbers == {"3"}
