"""Any llama-index LLM as a `ChatModel`: readers complete a raw prompt, writers get a chat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, Awaitable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms import LLM

from index.errors import ProviderError
from index.providers.base import Completion, FirstToken, ModelKind, OnText, Prompt
from index.providers.failures import StreamCutError, is_transport, mapped_failures, status_of
from index.providers.retrying import Limits, retrying

_FIRST_TOKENS = 3


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
            first_tokens=tuple(
                FirstToken(entry[0].token, tuple((other.token, other.logprob) for other in entry[1:]))
                for entry in (response.logprobs or [])[:_FIRST_TOKENS]
                if entry
            ),
            first_token_ms=response.additional_kwargs.get("first_token_ms", 0.0),
        )

    async def close(self) -> None:
        """Nothing to let go of: the model goes with its last reference."""


class End(StrEnum):
    """How a reply ended."""

    WHOLE = "whole"
    LIMIT = "limit"  # of tokens
    DECLINED = "declined"  # by the model, or by its provider's filter


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a stream; `tokens` counts all of the reply, where the server tells."""

    text: str = ""
    end: End | None = None
    tokens: int | None = None


class Backend(Protocol):
    """One provider's way through llama-index; what it raises is mapped by the writer."""

    def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> Awaitable[AsyncIterable[ChatResponse]]:
        """Asks once, without retries of its own."""
        ...

    def read(self, part: ChatResponse) -> Piece:
        """What one part of the stream holds."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


@dataclass(slots=True)
class _Reply:
    pieces: list[str] = field(default_factory=list)
    end: End | None = None
    tokens: int | None = None
    first_at: float | None = None


class ChatWriter:
    """A capable model behind an API, streamed; what fails in passing is asked again while nothing was heard."""

    kind = ModelKind.WRITER

    def __init__(self, name: str, backend: Backend, limits: Limits) -> None:
        self.name = name
        self._backend = backend
        self._limits = limits

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Answers one chat turn, within the limits in all.

        Raises:
            ModelUnavailableError: when the server is down, too slow, refuses the key, or breaks off.
            ProviderError: when it declines, answers with nothing, or does not take the prompt.
        """
        started = time.perf_counter()
        heard = False

        def hear(text: str) -> None:
            nonlocal heard
            heard = True
            if on_text:
                on_text(text)

        with mapped_failures(self.name):
            async with asyncio.timeout(self._limits.total_s):
                again = retrying(self._limits, lambda: not (heard and on_text))
                reply: _Reply = await again(self._ask_once, prompt, hear)
        self._check(reply)
        return Completion(
            text="".join(reply.pieces),
            tokens=len(reply.pieces) if reply.tokens is None else reply.tokens,
            first_token_ms=((reply.first_at or started) - started) * 1000,
            truncated=reply.end is End.LIMIT,
        )

    async def close(self) -> None:
        """Closes the connections to the server."""
        await self._backend.close()

    async def _ask_once(self, prompt: Prompt, hear: OnText) -> _Reply:
        reply = _Reply()
        try:
            # Read to its end whatever comes: a stream that is left would hold its connection.
            async for part in await self._backend.stream(_messages(prompt), prompt):
                piece = self._backend.read(part)
                if reply.end is not End.DECLINED:  # a refusal is followed by an end like any other
                    reply.end = piece.end or reply.end
                reply.tokens = reply.tokens if piece.tokens is None else piece.tokens
                if piece.text:
                    reply.first_at = reply.first_at or time.perf_counter()
                    reply.pieces.append(piece.text)
                    hear(piece.text)
        except Exception as error:
            if reply.pieces and (is_transport(error) or isinstance(error, ValueError)) and status_of(error) is None:
                raise StreamCutError from error
            raise
        if reply.pieces and reply.end is None:
            raise StreamCutError
        return reply

    def _check(self, reply: _Reply) -> None:
        name = f"The language model {self.name}"
        if reply.end is End.DECLINED:
            raise ProviderError(f"{name} declined to answer this.")
        if "".join(reply.pieces).strip():
            return
        if reply.end is End.LIMIT:
            raise ProviderError(f"{name} used up its tokens before it wrote anything: choose one that thinks less.")
        raise ProviderError(f"{name} answered with nothing.")


def _messages(prompt: Prompt) -> list[ChatMessage]:
    messages = [ChatMessage(role=MessageRole.USER, content=prompt.text)]
    if prompt.system:
        messages.insert(0, ChatMessage(role=MessageRole.SYSTEM, content=prompt.system))
    return messages
