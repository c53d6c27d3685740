"""Every hosted embedding model through its real client library, against a server that speaks its protocol."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import numpy as np
import pytest

from index.errors import ModelUnavailableError, ProviderError
from index.providers.hosted_embedder import HostedEmbedder
from tests.index.providers.conftest import QUICK
from tests.index.providers.embedding_server import (
    EMBEDDING_WIRES,
    EmbeddingServer,
    EmbeddingWire,
    embedding,
    vector_of,
)
from tests.index.providers.wires import KEY, WRONG_KEY

KEYED = [kind for kind in EMBEDDING_WIRES if kind.wire.key_header]
Open = Callable[..., Awaitable[HostedEmbedder]]


@pytest.fixture(params=EMBEDDING_WIRES, ids=[kind.wire.provider for kind in EMBEDDING_WIRES])
def kind(request: pytest.FixtureRequest) -> EmbeddingWire:
    chosen: EmbeddingWire = request.param
    return chosen


@pytest.fixture
async def server(kind: EmbeddingWire) -> AsyncIterator[EmbeddingServer]:
    async with embedding(kind) as running:
        yield running


@pytest.fixture
async def opened(kind: EmbeddingWire, server: EmbeddingServer) -> AsyncIterator[Open]:
    """Opens an embedder at the server, in a thread as askwire does; it is closed when the test ends."""
    embedders: list[HostedEmbedder] = []

    async def open_one(key: str = KEY, url: str | None = None) -> HostedEmbedder:
        embedder = await asyncio.to_thread(kind.open, url or server.url, "words", key, QUICK)
        assert isinstance(embedder, HostedEmbedder)
        embedders.append(embedder)
        return embedder

    yield open_one
    for embedder in embedders:
        embedder.close()


async def test_opening_learns_the_dimension(opened: Open, server: EmbeddingServer, kind: EmbeddingWire) -> None:
    """One small request tells how many numbers a vector has."""
    embedder = await opened()
    assert (embedder.name, embedder.dimension) == (f"{kind.wire.provider}:words", 4)
    assert [len(batch) for batch in server.batches] == [1]


async def test_vectors_are_of_length_one_and_in_order(opened: Open, server: EmbeddingServer) -> None:
    """Many texts go in batches, and each gets its own vector back."""
    embedder = await opened()
    texts = [f"Report {n}: {'e' * (n % 5)}." for n in range(300)]
    vectors = await asyncio.to_thread(embedder.embed, texts)
    assert vectors.shape == (300, 4)
    assert vectors.dtype == np.float32
    expected = np.array([vector_of(text) for text in texts], dtype=np.float32)
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-5)
    assert 1 < len(server.batches) - 1 <= 10
    assert max(map(len, server.batches)) <= 128


async def test_a_question_is_embedded_as_one(opened: Open, server: EmbeddingServer, kind: EmbeddingWire) -> None:
    """Its vector has length 1; where a provider tells questions from passages, it is told which it is."""
    embedder = await opened()
    vector = await asyncio.to_thread(embedder.embed_query, "How many?")
    assert vector.shape == (4,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1)
    await asyncio.to_thread(embedder.embed, ["Three."])
    if kind.wire.provider == "gemini":
        asked, passage = map(json.dumps, server.bodies[-2:])
        assert "RETRIEVAL_QUERY" in asked and "RETRIEVAL_DOCUMENT" in passage


async def test_no_texts_need_no_request(opened: Open, server: EmbeddingServer) -> None:
    """The shape holds also for none; an empty text, which servers refuse, is sent as a sign."""
    embedder = await opened()
    assert (await asyncio.to_thread(embedder.embed, [])).shape == (0, 4)
    assert len(server.batches) == 1
    assert (await asyncio.to_thread(embedder.embed, ["", " \n"])).shape == (2, 4)
    assert all(text.strip() for text in server.batches[-1])


@pytest.mark.parametrize("fault", [429, 500, 503])
async def test_what_passes_is_asked_again(opened: Open, server: EmbeddingServer, fault: int) -> None:
    """A batch that fails in passing is sent once more, and nothing is lost."""
    embedder = await opened()
    server.faults = [fault]
    assert (await asyncio.to_thread(embedder.embed, ["one", "two"])).shape == (2, 4)
    assert server.batches[1:] == [["one", "two"]] * 2


@pytest.mark.parametrize(
    ("faults", "said", "kind_of_error", "asked"),
    [
        ([500] * 9, r"has a fault of its own \(HTTP 500\)", ModelUnavailableError, 3),
        ([429] * 9, "has no room for more requests now", ModelUnavailableError, 3),
        ([422], r"refuses the request \(HTTP 422\)", ProviderError, 1),
        (["fewer"], "gave no usable vectors", ModelUnavailableError, 1),
        (["zero"], "gave no usable vectors", ModelUnavailableError, 1),
        (["ragged"], "answers in a way that askwire does not understand", ModelUnavailableError, 1),
    ],
)
async def test_every_fault_is_one_clear_line(
    opened: Open, server: EmbeddingServer, faults: list[int | str], said: str, kind_of_error: type, asked: int
) -> None:
    """Never a vector too few, nor one without direction: the line names the model and what happened."""
    embedder = await opened()
    server.faults = list(faults)
    with pytest.raises(ProviderError, match=f"^The embedding model {embedder.name} {said}") as caught:
        await asyncio.to_thread(embedder.embed, ["one", "two"])
    assert type(caught.value) is kind_of_error
    assert "\n" not in str(caught.value) and KEY not in str(caught.value)
    assert len(server.batches) == 1 + asked


@pytest.mark.parametrize("kind", KEYED, ids=[kind.wire.provider for kind in KEYED], indirect=True)
async def test_a_wrong_key_is_told_at_opening(opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    """Before any article is read; the key stands in no line of the log."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ModelUnavailableError, match="refuses the key: check it") as caught:
        await opened(WRONG_KEY)
    assert WRONG_KEY not in str(caught.value) + repr(caught.value) + caplog.text
    embedder = await opened()
    assert KEY not in repr(embedder)


async def test_a_server_that_is_down_is_told_at_opening(opened: Open, unused_tcp_port: int) -> None:
    """The line names the model."""
    with pytest.raises(ModelUnavailableError, match=r"The embedding model .*:words cannot be reached"):
        await opened(url=f"http://127.0.0.1:{unused_tcp_port}")
