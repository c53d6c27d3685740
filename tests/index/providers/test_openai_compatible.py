"""OpenAI's protocol: against a real server in a process of its own, and against one that plays every fault."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from index.answering import Answering
from index.errors import ModelUnavailableError, ProviderError
from index.ingest import ingest
from index.providers.base import ChatModel, Prompt, ProviderKeys
from index.providers.llama_index_chat import ChatWriter
from index.providers.openai_compatible import open_openai
from index.retrieval import Retriever
from index.types import PUBLIC, Status
from tests.index.builders import ROCKETS

QUESTION = "How many rockets hit the American embassy?"
REPLY = ["Three rockets", " hit the embassy", " [1]. Ten", " people died [1]."]


class FaultyServer:
    """Answers chat completions by the model's name: `ok`, a status, `empty`, `cut`, `slow` or `garbage`."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[dict[str, object]] = []
        self.keys: list[str] = []
        self._stopping = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers["Authorization"])
        model = str(body["model"])
        if model.isdigit():
            error = {"error": {"message": f"key {self.keys[-1]} is wrong", "type": "x", "code": "y"}}
            return web.json_response(error, status=int(model), headers={"Retry-After": "0"})
        if model == "garbage":
            return web.Response(body=b"\x00\xff no JSON", content_type="text/event-stream")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        if model == "slow":
            await self._stopping.wait()
        for piece in [] if model == "empty" else REPLY:
            await response.write(event(piece))
            if model == "cut":
                assert request.transport is not None
                request.transport.close()
                return response
        await response.write(b"data: [DONE]\n\n")
        return response

    def stop(self) -> None:
        self._stopping.set()


def event(piece: str) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


@pytest.fixture
async def server() -> AsyncIterator[FaultyServer]:
    faulty = FaultyServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", faulty.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    faulty.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield faulty
    faulty.stop()
    await runner.cleanup()


OpenModel = Callable[..., ChatModel]


@pytest.fixture
async def model_at() -> AsyncIterator[OpenModel]:
    """Opens models, which are closed when the test ends; a connection left open fails it."""
    opened: list[ChatModel] = []

    def open_model(url: str, name: str, key: str | None = "sk-right") -> ChatModel:
        opened.append(open_openai(name, ProviderKeys(openai_api_key=key, openai_base_url=url)))
        return opened[-1]

    yield open_model
    for model in opened:
        await model.close()


async def test_a_reply_is_streamed_and_checked(model_at: OpenModel, server: FaultyServer, retriever: Retriever) -> None:
    """From a question to an answer whose invented sentence is gone, over the protocol."""
    list(ingest([ROCKETS], "public", retriever.catalog, retriever.store, retriever.embedder))
    answer = await Answering(retriever, model_at(server.url, "ok")).answer(QUESTION, PUBLIC)
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three rockets hit the embassy.")
    assert answer.model == "openai:ok"
    assert answer.timings.first_token_ms is not None
    body = server.requests[0]
    assert (body["stream"], body["temperature"], body["max_tokens"]) == (True, 0.0, 400)
    assert server.keys == ["Bearer sk-right"]


async def test_pieces_are_heard_as_they_come(model_at: OpenModel, server: FaultyServer) -> None:
    """A caller can show the reply while it is written."""
    heard: list[str] = []
    completion = await model_at(server.url, "ok").complete(Prompt("Q"), heard.append)
    assert heard == REPLY
    assert completion.text == "".join(REPLY)


async def test_a_server_of_ones_own_needs_no_key(model_at: OpenModel, server: FaultyServer) -> None:
    """Some word is sent in the key's place."""
    assert (await model_at(server.url, "ok", key=None).complete(Prompt("Q"))).text
    assert server.keys == ["Bearer none"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("401", "refuses the key: check it"),
        ("403", "refuses the key: check it"),
        ("404", "does not know this model: check its name"),
        ("429", "has no room for more requests now"),
        ("400", "refuses the request (HTTP 400)"),
        ("500", "has a fault of its own (HTTP 500)"),
        ("cut", "cannot be reached"),
        ("garbage", "answers in a way that askwire does not understand"),
        ("empty", "answered with nothing"),
    ],
)
async def test_every_fault_of_a_server_is_one_clear_line(
    model_at: OpenModel, server: FaultyServer, model: str, said: str
) -> None:
    """The line names the model and what happened; it holds neither the key nor the server's words."""
    with pytest.raises(ProviderError) as caught:
        await model_at(server.url, model).complete(Prompt("Q"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "sk-right" not in str(caught.value)
    assert len(server.requests) <= 3


async def test_a_server_that_does_not_answer_is_given_up(model_at: OpenModel, server: FaultyServer) -> None:
    """After the time-out the caller is free again."""
    model = model_at(server.url, "slow")
    assert isinstance(model, ChatWriter)
    model._timeout_s = 0.3
    with pytest.raises(ModelUnavailableError, match="openai:slow took too long"):
        await model.complete(Prompt("Q"))


async def test_a_server_that_is_down_becomes_quotes_and_a_notice(
    model_at: OpenModel, retriever: Retriever, unused_tcp_port: int
) -> None:
    """The reader gets the article's sentence, and hears that the model cannot be reached."""
    list(ingest([ROCKETS], "public", retriever.catalog, retriever.store, retriever.embedder))
    model = model_at(f"http://127.0.0.1:{unused_tcp_port}/v1", "x")
    answer = await Answering(retriever, model).answer(QUESTION, PUBLIC)
    assert answer.status is Status.QUOTED
    assert answer.notice == "The language model openai:x cannot be reached. Here are quotes instead."
    assert answer.citations[0].quote.startswith("Three rockets hit")


@pytest.fixture(scope="module")
def real_server(weights_dir: Path) -> Iterator[str]:
    """The address of a llama.cpp server in a process of its own, with SmolLM2 when its weights are there."""
    smollm = weights_dir / "weights/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
    gemma = weights_dir / "weights/gemma-3-270m/gemma-3-270m-q4_k_m.gguf"
    command = [sys.executable, "-m", "tests.index.providers.openai_server", str(smollm if smollm.exists() else gemma)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        yield f"{url}/v1"
        process.kill()


async def test_a_real_server_is_understood(model_at: OpenModel, real_server: str) -> None:
    """llama.cpp's own server streams its reply, of as many tokens as asked for."""
    prompt = Prompt("Question: How many rockets fell?", system="Passage: Three rockets fell.", max_tokens=8)
    heard: list[str] = []
    completion = await model_at(real_server, "any", "right-key").complete(prompt, heard.append)
    assert completion.text == "".join(heard) != ""
    assert 0 < completion.tokens <= 8
    assert completion.first_token_ms > 0


async def test_a_real_server_refuses_a_wrong_key(model_at: OpenModel, real_server: str) -> None:
    """Its own refusal is understood."""
    with pytest.raises(ModelUnavailableError, match="refuses the key"):
        await model_at(real_server, "any", "wrong-key").complete(Prompt("Q"))
