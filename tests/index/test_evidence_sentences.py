"""The sentences of the evidence that are most likely to answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.evidence_sentences import best_sentences
from index.question_types import AnswerType
from index.words import content_words, stem
from tests.index.builders import make_evidence

TEXT = "The harbour was calm. Three rockets hit the embassy at dinner. The weather stayed dry."
QUESTION = "How many rockets hit the embassy?"


def weights_of(question: str) -> dict[str, float]:
    return {stem(word): 1.0 for word in content_words(question)}


def test_the_sentence_with_the_questions_words_comes_first() -> None:
    """Its overlap is the share of the question's words it holds, and its place is in the article."""
    best = best_sentences(QUESTION, [make_evidence(TEXT, start=100)], weights_of(QUESTION), AnswerType.COUNT, 3)[0]
    assert best.text == "Three rockets hit the embassy at dinner."
    assert best.overlap == pytest.approx(1.0)
    assert (best.start, best.end) == (100 + TEXT.index("Three"), 100 + TEXT.index("Three") + len(best.text))
    assert best.before == "The harbour was calm."


def test_rare_words_weigh_more() -> None:
    """A sentence with the one rare word goes before one with the common word."""
    evidence = [make_evidence("The embassy stood there. The canteen stood there.")]
    best = best_sentences("embassy canteen", evidence, {"embassi": 1.0, "canteen": 5.0}, AnswerType.OTHER, 2)
    assert best[0].text == "The canteen stood there."


def test_a_count_is_looked_for_where_a_number_stands() -> None:
    """Between sentences with the same words, the one that holds the kind of answer wins by far."""
    text = "Rockets hit the embassy. The embassy was empty when 3 rockets came."
    best = best_sentences(QUESTION, [make_evidence(text)], weights_of(QUESTION), AnswerType.COUNT, 2)
    assert [sentence.text for sentence in best] == [
        "The embassy was empty when 3 rockets came.",
        "Rockets hit the embassy.",
    ]
    assert best[1].overlap > best[0].overlap - 0.5
    assert best[0].score - best[1].score > 0.5


def test_synonyms_count_in_part() -> None:
    """ "Injured" answers a question about the hurt, a little less than "hurt" itself."""
    found = best_sentences(
        "hurt", [make_evidence("One was injured. One was hurt. One was there.")], {"hurt": 1.0}, AnswerType.OTHER, 3
    )
    assert [round(sentence.overlap, 2) for sentence in found] == [1.0, 0.7, 0.0]


def test_the_title_helps_its_sentences() -> None:
    """Of two equal sentences, the one below a title with the question's words is preferred."""
    evidence = [
        make_evidence("One person died.", "Ferry runs aground", article_id="ferry"),
        make_evidence("One person died there.", "Rockets hit embassy", article_id="rockets"),
    ]
    best = best_sentences(
        "Who died in the embassy rockets?", evidence, weights_of("died embassy rockets"), AnswerType.OTHER, 2
    )
    assert best[0].evidence.article_id == "rockets"


def test_an_earlier_rank_breaks_a_tie_and_copies_count_once() -> None:
    """The same sentence in two articles is taken once, from the passage that was found first."""
    evidence = [make_evidence(TEXT, article_id=name) for name in ("first", "second")]
    best = best_sentences(QUESTION, evidence, weights_of(QUESTION), AnswerType.COUNT, 10)
    assert len(best) == 3
    assert {sentence.evidence.article_id for sentence in best} == {"first"}


def test_similarity_can_turn_the_order() -> None:
    """A sentence that means the same is lifted even when it shares no word."""
    asked: list[tuple[str, list[str]]] = []

    def similarity(question: str, texts: Sequence[str]) -> list[float]:
        asked.append((question, list(texts)))
        return [1.0 if "limping" in text else 0.0 for text in texts]

    evidence = [make_evidence("The dog slept. Somebody was limping.")]
    best = best_sentences("Was anyone hurt?", evidence, {"hurt": 1.0}, AnswerType.OTHER, 2, similarity)
    assert [(sentence.text, sentence.similarity) for sentence in best] == [
        ("Somebody was limping.", 1.0),
        ("The dog slept.", 0.0),
    ]
    assert asked == [("Was anyone hurt?", ["The dog slept.", "Somebody was limping."])]


def test_names_that_the_question_does_not_tell_are_news() -> None:
    """A sentence with such a name goes before one that repeats the question's; its first word is no name."""
    texts = ["Later the Ferry Marta stopped.", "Later the Ferry Rosalia stopped.", "Then the ship stopped."]
    question, weights = "Which ferry stopped the Marta?", {"stop": 1.0}
    best = best_sentences(question, [make_evidence(" ".join(texts))], weights, AnswerType.OTHER, 3)
    assert best[0].text == texts[1]
    assert best[0].score - best[1].score > 0.1


def test_more_names_than_five_are_no_more_news() -> None:
    """A list of teams does not crowd out the sentence that tells one; of equals the earlier one is first."""
    five = "Then Oslo, Rome, Bonn, Graz and Linz won."
    more = "Then Oslo, Rome, Bonn, Graz, Linz, Bern, Lyon and Riga won."
    best = best_sentences("Who won?", [make_evidence(f"{five} {more}")], {"win": 1.0}, AnswerType.OTHER, 2)
    assert [sentence.text for sentence in best] == [five, more]


def test_a_quantity_is_news_by_its_numbers() -> None:
    """Names say nothing where a number is asked for, more numbers say more."""
    texts = ["Then 3 rockets fell at 5.", "Then 3 rockets fell.", "Then three rockets fell on Rome and Oslo."]
    best = best_sentences(QUESTION, [make_evidence(" ".join(texts))], {"rocket": 1.0}, AnswerType.COUNT, 3)
    assert [sentence.text for sentence in best] == texts


def test_the_beginning_of_an_article_is_preferred() -> None:
    """The same sentence counts less the further back it stands, also in a passage from the article's middle."""
    early, late = (make_evidence(f"Rocket {n} fell.", article_id=str(n), start=n * 3000) for n in (0, 1))
    best = best_sentences(QUESTION, [late, early], {"rocket": 1.0}, AnswerType.OTHER, 2)
    assert [sentence.evidence.article_id for sentence in best] == ["0", "1"]


def test_what_is_not_compared_has_no_similarity() -> None:
    """Without a similarity to ask, it is 0."""
    best = best_sentences(QUESTION, [make_evidence(TEXT)], weights_of(QUESTION), AnswerType.COUNT, 3)
    assert {sentence.similarity for sentence in best} == {0.0}


def test_no_evidence_gives_no_sentences() -> None:
    """Nothing comes of nothing, also with a similarity to ask."""
    assert best_sentences(QUESTION, [], {}, AnswerType.COUNT, 5) == []
    assert best_sentences(QUESTION, [], {}, AnswerType.COUNT, 5, lambda _question, _texts: []) == []


def test_at_most_32_sentences_are_compared_and_the_limit_is_kept() -> None:
    """The costly comparison is for the best few, and the caller gets no more than asked for."""
    text = " ".join(f"Rocket number {n} fell." for n in range(60))
    compared: list[int] = []

    def similarity(_question: str, texts: Sequence[str]) -> list[float]:
        compared.append(len(texts))
        return [0.0] * len(texts)

    best = best_sentences(QUESTION, [make_evidence(text)], weights_of(QUESTION), AnswerType.COUNT, 8, similarity)
    assert (len(best), compared) == (8, [32])
