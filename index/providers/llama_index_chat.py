"""Any llama-index LLM as a `ChatModel`: readers complete a raw prompt, writers get a chat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import LLM

from index.errors import ProviderError
from index.providers.base import Completion, ModelKind, OnText, Prompt
from index.providers.failures import mapped_failures


class CompletionReader:
    """A small model that completes a few-shot prompt; its blocking call runs in a thread, one at a time."""

    kind = ModelKind.READER

    def __init__(self, name: str, llm: LLM) -> None:
        self.name = name
        self._llm = llm
        self._one_at_a_time = asyncio.Lock()

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Completes `prompt.text`; the mean log-probability is over the tokens written.

        Raises:
            ProviderError: when the model fails.
        """
        async with self._one_at_a_time:
            response = await asyncio.to_thread(
                self._llm.complete,
                prompt.text,
                formatted=True,
                stop=list(prompt.stop),
                max_tokens=prompt.max_tokens,
            )
        logprobs = [entry[0].logprob for entry in response.logprobs or [] if entry]
        if on_text:
            on_text(response.text)
        return Completion(
            text=response.text,
            tokens=response.additional_kwargs.get("completion_tokens", 0),
            mean_logprob=sum(logprobs) / len(logprobs) if logprobs else None,
            first_token_ms=response.additional_kwargs.get("first_token_ms", 0.0),
        )

    async def close(self) -> None:
        """Nothing to let go of: the model goes with its last reference."""


class ChatWriter:
    """A capable model behind an API, streamed."""

    kind = ModelKind.WRITER

    def __init__(
        self, name: str, llm: LLM, *, timeout_s: float = 60.0, on_close: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self.name = name
        self._llm = llm
        self._timeout_s = timeout_s
        self._on_close = on_close

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Answers one chat turn, at most `timeout_s` seconds in all.

        Raises:
            ModelUnavailableError: when the server is down, too slow, or refuses.
            ProviderError: when it answers with nothing.
        """
        messages = [ChatMessage(role=MessageRole.USER, content=prompt.text)]
        if prompt.system:
            messages.insert(0, ChatMessage(role=MessageRole.SYSTEM, content=prompt.system))
        options: dict[str, Any] = {"stop": list(prompt.stop)} if prompt.stop else {}
        started = time.perf_counter()
        first: float | None = None
        pieces: list[str] = []
        with mapped_failures(self.name):
            async with asyncio.timeout(self._timeout_s):
                async for part in await self._llm.astream_chat(messages, max_tokens=prompt.max_tokens, **options):
                    if not part.delta:
                        continue
                    first = first or time.perf_counter()
                    pieces.append(part.delta)
                    if on_text:
                        on_text(part.delta)
        if not pieces:
            raise ProviderError(f"The language model {self.name} answered with nothing.")
        return Completion("".join(pieces), len(pieces), None, ((first or started) - started) * 1000)

    async def close(self) -> None:
        """Closes the connections to the server."""
        if self._on_close:
            await self._on_close()
