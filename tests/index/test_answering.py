"""Evidence → Answer: a model writes, code checks; then quotes; then a plain no."""

from __future__ import annotations

import pytest

from index.answering import Answering
from index.catalog import Catalog
from index.checking import is_verbatim
from index.errors import ModelUnavailableError, ProviderError, QuestionError, StoreError
from index.ingest import ingest
from index.prompts import NOT_STATED
from index.providers.base import Completion, ModelKind
from index.providers.fakes import FakeChatModel
from index.retrieval import Retriever
from index.types import PUBLIC, Answer, Scopes, Status
from tests.index.builders import FERRY, ROCKETS

QUESTION = "How many rockets hit the American embassy?"
DOWN = ModelUnavailableError("The language model openai:x cannot be reached.")


@pytest.fixture
def filled(retriever: Retriever) -> Retriever:
    list(ingest([ROCKETS, FERRY], "public", retriever.catalog, retriever.store, retriever.embedder))
    return retriever


def verbatim(answer: Answer, catalog: Catalog) -> bool:
    """Whether every quote is the article's own text, and there is one."""
    found = [(citation, catalog.article(citation.article_id, PUBLIC)) for citation in answer.citations]
    return bool(found) and all(article is not None and is_verbatim(citation, article) for citation, article in found)


async def test_a_reader_gives_a_short_answer_with_its_sentence(filled: Retriever) -> None:
    """The value, the sentence it stands in, what was read, and how long it took."""
    model = FakeChatModel(["three"], kind=ModelKind.READER)
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer, answer.notice) == (Status.ANSWERED, "Three", None)
    assert answer.citations[0].quote.startswith("Three rockets hit the American embassy")
    assert verbatim(answer, filled.catalog)
    assert answer.evidence[0].article_id == "rockets"
    assert answer.model == "fake:replies"
    assert 0 < answer.timings.retrieval_ms <= answer.timings.total_ms
    assert answer.timings.first_token_ms is not None


async def test_a_writer_gives_checked_sentences(filled: Retriever) -> None:
    """Supported sentences stay with their citations, inventions go."""
    model = FakeChatModel(["Three rockets hit the embassy in Baghdad [1]. Ten people died [1]. Trump was angry [1]."])
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three rockets hit the embassy in Baghdad.")
    assert len(answer.sentences) == 1
    assert verbatim(answer, filled.catalog)


@pytest.mark.parametrize("kind", list(ModelKind))
@pytest.mark.parametrize("reply", ["1,200", "ten rockets [1].", "Ten [9].", NOT_STATED, ""])
async def test_a_reply_that_fails_every_check_becomes_quotes(filled: Retriever, kind: ModelKind, reply: str) -> None:
    """Whatever the model invents, the reader gets the article's own sentence."""
    answer = await Answering(filled, FakeChatModel([reply], kind=kind)).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer, answer.notice) == (Status.QUOTED, None, None)
    assert answer.citations[0].quote.startswith("Three rockets hit")
    assert verbatim(answer, filled.catalog)


async def test_an_unsure_reader_becomes_quotes(filled: Retriever) -> None:
    """A grounded answer of low probability is not given as the answer."""
    model = FakeChatModel([Completion("Three", 1, -3.0)], kind=ModelKind.READER)
    assert (await Answering(filled, model).answer(QUESTION, PUBLIC)).status is Status.QUOTED


@pytest.mark.parametrize("kind", list(ModelKind))
@pytest.mark.parametrize("error", [DOWN, ProviderError("The language model openai:x answered with nothing.")])
async def test_a_model_that_fails_is_said_and_quotes_are_given(
    filled: Retriever, kind: ModelKind, error: ProviderError
) -> None:
    """The reader hears that the model is unreachable, and what the articles say."""
    answer = await Answering(filled, FakeChatModel([error], kind=kind)).answer(QUESTION, PUBLIC)
    assert answer.status is Status.QUOTED
    assert answer.notice == f"{error} Here are quotes instead."
    assert verbatim(answer, filled.catalog)


async def test_without_a_model_there_are_quotes(filled: Retriever) -> None:
    """`none` is a choice, not a fault: no notice, no model's name."""
    answer = await Answering(filled, None).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.notice, answer.model) == (Status.QUOTED, None, None)


@pytest.mark.parametrize("question", ["Was anyone slightly hurt?", "What did a spokesman say about the attack?"])
async def test_a_small_model_is_not_asked_what_it_cannot_do(filled: Retriever, question: str) -> None:
    """Yes-or-no questions and statements are answered by the sentence itself."""
    model = FakeChatModel(["no"], kind=ModelKind.READER)
    answer = await Answering(filled, model).answer(question, PUBLIC)
    assert (answer.status, model.prompts) == (Status.QUOTED, [])


@pytest.mark.parametrize("kind", [*ModelKind, None])
@pytest.mark.parametrize("question", ["Who won the 2022 World Cup?", "How much did repairs to the canteen cost?"])
async def test_what_the_articles_dont_say_is_declined(filled: Retriever, kind: ModelKind | None, question: str) -> None:
    """A model that would answer anyway changes nothing."""
    model = FakeChatModel(["Argentina won for 3 million euros [1]."], kind=kind) if kind else None
    answer = await Answering(filled, model).answer(question, PUBLIC)
    assert (answer.status, answer.short_answer, answer.citations) == (Status.DECLINED, None, ())


async def test_an_empty_index_declines_without_asking_a_model(retriever: Retriever) -> None:
    """With no evidence there is nothing to write from."""
    for kind in ModelKind:
        model = FakeChatModel(["three"], kind=kind)
        answer = await Answering(retriever, model).answer(QUESTION, PUBLIC)
        assert (answer.status, answer.evidence, model.prompts) == (Status.DECLINED, (), [])


async def test_another_chats_articles_are_never_shown_to_the_model(filled: Retriever) -> None:
    """Neither the answer nor the prompt holds a word of another scope."""
    model = FakeChatModel(["Three [1]."])
    answer = await Answering(filled, model).answer(QUESTION, Scopes.of("chat:1"))
    assert (answer.status, answer.evidence, model.prompts) == (Status.DECLINED, (), [])


@pytest.mark.parametrize(("question", "words"), [("", "empty"), ("?", "empty"), ("a" * 5000, "5,000 characters")])
async def test_a_bad_question_is_an_error(filled: Retriever, question: str, words: str) -> None:
    """It is refused before anything is searched."""
    with pytest.raises(QuestionError, match=words):
        await Answering(filled, None).answer(question, PUBLIC)


async def test_a_failing_index_is_an_error(filled: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that fails is not taken for articles that don't say."""

    def fail(*_: object) -> None:
        raise StoreError("The vector index cannot be searched: gone")

    monkeypatch.setattr(type(filled.store), "search", fail)
    with pytest.raises(StoreError, match="searched"):
        await Answering(filled, None).answer(QUESTION, PUBLIC)
