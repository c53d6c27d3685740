"""Any llama-index LLM as a model of askwire."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
from llama_index.core.base.llms.types import ChatResponse, CompletionResponse
from llama_index.core.llms import MockLLM
from pydantic import PrivateAttr

from index.errors import ModelUnavailableError, ProviderError
from index.providers.base import Prompt
from index.providers.llama_index_chat import ChatWriter, CompletionReader


class Blocking(MockLLM):
    """Counts how many calls run at once."""

    _running: int = 0
    _most: int = 0

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self._running += 1
        self._most = max(self._most, self._running)
        assert threading.current_thread() is not threading.main_thread()
        time.sleep(0.02)
        self._running -= 1
        return CompletionResponse(text=f"{prompt} {kwargs['max_tokens']} {kwargs['stop']}")


async def test_a_reader_runs_in_a_thread_one_at_a_time() -> None:
    """The event loop goes on, and the model is never asked two things at once."""
    llm = Blocking(max_tokens=None)
    reader = CompletionReader("local:x", llm)
    results = await asyncio.gather(*[reader.complete(Prompt(f"p{n}", max_tokens=3, stop=("\n",))) for n in range(4)])
    assert [completion.text for completion in results] == [f"p{n} 3 ['\\n']" for n in range(4)]
    assert llm._most == 1
    assert results[0].mean_logprob is None


class Streaming(MockLLM):
    """Streams pieces: text as it is, a number as so many seconds of silence, an exception raised."""

    _pieces: Sequence[Any] = PrivateAttr(())
    _seen: list[Any] = PrivateAttr(default_factory=list)

    async def astream_chat(self, messages: Any, **kwargs: Any) -> Any:
        self._seen.append((messages, kwargs))

        async def parts() -> Any:
            for piece in self._pieces:
                if isinstance(piece, BaseException):
                    raise piece
                if isinstance(piece, float):
                    await asyncio.sleep(piece)
                else:
                    yield ChatResponse(message=messages[0], delta=piece)

        return parts()


def streaming(*pieces: Any) -> Streaming:
    llm = Streaming(max_tokens=None)
    llm._pieces = pieces
    return llm


async def test_a_writer_streams_and_joins() -> None:
    """Rules go in as the system's turn, pieces are heard as they come, empty ones are passed over."""
    llm = streaming("Three ", "", None, "fell.")
    heard: list[str] = []
    prompt = Prompt("Question", system="Rules", max_tokens=7, stop=("END",))
    completion = await ChatWriter("openai:x", llm).complete(prompt, heard.append)
    assert (completion.text, heard, completion.tokens) == ("Three fell.", ["Three ", "fell."], 2)
    assert completion.first_token_ms >= 0
    messages, options = llm._seen[0]
    assert [(message.role.value, message.content) for message in messages] == [
        ("system", "Rules"),
        ("user", "Question"),
    ]
    assert options == {"max_tokens": 7, "stop": ["END"]}


async def test_without_rules_there_is_one_turn() -> None:
    """Options that were not given are not sent."""
    llm = streaming("ok")
    await ChatWriter("openai:x", llm).complete(Prompt("Question"))
    messages, options = llm._seen[0]
    assert (len(messages), options) == (1, {"max_tokens": 400})


@pytest.mark.parametrize("pieces", [[], [""], [None]])
async def test_an_empty_reply_is_an_error(pieces: list[Any]) -> None:
    """A model that says nothing is named."""
    with pytest.raises(ProviderError, match="openai:x answered with nothing"):
        await ChatWriter("openai:x", streaming(*pieces)).complete(Prompt("Q"))


async def test_a_cut_stream_is_an_error_not_half_an_answer() -> None:
    """What came before the cut is not taken for the reply."""
    llm = streaming("Three rock", ConnectionResetError("cut"))
    with pytest.raises(ModelUnavailableError, match="cannot be reached"):
        await ChatWriter("openai:x", llm).complete(Prompt("Q"))


async def test_a_reply_that_drips_forever_is_ended() -> None:
    """The limit is on the whole reply, not on each piece."""
    llm = streaming(*["word ", 0.02] * 1000)
    with pytest.raises(ModelUnavailableError, match="took too long"):
        await ChatWriter("openai:x", llm, timeout_s=0.2).complete(Prompt("Q"))
