"""A chain of models falls back, and lets a model that failed rest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from index.errors import ModelUnavailableError, ProviderError
from index.providers.base import ChatModel, Completion, ModelKind, OnText, Prompt
from index.providers.chain import ChainedChatModel, links_of
from index.providers.fakes import FakeChatModel
from tests.index.providers.conftest import QUICK
from tests.index.providers.model_server import REPLY, serving
from tests.index.providers.wires import KEY, OLLAMA, OPENAI

DOWN = ModelUnavailableError("The language model a cannot be reached.")
DECLINED = ProviderError("The language model a declined to answer this.")
PROMPT = Prompt("Q")


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def model(
    name: str, replies: Iterable[str | Completion | Exception] = ("ok",), kind: ModelKind = ModelKind.WRITER
) -> FakeChatModel:
    return FakeChatModel(replies, kind=kind, name=name)


def names(models: Iterable[ChatModel]) -> list[str]:
    return [each.name for each in models]


async def test_the_first_one_answers() -> None:
    """The others are not asked, and the completion says who wrote it."""
    first, second = model("a", ["one"]), model("b")
    chain = ChainedChatModel([first, second])
    completion = await chain.complete(PROMPT)
    assert (completion.text, completion.model, chain.name, chain.kind) == ("one", "a", "a", ModelKind.WRITER)
    assert second.prompts == []


@pytest.mark.parametrize("failure", [DOWN, DECLINED])
async def test_the_next_one_answers_for_one_that_fails(failure: ProviderError) -> None:
    """Whatever the failure, the reader gets an answer, and hears who gave it."""
    chain = ChainedChatModel([model("a", [failure]), model("b", ["two"])])
    completion = await chain.complete(PROMPT)
    assert (completion.text, completion.model) == ("two", "b")


async def test_a_model_that_is_down_rests() -> None:
    """For a minute it is not asked, then it is asked again, and an answer wakes it for good."""
    clock = Clock()
    first, second = model("a", [DOWN, DOWN, "one"]), model("b", ["two"])
    chain = ChainedChatModel([first, second], rest_s=60, clock=clock)
    for _ in range(3):
        assert (await chain.complete(PROMPT)).model == "b"
    assert (len(first.prompts), chain.name, names(chain.links)) == (1, "b", ["b"])
    clock.now += 60
    assert chain.name == "a"
    assert (await chain.complete(PROMPT)).model == "b"
    clock.now += 60
    assert (await chain.complete(PROMPT)).text == "one"
    assert (len(first.prompts), names(chain.links)) == (3, ["a", "b"])


async def test_a_model_that_declines_does_not_rest() -> None:
    """It was this one question that it did not take."""
    first = model("a", [DECLINED, "one"])
    chain = ChainedChatModel([first, model("b")])
    await chain.complete(PROMPT)
    assert (await chain.complete(PROMPT)).text == "one"


async def test_when_none_answers_the_last_failure_is_told() -> None:
    """All are asked before it is."""
    second = ModelUnavailableError("The language model b took too long.")
    chain = ChainedChatModel([model("a", [DOWN]), model("b", [second])])
    with pytest.raises(ModelUnavailableError, match="model b took too long"):
        await chain.complete(PROMPT)


async def test_when_all_rest_the_one_that_wakes_first_is_asked() -> None:
    """A chain is never without a model."""
    clock = Clock()
    chain = ChainedChatModel([model("a", [DOWN]), model("b", [DOWN, "two"])], clock=clock)
    with pytest.raises(ModelUnavailableError):
        await chain.complete(PROMPT)
    assert names(chain.links) == ["a"]
    clock.now += 1
    with pytest.raises(ModelUnavailableError):
        await chain.complete(PROMPT)  # a again, which rests anew
    assert names(chain.links) == ["b"]
    assert (await chain.complete(PROMPT)).text == "two"


async def test_a_prompt_goes_to_its_own_kind() -> None:
    """A reader's prompt would be nonsense to a writer; through its links a mixed chain is asked with each one's own."""
    reader = model("c", kind=ModelKind.READER)
    chain = ChainedChatModel([model("a", [DOWN]), model("b", [DOWN]), reader])
    with pytest.raises(ModelUnavailableError):
        await chain.complete(PROMPT)
    assert reader.prompts == []
    assert [(link.name, link.kind) for link in chain.links] == [("c", ModelKind.READER)]
    assert (await chain.links[0].complete(Prompt("for a reader"))).model == "c"


async def test_links_fail_and_rest_by_themselves() -> None:
    """Who goes through the links gets each one's failure, and the next time it is left out."""
    chain = ChainedChatModel([model("a", [DOWN]), model("b")])
    first, second = chain.links
    with pytest.raises(ModelUnavailableError):
        await first.complete(PROMPT)
    assert (await second.complete(PROMPT)).model == "b"
    assert names(chain.links) == ["b"]


def test_links_of_one_model_are_itself() -> None:
    """A caller goes through chains and single models alike."""
    single = model("a")
    assert list(links_of(single)) == [single]
    assert list(links_of(None)) == []
    assert names(links_of(ChainedChatModel([single, model("b")]))) == ["a", "b"]


class BreaksOff(FakeChatModel):
    """Is heard with half a reply before it fails."""

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        if on_text:
            on_text("Three rock")
        raise DOWN


async def test_half_a_reply_is_not_followed_by_another() -> None:
    """Once a part was heard, the next model writes unheard: its whole text takes the place of the part."""
    heard: list[str] = []
    chain = ChainedChatModel([BreaksOff(), model("b", ["Two fell."])])
    assert (await chain.complete(PROMPT, heard.append)).text == "Two fell."
    assert heard == ["Three rock"]


async def test_a_model_that_fails_at_once_is_followed_aloud() -> None:
    """Nothing was heard yet, so the next one's pieces are."""
    heard: list[str] = []
    await ChainedChatModel([model("a", [DOWN]), model("b", ["Two fell."])]).complete(PROMPT, heard.append)
    assert heard == ["Two fell."]


class Closing(FakeChatModel):
    """Remembers that it was closed; the one called `b` fails to."""

    closed = False

    async def close(self) -> None:
        self.closed = True
        if self.name == "b":
            raise RuntimeError("already closed")


async def test_all_are_closed() -> None:
    """Also when one of them fails to."""
    models = [Closing(name=name) for name in "abc"]
    with pytest.raises(RuntimeError):
        await ChainedChatModel(models).close()
    assert [each.closed for each in models] == [True, True, True]


async def test_over_the_wire_one_provider_stands_in_for_another() -> None:
    """A hosted model without room is followed by an own one, for all questions that arrive together."""
    async with serving(OPENAI) as busy, serving(OLLAMA) as own:
        models = [OPENAI.open(busy.url, "429", KEY, QUICK), OLLAMA.open(own.url, "ok", None, QUICK)]
        chain = ChainedChatModel(models)
        completions = await asyncio.gather(*[chain.complete(PROMPT) for _ in range(4)])
        assert {completion.model for completion in completions} == {"ollama:ok"}
        assert {completion.text for completion in completions} == {"".join(REPLY)}
        asked = len(busy.seen)
        await chain.complete(PROMPT)
        assert len(busy.seen) == asked
        await chain.close()
