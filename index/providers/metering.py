"""Counts the tokens that models are sent and write: for one question, over all calls, failed ones too."""

from __future__ import annotations

import asyncio

from index.errors import ProviderError
from index.providers.base import ChatModel, Completion, OnText, Prompt
from index.types import ModelUsage


class Meter:
    """What was spent so far, by model."""

    def __init__(self) -> None:
        self._spent: dict[str, ModelUsage] = {}

    def add(self, model: str, prompt_tokens: int, tokens: int) -> None:
        """Counts one call."""
        known = self._spent.get(model, ModelUsage(model))
        self._spent[model] = ModelUsage(model, known.prompt_tokens + prompt_tokens, known.tokens + tokens)

    @property
    def tokens(self) -> int:
        """The tokens that all models wrote."""
        return sum(usage.tokens for usage in self._spent.values())

    @property
    def prompt_tokens(self) -> int:
        """The tokens that all models were sent."""
        return sum(usage.prompt_tokens for usage in self._spent.values())

    @property
    def usage(self) -> tuple[ModelUsage, ...]:
        """The models that were asked, with their tokens."""
        return tuple(self._spent.values())

    def take(self) -> tuple[ModelUsage, ...]:
        """The same, and counts from nothing again."""
        taken, self._spent = self.usage, {}
        return taken


class MeteredModel:
    """A chat model whose tokens are counted; the same in every other way."""

    def __init__(self, model: ChatModel, meter: Meter) -> None:
        self.name = model.name
        self.kind = model.kind
        self._model = model
        self._meter = meter

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Asks the model, and counts.

        Raises:
            ProviderError: as the model does.
        """
        try:
            completion = await self._model.complete(prompt, on_text)
        except ProviderError as error:
            self._meter.add(self.name, error.prompt_tokens, error.tokens)
            raise
        except asyncio.CancelledError:
            self._meter.add(self.name, prompt.estimated_tokens, 0)  # sent, in all likelihood
            raise
        sent = prompt.estimated_tokens if completion.prompt_tokens is None else completion.prompt_tokens
        self._meter.add(completion.model or self.name, sent, completion.tokens)
        return completion

    async def close(self) -> None:
        """Closes the model."""
        await self._model.close()
