"""What a model wrote for messages is kept, so that the next summary costs only what is new."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from index.summaries.types import ChatMessage


class SummaryCache(Protocol):
    """A store of texts by key."""

    async def get(self, key: str) -> str | None:
        """The text of a key; None when there is none.

        Raises:
            StoreError: when the store fails.
        """
        ...

    async def put(self, key: str, text: str) -> None:
        """Keeps a text.

        Raises:
            StoreError: when the store fails.
        """
        ...


class MemoryCache:
    """A `SummaryCache` that lasts as long as the process and forgets what was not asked for longest."""

    def __init__(self, most: int = 1_000) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._most = most

    async def get(self, key: str) -> str | None:
        """The text of a key; None when there is none."""
        if key in self._texts:
            self._texts.move_to_end(key)
        return self._texts.get(key)

    async def put(self, key: str, text: str) -> None:
        """Keeps a text."""
        self._texts[key] = text
        self._texts.move_to_end(key)
        while len(self._texts) > self._most:
            self._texts.popitem(last=False)


def window_key(messages: Sequence[ChatMessage], model: str, prompt: str) -> str:
    """The same for the same messages with the same words, model and prompt; it tells none of the words."""
    digest = hashlib.sha256()
    for part in (model, prompt, *(f"{m.message_id}\0{m.author}\0{m.text}" for m in messages)):
        digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()
