"""What goes with a question beside its answer: how far it is, what it costs, and doing without a model."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from math import ceil

import pytest

from index.answering import Answering
from index.errors import ModelUnavailableError
from index.ingest import ingest
from index.providers.base import Completion, Listener, ModelKind, OnText, Prompt, Vectors
from index.providers.chain import ChainedChatModel
from index.providers.fakes import FakeChatModel, FakeEmbedder
from index.retrieval import Retriever
from index.types import PUBLIC, Answer, ModelUsage, Progress, Status, Timings, Turn
from tests.index.builders import FERRY, ROCKETS

QUESTION = "How many rockets hit the American embassy?"
ONE, TWO = "Three rockets hit the embassy in Baghdad [1].", "One person was slightly hurt [1]."
OTHER = "Three rockets hit the American embassy in Baghdad [1]."
SHOWN = "Three rockets hit the embassy in Baghdad. [1]\nOne person was slightly hurt. [2]"


@pytest.fixture
def filled(retriever: Retriever) -> Retriever:
    list(ingest([ROCKETS, FERRY], "public", retriever.catalog, retriever.store, retriever.embedder))
    return retriever


def told(heard: list[Progress]) -> list[tuple[str, str]]:
    return [(progress.stage, progress.text) for progress in heard]


def plain(answer: Answer) -> Answer:
    """Without the times, which differ from run to run."""
    return replace(
        answer, timings=replace(answer.timings, retrieval_ms=0, sentences_ms=0, total_ms=0, first_token_ms=0)
    )


class Failing(FakeChatModel):
    """Writes a sentence that passes and the beginning of one, then breaks off for good."""

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        self.prompts.append(prompt)
        if on_text:
            on_text(f"{ONE} Some")
        failure = ModelUnavailableError("The language model a:1 broke off.")
        failure.prompt_tokens, failure.tokens = 100, 20
        raise failure


async def test_a_writer_is_heard_sentence_by_sentence(filled: Retriever) -> None:
    """Searching, reading, then the checked text as it grows; the invented sentence is never heard."""
    heard: list[Progress] = []
    model = FakeChatModel([f"{ONE} Ten people died [1]. {TWO}"])
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC, on_progress=heard.append)
    assert told(heard) == [
        ("searching", ""),
        ("reading", ""),
        ("writing", ""),
        ("writing", SHOWN.partition("\n")[0]),
        ("writing", SHOWN),
    ]
    assert plain(answer) == plain(await Answering(filled, model).answer(QUESTION, PUBLIC))


@pytest.mark.parametrize("kind", [ModelKind.READER, None])
async def test_a_reader_searches_and_reads_once(filled: Retriever, kind: ModelKind | None) -> None:
    """There is nothing to see of a short answer while it is made; the same without a model."""
    heard: list[Progress] = []
    model = FakeChatModel(["three"], kind=kind) if kind else None
    await Answering(filled, model).answer(QUESTION, PUBLIC, on_progress=heard.append)
    assert told(heard) == [("searching", ""), ("reading", "")]


async def test_a_chain_starts_the_text_over(filled: Retriever) -> None:
    """What the first model wrote is taken back when it fails, whatever the next one is."""
    for second, following in (
        (FakeChatModel([OTHER], name="b:2"), [("writing", ""), ("writing", OTHER.replace(" [1].", ". [1]"))]),
        (FakeChatModel(["three"], kind=ModelKind.READER, name="b:2"), [("reading", "")]),
    ):
        heard: list[Progress] = []
        chain = ChainedChatModel([Failing(name="a:1"), second])
        answer = await Answering(filled, chain).answer(QUESTION, PUBLIC, on_progress=heard.append)
        assert told(heard)[2:] == [("writing", ""), ("writing", SHOWN.partition("\n")[0]), *following]
        assert answer.model == "b:2"


async def test_a_stream_that_is_cut_starts_the_text_over(filled: Retriever) -> None:
    """The model is asked again, and the answer is that of its second attempt."""

    class Cut(FakeChatModel):
        async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
            assert isinstance(on_text, Listener)
            on_text(f"{OTHER} And")
            on_text.start_over()
            return await super().complete(prompt, on_text)

    heard: list[Progress] = []
    answer = await Answering(filled, Cut([ONE])).answer(QUESTION, PUBLIC, on_progress=heard.append)
    texts = [text for stage, text in told(heard) if stage == "writing"]
    assert texts == ["", OTHER.replace(" [1].", ". [1]"), "", "Three rockets hit the embassy in Baghdad. [1]"]
    assert answer.short_answer == "Three rockets hit the embassy in Baghdad."


async def test_a_listener_that_fails_does_not_break_the_answer(filled: Retriever) -> None:
    """Nor is it the model that is said to have failed."""

    def fail(_: Progress) -> None:
        raise RuntimeError("the chat is gone")

    answer = await Answering(filled, FakeChatModel([ONE])).answer(QUESTION, PUBLIC, on_progress=fail)
    assert (answer.status, answer.notice) == (Status.ANSWERED, None)


async def test_progress_is_told_on_the_event_loop(filled: Retriever) -> None:
    """A listener may touch what belongs to the loop."""
    loops: list[asyncio.AbstractEventLoop] = []
    for model in (FakeChatModel([ONE]), FakeChatModel(["three"], kind=ModelKind.READER)):
        await Answering(filled, model).answer(
            QUESTION, PUBLIC, on_progress=lambda _: loops.append(asyncio.get_running_loop())
        )
    assert set(loops) == {asyncio.get_running_loop()}


async def test_the_event_finds_the_passage_and_the_question_its_sentence(filled: Retriever) -> None:
    """A follow-up question is answered by what it asks, not by the sentence that tells of the event again."""
    history = [Turn("How many rockets hit the American embassy in Baghdad?", "Three")]
    answer = await Answering(filled, None).answer("was anyone hurt?", PUBLIC, history=history)
    assert answer.understood_as == "Was anyone hurt when rockets hit the American embassy in Baghdad?"
    assert answer.evidence[0].article_id == "rockets"
    assert answer.citations[0].quote == "One person was slightly hurt."


async def test_sentences_are_compared_with_what_is_asked(filled: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not with the event, which passages were found by."""
    compared: list[str] = []
    embed_query = FakeEmbedder.embed_query

    def record(self: FakeEmbedder, text: str) -> Vectors:
        compared.append(text)
        return embed_query(self, text)

    monkeypatch.setattr(FakeEmbedder, "embed_query", record)
    history = [Turn("How many rockets hit the American embassy in Baghdad?", "Three")]
    answer = await Answering(filled, None).answer("was anyone hurt?", PUBLIC, history=history)
    assert compared == [answer.understood_as, "Was anyone hurt"]
    await Answering(filled, None).answer(QUESTION, PUBLIC, history=history)
    assert compared[2:] == [QUESTION, QUESTION]


