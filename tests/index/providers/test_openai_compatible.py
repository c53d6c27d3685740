"""OpenAI's protocol where it differs: servers of one's own, OpenAI's own names, and a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from index.answering import Answering
from index.errors import ModelUnavailableError
from index.ingest import ingest
from index.providers import openai_compatible
from index.providers.base import Prompt, ProviderKeys
from index.providers.openai_compatible import open_openai
from index.retrieval import Retriever
from index.types import PUBLIC, Status
from tests.index.builders import ROCKETS
from tests.index.providers.conftest import QUICK
from tests.index.providers.model_server import ModelServer, serving
from tests.index.providers.wires import KEY, OPENAI, PROMPT_TOKENS, TOKENS

QUESTION = "How many rockets hit the American embassy?"


@pytest.fixture
async def openai_server() -> AsyncIterator[ModelServer]:
    async with serving(OPENAI) as server:
        yield server


async def test_a_reply_is_streamed_and_checked(openai_server: ModelServer, retriever: Retriever) -> None:
    """From a question to an answer whose invented sentence is gone, over the protocol."""
    list(ingest([ROCKETS], "public", retriever.catalog, retriever.store, retriever.embedder))
    model = OPENAI.open(openai_server.url, "ok", KEY, QUICK)
    answer = await Answering(retriever, model).answer(QUESTION, PUBLIC)
    await model.close()
    assert (answer.status, answer.short_answer) == (Status.ANSWERED, "Three rockets hit the embassy.")
    assert answer.model == "openai:ok"
    assert answer.timings.first_token_ms is not None


async def test_a_server_that_is_down_becomes_quotes_and_a_notice(retriever: Retriever, unused_tcp_port: int) -> None:
    """The reader gets the article's sentence, and hears that the model cannot be reached."""
    list(ingest([ROCKETS], "public", retriever.catalog, retriever.store, retriever.embedder))
    model = OPENAI.open(f"http://127.0.0.1:{unused_tcp_port}", "x", KEY, QUICK)
    answer = await Answering(retriever, model).answer(QUESTION, PUBLIC)
    await model.close()
    assert answer.status is Status.QUOTED
    assert answer.notice == "The language model openai:x cannot be reached. Here are quotes instead."
    assert answer.citations[0].quote.startswith("Three rockets hit")


async def test_a_server_of_ones_own_needs_no_key(openai_server: ModelServer) -> None:
    """Some word is sent in the key's place, and the protocol's oldest words for all else."""
    model = OPENAI.open(openai_server.url, "ok", None, QUICK)
    assert (await model.complete(Prompt("Q", max_tokens=50))).text
    await model.close()
    [seen] = openai_server.seen
    assert seen.key == "Bearer none"
    assert (seen.body["temperature"], seen.body["max_tokens"]) == (0.0, 50)
    assert "stream_options" not in seen.body


@pytest.mark.parametrize(
    ("model", "temperature", "tokens"),
    [("gpt-4o-mini", 0.0, 50), ("gpt-5-mini", 1.0, 4050), ("o3", 1.0, 4050), ("gpt-99-next", 1.0, 4050)],
)
async def test_models_at_openai_are_asked_in_their_own_words(
    openai_server: ModelServer, monkeypatch: pytest.MonkeyPatch, model: str, temperature: float, tokens: int
) -> None:
    """Models that think get room for it, and neither a temperature nor a stop, which they refuse; also future ones."""
    monkeypatch.setattr(openai_compatible, "_OPENAI_URL", f"{openai_server.url}/v1")
    writer = open_openai(model, ProviderKeys(openai_api_key=KEY), QUICK)
    await writer.complete(Prompt("Q", max_tokens=50, stop=("END",)))
    await writer.close()
    [seen] = openai_server.seen
    assert (seen.body["temperature"], seen.body["max_completion_tokens"]) == (temperature, tokens)
    assert "max_tokens" not in seen.body
    assert seen.body.get("stop") == (["END"] if tokens == 50 else None)
    assert seen.body["stream_options"] == {"include_usage": True}


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


async def test_tokens_are_those_that_the_server_tells(openai_server: ModelServer) -> None:
    """The last event of a stream has them, behind the sign that the reply is whole."""
    model = OPENAI.open(openai_server.url, "usage", KEY, QUICK)
    completion = await model.complete(Prompt("Q"))
    await model.close()
    assert (completion.prompt_tokens, completion.tokens) == (PROMPT_TOKENS, TOKENS)


def keys(address: str, key: str) -> ProviderKeys:
    return ProviderKeys(openai_api_key=key, openai_base_url=address)


async def test_a_real_server_is_understood(real_server: str) -> None:
    """llama.cpp's own server streams its reply, of as many tokens as asked for, and tells that they ran out."""
    prompt = Prompt("Question: How many rockets fell?", system="Passage: Three rockets fell.", max_tokens=8)
    heard: list[str] = []
    model = open_openai("any", keys(real_server, "right-key"))
    completion = await model.complete(prompt, heard.append)
    await model.close()
    assert completion.text == "".join(heard) != ""
    assert 0 < len(heard) <= 8
    assert completion.truncated == (len(heard) == 8)
    assert completion.tokens >= len(heard)
    assert completion.first_token_ms > 0


async def test_a_real_server_refuses_a_wrong_key(real_server: str) -> None:
    """Its own refusal is understood."""
    model = open_openai("any", keys(real_server, "wrong-key"))
    with pytest.raises(ModelUnavailableError, match="refuses the key"):
        await model.complete(Prompt("Q"))
    await model.close()
