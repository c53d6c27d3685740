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
from index.providers.base import Completion, FirstToken, Listener, ModelKind, OnText, Prompt, estimated_tokens
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
            prompt_tokens=response.additional_kwargs.get("prompt_tokens"),
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
    """One part of a stream; `tokens` counts all of the reply, `prompt_tokens` the request, where the server tells."""

    text: str = ""
    end: End | None = None
    tokens: int | None = None
    prompt_tokens: int | None = None


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
    prompt_tokens: int | None = None
    first_at: float | None = None
    began: bool = False

    def take(self, piece: Piece) -> None:
        self.began = True
        if self.end is not End.DECLINED:  # a refusal is followed by an end like any other
            self.end = piece.end or self.end
        self.tokens = self.tokens if piece.tokens is None else piece.tokens
        self.prompt_tokens = self.prompt_tokens if piece.prompt_tokens is None else piece.prompt_tokens
        if piece.text:
            self.first_at = self.first_at or time.perf_counter()
            self.pieces.append(piece.text)

    @property
    def written(self) -> int:
        """Its tokens: as told, else estimated; a piece has one at least."""
        return max(len(self.pieces), estimated_tokens(*self.pieces)) if self.tokens is None else self.tokens


@dataclass(slots=True)
class _Attempts:
    """The replies to one prompt, and who hears them."""

    prompt: Prompt
    on_text: OnText | None
    replies: list[_Reply] = field(default_factory=list)
    heard: bool = False

    @property
    def may_repeat(self) -> bool:
        return not (self.heard and self.on_text) or isinstance(self.on_text, Listener)

    def begin(self) -> _Reply:
        if self.heard and isinstance(self.on_text, Listener):
            self.on_text.start_over()
        self.heard = False
        self.replies.append(_Reply())
        return self.replies[-1]

    def hear(self, text: str) -> None:
        self.heard = True
        if self.on_text:
            self.on_text(text)

    @property
    def tokens(self) -> int:
        return sum(reply.written for reply in self.replies)

    @property
    def prompt_tokens(self) -> int:
        """The prompt as often as a reply to it began, or was waited for in vain: both are billed."""
        told = (reply.prompt_tokens for reply in self.replies if reply.began)
        return sum(self.prompt.estimated_tokens if tokens is None else tokens for tokens in told)


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
        attempts = _Attempts(prompt, on_text)
        try:
            with mapped_failures(self.name):
                async with asyncio.timeout(self._limits.total_s):
                    again = retrying(self._limits, lambda: attempts.may_repeat)
                    reply: _Reply = await again(self._ask_once, attempts)
            self._check(reply)
        except ProviderError as error:
            error.prompt_tokens, error.tokens = attempts.prompt_tokens, attempts.tokens
            raise
        return Completion(
            text="".join(reply.pieces),
            tokens=attempts.tokens,
            first_token_ms=((reply.first_at or started) - started) * 1000,
            truncated=reply.end is End.LIMIT,
            prompt_tokens=attempts.prompt_tokens,
        )

    async def close(self) -> None:
        """Closes the connections to the server."""
        await self._backend.close()

    async def _ask_once(self, attempts: _Attempts) -> _Reply:
        reply = attempts.begin()
        try:
            # Read to its end whatever comes: a stream that is left would hold its connection.
            async for part in await self._backend.stream(_messages(attempts.prompt), attempts.prompt):
                piece = self._backend.read(part)
                reply.take(piece)
                if piece.text:
                    attempts.hear(piece.text)
        except Exception as error:
            if reply.pieces and (is_transport(error) or isinstance(error, ValueError)) and status_of(error) is None:
                raise StreamCutError from error
            raise
        except asyncio.CancelledError:
            reply.began = True  # the server was at work
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
