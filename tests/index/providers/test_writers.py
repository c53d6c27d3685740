"""Every hosted provider through its real client library, against a server that speaks its protocol."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from math import ceil

import pytest

from index.errors import ModelUnavailableError, ProviderError
from index.providers.base import ModelKind, Prompt
from tests.index.providers.conftest import QUICK, OpenModel
from tests.index.providers.model_server import REPLY, ModelServer
from tests.index.providers.wires import ANTHROPIC, KEY, PROMPT_TOKENS, TOKENS, WIRES, WRONG_KEY, Wire

PROMPT = Prompt("How many rockets?", system="Only what the passages say.", max_tokens=77, stop=("END",))
TEXT = "".join(REPLY)
# Ollama's protocol has neither keys nor a sign of refusal.
HOSTED = pytest.mark.parametrize("wire", WIRES[:3], ids=[wire.provider for wire in WIRES[:3]], indirect=True)


async def test_a_reply_is_streamed(open_model: OpenModel, wire: Wire) -> None:
    """The pieces are heard as they come, and the whole of them is the completion."""
    heard: list[str] = []
    model = open_model("ok")
    completion = await model.complete(PROMPT, heard.append)
    assert heard == REPLY
    assert (completion.text, completion.truncated, model.kind) == (TEXT, False, ModelKind.WRITER)
    estimated, sent = ceil(len(TEXT) / 3), ceil(len(PROMPT.text + str(PROMPT.system)) / 3)
    tells = wire.provider != "openai"
    assert completion.tokens == (TOKENS if tells else estimated)
    assert completion.prompt_tokens == (PROMPT_TOKENS if tells else sent)
    assert completion.first_token_ms > 0
    assert model.name == f"{wire.provider}:ok"


async def test_all_of_the_prompt_is_sent(open_model: OpenModel, server: ModelServer, wire: Wire) -> None:
    """The rules, the question, the limit of tokens, the stop and the key go over the wire."""
    await open_model("ok").complete(PROMPT)
    [seen] = server.seen
    sent = json.dumps(seen.body)
    for part in (PROMPT.text, PROMPT.system, "77" if wire.provider != "gemini" else "4077", '"END"'):
        assert part is not None and part in sent
    assert seen.body.get("stream") is (None if wire.provider == "gemini" else True)
    assert wire.key_header is None or (seen.key or "").endswith(KEY)


@pytest.mark.parametrize("wire", [ANTHROPIC], ids=["anthropic"], indirect=True)
@pytest.mark.parametrize("name", ["claude-haiku-4-5", "claude-opus-4-5", "claude-sonnet-5"])
async def test_a_claude_is_asked_without_a_temperature(open_model: OpenModel, server: ModelServer, name: str) -> None:
    """Whether llama-index knows its name or not: Anthropic's library refuses to send one."""
    assert (await open_model(name).complete(PROMPT)).text == TEXT
    [seen] = server.seen
    assert "temperature" not in seen.body


async def test_pieces_come_while_the_server_writes(open_model: OpenModel) -> None:
    """A reply is heard before it is whole."""
    heard: list[str] = []
    with pytest.raises(ModelUnavailableError, match="took too long"):
        await open_model("drip", limits=replace(QUICK, total_s=1.0)).complete(PROMPT, heard.append)
    assert len(heard) > 1


@pytest.mark.parametrize(
    ("model", "said", "kind", "asked"),
    [
        ("403", "refuses the key: check it", ModelUnavailableError, 1),
        ("404", "", ModelUnavailableError, 1),
        ("422", "refuses the request (HTTP 422)", ProviderError, 1),
        ("429", "has no room for more requests now", ModelUnavailableError, 3),
        ("429-wait-99", "has no room for more requests now", ModelUnavailableError, 1),
        ("500", "has a fault of its own (HTTP 500)", ModelUnavailableError, 3),
        ("503", "has a fault of its own (HTTP 503)", ModelUnavailableError, 3),
        ("529", "has no room for more requests now", ModelUnavailableError, 3),
        ("fault-in-stream", "", ModelUnavailableError, 3),
        ("cut", "broke off in the middle of its reply", ModelUnavailableError, 3),
        ("quiet-end", "broke off in the middle of its reply", ModelUnavailableError, 3),
        ("garbage", "answers in a way that askwire does not understand", ModelUnavailableError, 1),
        ("empty", "answered with nothing", ProviderError, 1),
    ],
)
async def test_every_fault_is_one_clear_line(
    open_model: OpenModel, server: ModelServer, wire: Wire, model: str, said: str, kind: type[ProviderError], asked: int
) -> None:
    """The line names the model, what happened and no key; what may pass is asked three times, the rest once."""
    with pytest.raises(ProviderError) as caught:
        await open_model(model).complete(PROMPT)
    text = str(caught.value)
    assert text.startswith(f"The language model {wire.provider}:{model} ")
    assert said in text and "\n" not in text and KEY not in text
    assert type(caught.value) is kind
    assert len(server.seen) == asked


