"""Tokens are counted for all calls of a question."""

from __future__ import annotations

import asyncio

import pytest

from index.errors import ModelUnavailableError
from index.providers.base import Completion, ModelKind, OnText, Prompt
from index.providers.fakes import FakeChatModel
from index.providers.metering import Meter, MeteredModel
from index.types import ModelUsage

PROMPT = Prompt("Question", "Rules!")  # 14 characters, 5 tokens at most


async def test_calls_add_up_by_model() -> None:
    """What a completion tells holds, its prompt is estimated where it does not; a chain's link goes by its own name."""
    meter = Meter()
    replies = [Completion("a", 3, prompt_tokens=40), Completion("b", 2), Completion("c", 1, model="other:x")]
    model = MeteredModel(FakeChatModel(replies, kind=ModelKind.READER, name="a:1"), meter)
    heard: list[str] = []
    for _ in range(3):
        await model.complete(PROMPT, heard.append)
    assert meter.usage == (ModelUsage("a:1", 45, 5), ModelUsage("other:x", 5, 1))
    assert (model.name, model.kind, heard) == ("a:1", ModelKind.READER, ["a", "b", "c"])


async def test_a_call_that_fails_counts_what_it_cost() -> None:
    """As far as the failure tells."""
    failure = ModelUnavailableError("The language model a:1 broke off.")
    failure.prompt_tokens, failure.tokens = 7, 2
    meter = Meter()
    model = MeteredModel(FakeChatModel([failure, ModelUnavailableError("down")], name="a:1"), meter)
    for _ in range(2):
        with pytest.raises(ModelUnavailableError):
            await model.complete(PROMPT)
    assert meter.usage == (ModelUsage("a:1", 7, 2),)


async def test_a_call_that_is_stopped_counts_its_prompt() -> None:
    """It was sent."""

    class Slow(FakeChatModel):
        async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
            await asyncio.sleep(60)
            raise AssertionError

    meter = Meter()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await MeteredModel(Slow(name="a:1"), meter).complete(PROMPT)
    assert meter.usage == (ModelUsage("a:1", 5, 0),)


async def test_closing_closes_the_model() -> None:
    """It is the same model in every other way."""
    closed: list[str] = []

    class Closing(FakeChatModel):
        async def close(self) -> None:
            closed.append(self.name)

    await MeteredModel(Closing(name="a:1"), Meter()).close()
    assert closed == ["a:1"]
