"""The models that write a summary: the first that can, and the next one when it fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from index.errors import ProviderError
from index.providers.base import ChatModel, Completion, OnText, Prompt
from index.summaries.cache import SummaryCache

GoesOn = Callable[[], Awaitable[bool]]


class Writers:
    """The models of one summary, in order; one that failed is not asked again for it.

    `requests` were made so far, to all of them. `goes_on` is asked before the next one is, and says whether there is
    money left for it.
    """

    def __init__(self, models: Sequence[ChatModel], goes_on: GoesOn | None = None) -> None:
        self._models = list(models)
        self._goes_on = goes_on
        self.requests = 0

    @property
    def name(self) -> str:
        """The model that is asked now."""
        return self._models[0].name

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """Asks the model whose turn it is.

        Raises:
            ProviderError: as the model does; `fall_over` then goes on to the next one.
        """
        self.requests += 1
        return await self._models[0].complete(prompt, on_text)

    async def fall_over(self) -> bool:
        """Goes on to the next model; False when there is none, or no money for it.

        Raises:
            StoreError: when what was spent is not known.
        """
        if len(self._models) == 1 or (self._goes_on and not await self._goes_on()):
            return False
        del self._models[0]
        return True

    async def text(self, prompt: Prompt, key: Callable[[str], str], cache: SummaryCache) -> tuple[str, str]:
        """What a model writes or wrote before, and its name; `key` is the one of the cache for a model's name.

        One request, and one more for each model that fails.

        Raises:
            ProviderError: the last model's, when none answers.
            StoreError: when the cache fails, or what was spent is not known.
        """
        while True:
            name = self.name
            if (kept := await cache.get(key(name))) is not None:
                return kept, name
            try:
                text = (await self.complete(prompt)).text
            except ProviderError:
                if not await self.fall_over():
                    raise
                continue
            await cache.put(key(name), text)
            return text, name


def named(names: Iterable[str | None]) -> str | None:
    """Who wrote a summary: each model once, in order; None when none did."""
    return ", ".join(dict.fromkeys(name for name in names if name)) or None