async def test_the_words_of_the_event_weigh_less(filled: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where comparing tells nothing, words alone choose the sentence that answers."""
    monkeypatch.setattr(Answering, "_similarity", lambda _self, _question, texts: [0.0] * len(texts))
    history = [Turn("How many rockets hit the American embassy in Baghdad?", "Three")]
    answer = await Answering(filled, None).answer("was anyone hurt?", PUBLIC, history=history)
    assert answer.citations[0].quote == "One person was slightly hurt."


async def test_a_rewriting_counts_and_its_failure_does_not_stop_the_answer(filled: Retriever) -> None:
    """Its tokens are among the answer's; a chain's model that failed at it is not asked again."""
    history = [Turn("How many rockets hit the American embassy in Baghdad?", "Three")]
    rewritten = Completion("How many people were hurt in Baghdad?", 8, prompt_tokens=200)
    model = FakeChatModel([rewritten, Completion(TWO, 9, prompt_tokens=300)], name="a:1")
    answer = await Answering(filled, model).answer("how many people were hurt?", PUBLIC, history=history)
    assert (answer.understood_as, answer.model) == (rewritten.text, "a:1")
    assert usage(answer.timings) == (500, 17, (ModelUsage("a:1", 500, 17),))
    down = FakeChatModel([ModelUnavailableError("The language model a:1 cannot be reached.")], name="a:1")
    chain = ChainedChatModel([down, FakeChatModel([TWO], name="b:2")])
    answer = await Answering(filled, chain).answer("was anyone hurt?", PUBLIC, history=history)
    assert (len(down.prompts), answer.model) == (1, "b:2")
    assert answer.understood_as == "Was anyone hurt when rockets hit the American embassy in Baghdad?"


async def test_without_models_rules_understand(filled: Retriever) -> None:
    """Also where a model is there and may not be asked."""
    history = [Turn("How many rockets hit the American embassy?", "Three")]
    model = FakeChatModel(["x"])
    answer = await Answering(filled, model).answer("and in Basra?", PUBLIC, history=history, use_model=False)
    assert (answer.understood_as, model.prompts) == ("How many rockets hit the American embassy in Basra?", [])


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_without_the_model_there_are_quotes(filled: Retriever, kind: ModelKind) -> None:
    """The model is not asked, the answer is that of `none`, and nothing is said about it."""
    model = FakeChatModel([ONE], kind=kind)
    answer = await Answering(filled, model).answer(QUESTION, PUBLIC, use_model=False)
    assert (answer.status, answer.model, answer.notice, model.prompts) == (Status.QUOTED, None, None, [])
    assert plain(answer) == plain(await Answering(filled, None).answer(QUESTION, PUBLIC))
    assert answer.timings.prompt_tokens == answer.timings.tokens == 0


async def test_a_readers_calls_add_up(filled: Retriever) -> None:
    """Each sentence that is read is a prompt."""
    model = FakeChatModel(["three"], kind=ModelKind.READER)
    timings = (await Answering(filled, model).answer(QUESTION, PUBLIC)).timings
    assert timings.prompt_tokens == sum(ceil(len(prompt.text) / 3) for prompt in model.prompts)
    assert timings.tokens == len(model.prompts) > 1


async def test_a_reader_reads_for_one_question_at_a_time(filled: Retriever) -> None:
    """Of two questions asked at once the first is read to its end before the second, so that it is answered sooner."""

    class Slow(FakeChatModel):
        async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
            await asyncio.sleep(0.01)
            return await super().complete(prompt, on_text)

    model = Slow(["three"], kind=ModelKind.READER)
    answering = Answering(filled, model)
    other = "How many people were hurt at the American embassy?"
    await asyncio.gather(answering.answer(QUESTION, PUBLIC), answering.answer(other, PUBLIC))
    asked = [other in prompt.text for prompt in model.prompts]
    assert set(asked) == {True, False}
    assert asked in (sorted(asked), sorted(asked, reverse=True))


async def test_what_the_server_counts_is_told(filled: Retriever) -> None:
    """Also when all that was written fails the checks, and quotes are given."""
    for reply, status in ((ONE, Status.ANSWERED), ("Ten [1].", Status.QUOTED)):
        model = FakeChatModel([Completion(reply, 9, prompt_tokens=321)], name="a:1")
        answer = await Answering(filled, model).answer(QUESTION, PUBLIC)
        assert answer.status is status
        assert usage(answer.timings) == (321, 9, (ModelUsage("a:1", 321, 9),))


async def test_a_failing_call_that_was_billed_counts(filled: Retriever) -> None:
    """By its own model, since models differ in price."""
    chain = ChainedChatModel([Failing(name="a:1"), FakeChatModel([Completion(ONE, 9, prompt_tokens=321)], name="b:2")])
    timings = (await Answering(filled, chain).answer(QUESTION, PUBLIC)).timings
    assert usage(timings) == (421, 29, (ModelUsage("a:1", 100, 20), ModelUsage("b:2", 321, 9)))


def usage(timings: Timings) -> tuple[int, int, tuple[ModelUsage, ...]]:
    return timings.prompt_tokens, timings.tokens, timings.usage
