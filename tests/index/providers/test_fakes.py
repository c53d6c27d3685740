"""The shipped models for tests do what tests rely on."""

from __future__ import annotations

import numpy as np
import pytest

from index.errors import ModelUnavailableError
from index.providers.base import Completion, ModelKind, Prompt
from index.providers.fakes import FakeChatModel, FakeEmbedder


def test_vectors_differ_with_the_text_and_have_length_one() -> None:
    """Equal texts have equal vectors, texts that share words are near, others are not."""
    embedder = FakeEmbedder()
    vectors = embedder.embed(["three rockets fell", "rockets fell", "a ferry sailed", ""])
    assert vectors.shape == (4, 64)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors[0], embedder.embed_query("Three rockets fell!"))
    assert vectors[0] @ vectors[1] > 0.5 > abs(vectors[0] @ vectors[2])
    assert embedder.embedded == 4


def test_no_texts_have_no_vectors() -> None:
    """The shape holds also for none."""
    assert FakeEmbedder(8).embed([]).shape == (0, 8)


async def test_replies_come_in_turn_and_the_last_one_stays() -> None:
    """Prompts are recorded, pieces are heard."""
    model = FakeChatModel(["one", Completion("two", 5)], kind=ModelKind.READER)
    heard: list[str] = []
    replies = [(await model.complete(Prompt(f"p{n}"), heard.append)).text for n in range(3)]
    assert replies == heard == ["one", "two", "two"]
    assert [prompt.text for prompt in model.prompts] == ["p0", "p1", "p2"]
    assert model.kind is ModelKind.READER


async def test_an_exception_in_the_queue_is_raised() -> None:
    """A failing model can be played."""
    model = FakeChatModel([ModelUnavailableError("down"), "up"])
    with pytest.raises(ModelUnavailableError):
        await model.complete(Prompt("p"))
    assert (await model.complete(Prompt("p"))).text == "up"
