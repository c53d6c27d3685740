"""What a model wrote is kept under a key of all that it was shown, so that the next summary costs only what is new."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from index.types import Evidence


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


def passages_key(passages: Sequence[Evidence], model: str, prompt: str) -> str:
    """The same for the same passages of the same versions of articles, model and prompt.

    Who asks has the passages at hand, and only those of the asking chat's articles: a key of others cannot be made.
    """
    shown = (
        f"{p.article_id}\0{p.version}\0{p.start}\0{p.title}\0{p.source}\0{p.published_at}\0{p.text}" for p in passages
    )
    return key_of(model, prompt, *shown)


def key_of(*parts: str) -> str:
    """A digest of texts that tells none of their words."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()