async def test_a_model_that_is_not_there_is_told(open_model: OpenModel, wire: Wire) -> None:
    """Hosted models have names to check, an Ollama server's are fetched."""
    with pytest.raises(ModelUnavailableError) as caught:
        await open_model("404").complete(PROMPT)
    assert ("run ollama pull 404" if wire.provider == "ollama" else "check its name") in str(caught.value)


@HOSTED
async def test_a_wrong_key_is_told_and_not_repeated(
    open_model: OpenModel, server: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    """The server's own words, which quote the key, come neither into the line, nor the log, nor a repr."""
    caplog.set_level(logging.DEBUG)
    model = open_model("ok", WRONG_KEY)
    with pytest.raises(ModelUnavailableError, match="refuses the key: check it") as caught:
        await model.complete(PROMPT)
    assert len(server.seen) == 1
    assert WRONG_KEY not in str(caught.value) + repr(caught.value) + repr(model) + str(vars(model)) + caplog.text


@pytest.mark.parametrize("model", ["429-then-ok", "500-then-ok", "cut-then-ok", "fault-in-stream-then-ok"])
async def test_what_passes_is_asked_again(open_model: OpenModel, server: ModelServer, model: str) -> None:
    """The second attempt's reply is the answer, whole and once."""
    assert (await open_model(model).complete(PROMPT)).text == TEXT
    assert len(server.seen) == 2


async def test_what_was_heard_is_not_said_twice(open_model: OpenModel, server: ModelServer) -> None:
    """A reply that breaks off after a piece was heard is not asked for again."""
    heard: list[str] = []
    with pytest.raises(ModelUnavailableError, match="broke off"):
        await open_model("cut-then-ok").complete(PROMPT, heard.append)
    assert heard == REPLY[:1]
    assert len(server.seen) == 1


@HOSTED
@pytest.mark.parametrize("model", ["declined", "filtered"])
async def test_a_refusal_is_no_answer(open_model: OpenModel, server: ModelServer, model: str) -> None:
    """A model that declines, at once or after some words, and a provider's filter are told as such, asked once."""
    with pytest.raises(ProviderError, match="declined to answer this") as caught:
        await open_model(model).complete(PROMPT)
    assert type(caught.value) is ProviderError
    assert len(server.seen) == 1


async def test_a_reply_at_its_limit_is_marked(open_model: OpenModel) -> None:
    """The last sentence of such a reply may be half a one."""
    completion = await open_model("limit").complete(PROMPT)
    assert (completion.text, completion.truncated) == (TEXT, True)


@pytest.mark.parametrize("limits", [replace(QUICK, read_s=0.2), replace(QUICK, total_s=0.2)], ids=["read", "total"])
async def test_a_silent_server_is_given_up(open_model: OpenModel, server: ModelServer, limits: object) -> None:
    """Silence is not waited for longer than a read may take, nor than all may; it is not asked for again."""
    with pytest.raises(ModelUnavailableError, match="took too long"):
        await open_model("slow", limits=limits).complete(PROMPT)
    assert len(server.seen) == 1


async def test_a_server_that_is_down_is_told(open_model: OpenModel, unused_tcp_port: int) -> None:
    """A refused connection is tried again, then told."""
    with pytest.raises(ModelUnavailableError, match="cannot be reached"):
        await open_model("ok", url=f"http://127.0.0.1:{unused_tcp_port}").complete(PROMPT)


async def test_many_at_once(open_model: OpenModel) -> None:
    """One model answers several questions side by side."""
    model = open_model("ok")
    replies = await asyncio.gather(*[model.complete(PROMPT) for _ in range(5)])
    assert {reply.text for reply in replies} == {TEXT}
