"""Evidence → Answer: a model writes, code checks; then quotes; then a plain no."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index import candidate_scoring, deciding
from index.answering import Answering
from index.catalog import Catalog
from index.checking import is_verbatim
from index.errors import ModelUnavailableError, ProviderError, QuestionError, StoreError
from index.ingest import ingest
from index.prompts import NOT_STATED
from index.providers.base import Completion, ModelKind
from index.providers.chain import ChainedChatModel
from index.providers.fakes import FakeChatModel
from index.retrieval import Retriever
from index.types import PUBLIC, Answer, Article, Scopes, Status
from tests.index.builders import FERRY, ROCKETS

QUESTION = "How many rockets hit the American embassy?"
DOWN = ModelUnavailableError("The language model openai:x cannot be reached.")


@pytest.fixture(autouse=True)
def plain_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear cases: a passage with most of the question's words answers it, and what is read near them is the answer."""
    monkeypatch.setattr(deciding, "_FOUND", {"constant": -6.0, "passage": 10.0})
    monkeypatch.setattr(deciding, "_READ", {"constant": -6.0, "passage": 10.0})
    monkeypatch.setattr(candidate_scoring, "_WEIGHTS", {"times_read": 3.0, "near_question": 3.0})


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
    assert 0 < answer.timings.retrieval_ms + answer.timings.sentences_ms <= answer.timings.total_ms
    assert answer.timings.tokens == len(model.prompts) > 0
    assert answer.timings.first_token_ms is not None


async def test_a_writer_gives_checked_sentences(filled: Retriever) -> None:
    """Supported sentences stay with their citations, inventions go."""
    model = FakeChatModel(["Three rockets hit the embassy in Baghdad [1]. Ten people died [1]. Trump was angry [1]."])
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three rockets hit the embassy in Baghdad.")
    assert len(answer.sentences) == 1
    assert verbatim(answer, filled.catalog)


INVENTIONS = ["1,200", "ten rockets [1].", "Ten [9].", NOT_STATED, ""]


@pytest.mark.parametrize("reply", INVENTIONS)
async def test_a_writers_reply_that_fails_every_check_becomes_quotes(filled: Retriever, reply: str) -> None:
    """Whatever the model invents, the reader gets the article's own sentence."""
    answer = await Answering(filled, FakeChatModel([reply])).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer, answer.notice) == (Status.QUOTED, None, None)
    assert answer.citations[0].quote.startswith("Three rockets hit")
    assert answer.model == "fake:replies"
    assert verbatim(answer, filled.catalog)


@pytest.mark.parametrize("reply", INVENTIONS)
async def test_a_readers_reply_that_fails_every_check_is_not_heard(filled: Retriever, reply: str) -> None:
    """The likeliest of the articles' own words is the answer then, never the model's."""
    answer = await Answering(filled, FakeChatModel([reply], kind=ModelKind.READER)).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three")
    assert verbatim(answer, filled.catalog)


async def test_a_reading_that_speaks_against_an_answer_declines(
    filled: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the passages alone would have been quoted."""
    monkeypatch.setattr(deciding, "_READ", {"constant": -6.0, "score": 3.0})
    nothing, three = (FakeChatModel([reply], kind=ModelKind.READER) for reply in ("", "three"))
    declined = await Answering(filled, nothing).answer(QUESTION, PUBLIC)
    assert (declined.status, declined.citations, declined.model) == (Status.DECLINED, (), "fake:replies")
    assert (await Answering(filled, three).answer(QUESTION, PUBLIC)).short_answer == "Three"


async def test_without_a_candidate_there_are_quotes(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that covers the question but holds nothing new is quoted, however little was read."""
    monkeypatch.setattr(deciding, "_READ", {"score": 1.0})
    article = Article("A ship", "The small ship sank at the quay of the harbour.", id="ship")
    list(ingest([article], "public", retriever.catalog, retriever.store, retriever.embedder))
    model = FakeChatModel(["the harbour"], kind=ModelKind.READER)
    answer = await Answering(retriever, model).answer("Why sank the small ship at the quay of the harbour?", PUBLIC)
    assert len(model.prompts) > 0
    assert (answer.status, answer.citations[0].article_id) == (Status.QUOTED, "ship")


@pytest.mark.parametrize("kind", list(ModelKind))
@pytest.mark.parametrize("error", [DOWN, ProviderError("The language model openai:x answered with nothing.")])
async def test_a_model_that_fails_is_said_and_quotes_are_given(
    filled: Retriever, kind: ModelKind, error: ProviderError
) -> None:
    """The reader hears that the model is unreachable, and what the articles say."""
    answer = await Answering(filled, FakeChatModel([error], kind=kind)).answer(QUESTION, PUBLIC)
    assert answer.status is Status.QUOTED
    assert answer.notice == f"{error} Here are quotes instead."
    assert answer.model == "fake:replies"
    assert verbatim(answer, filled.catalog)


def link(*replies: str | Completion | Exception, kind: ModelKind, name: str) -> FakeChatModel:
    return FakeChatModel(replies, kind=kind, name=name)


async def test_the_next_model_of_a_chain_is_asked_in_its_own_way(filled: Retriever) -> None:
    """A reader after a writer reads sentences; the answer names it, and says that the first one failed."""
    writer = link(DOWN, kind=ModelKind.WRITER, name="openai:x")
    reader = link("three", kind=ModelKind.READER, name="local:y")
    answer = await Answering(filled, ChainedChatModel([writer, reader])).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer, answer.model) == (Status.ANSWERED, "Three", "local:y")
    assert answer.notice == str(DOWN)
    assert writer.prompts[0].system
    assert not reader.prompts[0].system
    assert f"Question: {QUESTION}\nAnswer" in reader.prompts[0].text


