"""What askwire asks of a model: the `Embedder` and `ChatModel` protocols, and what passes through them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_CHARACTERS_A_TOKEN = 3  # fewer than most texts have, so that a cost is not estimated too low


class Embedder(Protocol):
    """Turns texts into vectors of length 1; blocking, so call it in a thread."""

    @property
    def name(self) -> str:
        """Provider and model, for example `local:all-minilm-l6-v2`."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension), L2-normalised.

        Raises:
            ProviderError: when the model fails.
        """
        ...

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,), L2-normalised.

        Raises:
            ProviderError: when the model fails.
        """
        ...


class ModelKind(StrEnum):
    """How a model is asked."""

    READER = "reader"  # small: a few-shot prompt over one passage at a time, a short answer
    WRITER = "writer"  # capable: one prompt with all the evidence, cited sentences


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. `text` is the whole prompt of a reader, the user's turn for a writer."""

    text: str
    system: str | None = None
    max_tokens: int = 400
    stop: tuple[str, ...] = ()

    @property
    def estimated_tokens(self) -> int:
        """Its length in tokens, rather too high: a third of its characters."""
        return estimated_tokens(self.text, self.system or "")


def estimated_tokens(*texts: str) -> int:
    """How many tokens texts have together, rather too high: a third of their characters."""
    return math.ceil(sum(map(len, texts)) / _CHARACTERS_A_TOKEN)


@dataclass(frozen=True, slots=True)
class FirstToken:
    """A token at the beginning of a reply, and the likeliest ones in its place: (text, natural log-probability)."""

    token: str
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back. `mean_logprob` is the mean natural log-probability of its tokens, None where unknown.

    `model` names who wrote it where that is not the model that was asked (a chain's link), `truncated` says
    that the limit of tokens ended it: its last sentence may be half a one; `first_tokens` are up to three, where the
    model tells them. `prompt_tokens` were sent and `tokens` written, in all attempts; None where nobody counted.
    """

    text: str
    tokens: int = 0
    mean_logprob: float | None = None
    first_token_ms: float = 0.0
    model: str | None = None
    truncated: bool = False
    first_tokens: tuple[FirstToken, ...] = ()
    prompt_tokens: int | None = None


OnText = Callable[[str], None]


@runtime_checkable
class Listener(Protocol):
    """An `OnText` that can forget: a reply that breaks off is then asked for again, and heard from its beginning."""

    def __call__(self, text: str, /) -> None:
        """Hears a piece."""
        ...

    def start_over(self) -> None:
        """Forgets all that was heard."""
        ...


class ChatModel(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """Provider and model, for example `openai:gpt-5`."""
        ...

    @property
    def kind(self) -> ModelKind:
        """How it is asked."""
        ...

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Answers one prompt; `on_text` hears each piece as it arrives, and no piece twice unless it is a `Listener`.

        Raises:
            ModelUnavailableError: when the model cannot be reached, is too slow, or breaks off.
            ProviderError: when it fails otherwise: it declines, answers with nothing, or takes no such prompt.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections; the model is not asked again."""
        ...


@dataclass(frozen=True, slots=True)
class ProviderKeys:
    """Keys and addresses of hosted models; a key never shows in a repr."""

    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    anthropic_api_key: str | None = field(default=None, repr=False)
    gemini_api_key: str | None = field(default=None, repr=False)
    ollama_base_url: str = "http://127.0.0.1:11434"
