"""From articles to what a reader sees when they differ, list or lack something; the small model's part is played."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.answer_text import answer_text
from index.answering import Answering
from index.evidence_sentences import best_sentences
from index.ingest import ingest
from index.lexical import question_weights
from index.providers.base import ModelKind
from index.providers.fakes import FakeChatModel
from index.question_types import answer_type
from index.quoting import quoted_answer
from index.related import related_articles
from index.retrieval import Retriever
from index.sources.files import read_file
from index.types import PUBLIC, Answer, Article, Status

SEED = Path(__file__).parents[2].parent / "shared" / "seed"
FIRST = Article(
    id="first",
    title="Bus crash near Split",
    text="Nine people died when a bus overturned on the coast road near Split, police said. The bus came from Zadar.",
    source="Reuters",
    published_at=datetime(2025, 5, 3, 9, tzinfo=UTC),
)
LATER = replace(
    FIRST,
    id="later",
    text="Twelve people died when a bus overturned on the coast road near Split, the hospital said. Rain had fallen.",
    source="BBC",
    published_at=datetime(2025, 5, 5, 9, tzinfo=UTC),
)
TREATY = Article(
    id="treaty",
    title="Fishing treaty signed",
    text="Norway, Sweden and Finland signed the fishing treaty in Oslo. The ministers shook hands.",
    source="AFP",
    published_at=datetime(2025, 5, 6, tzinfo=UTC),
)
DIED = "How many people died when the bus overturned near Split?"


def fill(retriever: Retriever, *articles: Article) -> None:
    list(ingest(articles, "public", retriever.catalog, retriever.store, retriever.embedder))


def quoted(retriever: Retriever, question: str) -> Answer:
    """The answer without a model, whatever speaks against answering at all."""
    evidence = retriever.retrieve(question, PUBLIC)
    weights = question_weights(retriever.catalog, question)
    sentences = best_sentences(question, evidence, weights, answer_type(question), 30)
    return quoted_answer(question, sentences)


async def test_a_reader_hears_of_the_update(retriever: Retriever) -> None:
    """The newest toll answers, the older one is said as such, each with its quote."""
    fill(retriever, FIRST, LATER)
    for reply in ("Nine", "Twelve"):
        model = FakeChatModel([reply], kind=ModelKind.READER)
        answer = await Answering(retriever, model).answer(DIED, PUBLIC)
        assert answer_text(answer).split("\n")[:3] == [
            "Twelve [1]",
            "5 May: Twelve (BBC) [1] · earlier, 3 May: Nine (Reuters) [2]",
            f"“{LATER.text.split('. ')[0]}.” [1]",
        ]


async def test_a_reader_hears_of_the_contradiction(retriever: Retriever) -> None:
    """Two reports of one morning: neither is picked silently."""
    fill(retriever, FIRST, replace(LATER, published_at=FIRST.published_at))
    answer = await Answering(retriever, FakeChatModel(["Nine"], kind=ModelKind.READER)).answer(DIED, PUBLIC)
    first, *_ = answer_text(answer).split("\n")
    assert first.startswith("Reports differ: ")
    assert "Nine (Reuters, 3 May)" in first and "Twelve (BBC, 3 May)" in first


def test_without_a_model_reports_differ_too(retriever: Retriever) -> None:
    """The quotes' own numbers are compared."""
    fill(retriever, FIRST, LATER)
    answer = quoted(retriever, DIED)
    assert answer_text(answer).startswith("5 May: Twelve (BBC) [1] · earlier, 3 May: Nine (Reuters) [2]\n")
    assert [citation.answer_words for citation in answer.citations[:2]] == ["Twelve", "Nine"]


def test_how_a_toll_changed(retriever: Retriever) -> None:
    """A value of each day, in order of time."""
    fill(retriever, LATER, FIRST)
    answer = quoted(retriever, "How did the death toll change when the bus overturned near Split?")
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Nine (3 May) → Twelve (5 May)")


def test_a_list_is_answered_whole(retriever: Retriever) -> None:
    """All names of the one list in the best sentence, and no day or place beside it."""
    fill(retriever, TREATY, FIRST)
    answer = quoted(retriever, "Which countries signed the fishing treaty?")
    assert answer_text(answer).startswith("Norway, Sweden and Finland [1]\n“Norway, Sweden and Finland signed")


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies outside this repository and is not here")
@pytest.mark.parametrize("question", ["Were there any casualties?", "How many were injured?"])
def test_the_seed_articles_headline_and_its_text(retriever: Retriever, question: str) -> None:
    """ "No Casualties" above, one minor injury below: both are shown first."""
    fill(retriever, *read_file((SEED / "embassy-rockets.txt").read_bytes(), "embassy-rockets.txt"))
    answer = quoted(retriever, question)
    first, second, *_ = answer_text(answer).split("\n")
    assert first.startswith("The headline says “No Casualties”, the text “one minor injury victim")
    assert second.startswith("“The attack resulted in one minor injury victim.” [1]")


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies outside this repository and is not here")
def test_the_seed_article_disagrees_on_nothing_else(retriever: Retriever) -> None:
    """Its other numbers count other things."""
    fill(retriever, *read_file((SEED / "embassy-rockets.txt").read_bytes(), "embassy-rockets.txt"))
    for question in (
        "How many rockets hit?",
        "How many US troops are based in Iraq?",
        "How many people have died since the protests began?",
        "When did the attack happen?",
        "What time did the AFP correspondent hear the thump?",
    ):
        assert quoted(retriever, question).conflicts == (), question


def test_what_there_is_on_the_subject(retriever: Retriever) -> None:
    """The article about the treaty, when its ministers' names are asked for; nothing for a cup."""
    fill(retriever, TREATY, FIRST)
    for question, ids in (("Who drafted the fishing treaty?", ["treaty"]), ("Who won the 2022 World Cup?", [])):
        evidence = retriever.retrieve(question, PUBLIC)
        found = related_articles(question, evidence, question_weights(retriever.catalog, question))
        assert [related.article_id for related in found] == ids