async def test_a_writer_may_follow_a_reader(filled: Retriever) -> None:
    """It gets all the evidence, and its own rules."""
    reader = link(DOWN, kind=ModelKind.READER, name="local:y")
    writer = link("Three rockets hit the embassy [1].", kind=ModelKind.WRITER, name="openai:x")
    answer = await Answering(filled, ChainedChatModel([reader, writer])).answer(QUESTION, PUBLIC)
    assert (answer.short_answer, answer.model) == ("Three rockets hit the embassy.", "openai:x")
    assert (len(reader.prompts), len(writer.prompts)) == (1, 1)
    assert writer.prompts[0].system


async def test_a_chain_that_fails_to_its_end_gives_quotes(filled: Retriever) -> None:
    """The last failure is said, and the first model named."""
    models = [
        link(DOWN, kind=ModelKind.WRITER, name="openai:x"),
        link(ProviderError("The local model y cannot read."), kind=ModelKind.READER, name="local:y"),
    ]
    answer = await Answering(filled, ChainedChatModel(models)).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.model) == (Status.QUOTED, "openai:x")
    assert answer.notice == "The local model y cannot read. Here are quotes instead."


async def test_a_first_model_that_answers_is_the_only_one_asked(filled: Retriever) -> None:
    """Also when what it writes fails the checks: that is no failure of the model."""
    for reply in ("Three rockets hit the embassy [1].", NOT_STATED):
        first, second = link(reply, kind=ModelKind.WRITER, name="a:1"), link("x", kind=ModelKind.READER, name="b:2")
        answer = await Answering(filled, ChainedChatModel([first, second])).answer(QUESTION, PUBLIC)
        assert (answer.model, answer.notice, second.prompts) == ("a:1", None, [])


async def test_a_model_that_was_down_is_not_asked_the_next_question(filled: Retriever) -> None:
    """It rests, and nothing more is said of it."""
    writer = link(DOWN, kind=ModelKind.WRITER, name="openai:x")
    answering = Answering(filled, ChainedChatModel([writer, link("three", kind=ModelKind.READER, name="local:y")]))
    await answering.answer(QUESTION, PUBLIC)
    again = await answering.answer(QUESTION, PUBLIC)
    assert (again.model, again.notice, len(writer.prompts)) == ("local:y", None, 1)


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_quotes_are_not_announced_where_there_are_none(
    filled: Retriever, kind: ModelKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that failed is said, and that the articles don't say."""
    monkeypatch.setattr(deciding, "_FOUND", {"constant": -1.0})
    answer = await Answering(filled, FakeChatModel([DOWN], kind=kind)).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.notice) == (Status.DECLINED, str(DOWN))


NOW = datetime(2024, 6, 1, tzinfo=UTC)


def hail(retriever: Retriever) -> None:
    """Two reports: an old one of three balls, a new one of four."""
    reports = {
        "a": ("Hail", "In Graz, 3 balls of hail fell.", 400),
        "b": ("4 balls", "In Graz, 4 balls of hail fell.", 2),
    }
    for name, (title, text, days) in reports.items():
        article = Article(title, text, id=name, published_at=NOW - timedelta(days=days))
        list(ingest([article], "public", retriever.catalog, retriever.store, retriever.embedder))


async def test_when_was_asked_reaches_the_search(filled: Retriever) -> None:
    """Of two reports that are alike, the one of the days before the question is the first evidence."""
    hail(filled)
    for asked_at, order in ((NOW, ["b", "a"]), (None, ["a", "b"])):
        answer = await Answering(filled, None).answer("Where did hail fall? 3", PUBLIC, asked_at)
        assert [item.article_id for item in answer.evidence[:2]] == order


@pytest.mark.parametrize("weights", [{"recent": -1.0}, {"in_title": -1.0}])
async def test_candidates_are_weighed_by_the_articles_they_stand_in(
    retriever: Retriever, weights: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their age when was asked, and by their titles; here what is old and in no title is preferred."""
    monkeypatch.setattr(candidate_scoring, "_WEIGHTS", weights)
    hail(retriever)
    model = FakeChatModel([""], kind=ModelKind.READER)
    answer = await Answering(retriever, model).answer("How many balls of hail fell on Graz?", PUBLIC, NOW)
    assert answer.short_answer == "3"


async def test_a_plain_no_names_what_there_is_on_the_subject(filled: Retriever) -> None:
    """Whoever asks for the cost of the canteen learns of the article on it."""
    answer = await Answering(filled, None).answer("How much did repairs to the embassy canteen cost?", PUBLIC)
    assert (answer.status, [related.article_id for related in answer.related]) == (Status.DECLINED, ["rockets"])


async def test_what_is_said_otherwise_stands_beside_a_written_answer(filled: Retriever) -> None:
    """A writer that tells one value is checked for others in the articles."""
    text = "Five rockets hit the American embassy in Baghdad on Sunday evening, the army said."
    other = replace(ROCKETS, id="other", title="Embassy in Baghdad hit", text=text, url="https://other.example/1")
    list(ingest([other], "public", filled.catalog, filled.store, filled.embedder))
    shown = [item.article_id for item in filled.retrieve(QUESTION, PUBLIC)]
    model = FakeChatModel([f"Three rockets hit the American embassy in Baghdad [{shown.index('rockets') + 1}]."])
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
    assert answer.short_answer == "Three rockets hit the American embassy in Baghdad."
    assert [conflict.value for conflict in answer.conflicts] == ["Five"]


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
