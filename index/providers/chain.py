"""A chain of language models: the first one that can answers, and one that failed rests for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

from index.errors import ModelUnavailableError, ProviderError
from index.providers.base import ChatModel, Completion, ModelKind, OnText, Prompt

REST_S = 60.0


class Link:
    """One model of a chain; after `ModelUnavailableError` it rests (Nygard 2007, the circuit breaker)."""

    def __init__(self, model: ChatModel, rest_s: float, clock: Callable[[], float]) -> None:
        self.name = model.name
        self.kind = model.kind
        self.rests_until = float("-inf")
        self._model = model
        self._rest_s = rest_s
        self._clock = clock

    @property
    def rests(self) -> bool:
        """Whether it failed a short while ago."""
        return self._clock() < self.rests_until

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Asks the model, and notes whether it is there.

        Raises:
            ModelUnavailableError: as the model does; it rests from then on.
            ProviderError: as the model does; another prompt may fare better, so it does not rest.
        """
        try:
            completion = await self._model.complete(prompt, on_text)
        except ModelUnavailableError:
            self.rests_until = self._clock() + self._rest_s
            raise
        self.rests_until = float("-inf")
        return replace(completion, model=completion.model or self.name)

    async def close(self) -> None:
        """Closes the model."""
        await self._model.close()


class ChainedChatModel:
    """Asks its models in order until one answers.

    A chain may mix kinds, and a prompt is made for one kind. Who makes prompts goes through `links` and makes each
    link's own; `complete` passes its prompt only to links of the first model's kind.
    """

    def __init__(
        self, models: Sequence[ChatModel], *, rest_s: float = REST_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._links = tuple(Link(model, rest_s, clock) for model in models)
        self.kind: ModelKind = self._links[0].kind

    @property
    def name(self) -> str:
        """The model that would be asked first now."""
        return self.links[0].name

    @property
    def links(self) -> Sequence[ChatModel]:
        """Those to ask now, in order; when all rest, the one that wakes first."""
        return self._awake(self._links)

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """The first answer; its `model` names who gave it.

        When a model breaks off after `on_text` heard a part, the next ones are asked without it: the completion's
        text then takes the place of what was heard.

        Raises:
            ProviderError: the last model's, when none answers.
        """
        heard = False

        def hear(text: str) -> None:
            nonlocal heard
            heard = True
            if on_text:
                on_text(text)

        failure: ProviderError | None = None
        for link in self._awake([link for link in self._links if link.kind is self.kind]):
            try:
                return await link.complete(prompt, None if heard or on_text is None else hear)
            except ProviderError as error:
                failure = error
        raise failure or ProviderError("There is no language model to ask.")

    async def close(self) -> None:
        """Closes all of them, also when one fails to."""
        async with AsyncExitStack() as stack:
            for link in self._links:
                stack.push_async_callback(link.close)

    @staticmethod
    def _awake(links: Sequence[Link]) -> list[Link]:
        return [link for link in links if not link.rests] or [min(links, key=lambda link: link.rests_until)]


def links_of(model: ChatModel | None) -> Sequence[ChatModel]:
    """The models to ask in order, each with a prompt of its own kind: a chain's links, or the one model."""
    if isinstance(model, ChainedChatModel):
        return model.links
    return (model,) if model else ()
