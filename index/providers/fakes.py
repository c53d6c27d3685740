"""Models for tests: vectors that differ with the text, and a queue of replies that records what it was asked."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from index.providers.base import Completion, ModelKind, OnText, Prompt, Vectors


class FakeEmbedder:
    """Each word adds a fixed random direction, so texts that share words are near each other."""

    def __init__(self, dimension: int = 64, name: str = "fake:words") -> None:
        self.name = name
        self.dimension = dimension
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension), L2-normalised."""
        self.embedded += len(texts)
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension), "f4")

    def embed_query(self, text: str) -> Vectors:
        """The vector of one text, shape (dimension,)."""
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimension, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.casefold()):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


class FakeChatModel:
    """Answers with the queued replies in turn (the last one stays); an exception in the queue is raised."""

    def __init__(
        self,
        replies: Iterable[str | Completion | Exception] = ("",),
        *,
        kind: ModelKind = ModelKind.WRITER,
        name: str = "fake:replies",
    ) -> None:
        self.name = name
        self.kind = ModelKind(kind)
        self.prompts: list[Prompt] = []
        self._replies = deque(replies)

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """The next reply of the queue."""
        self.prompts.append(prompt)
        reply = self._replies.popleft() if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        completion = reply if isinstance(reply, Completion) else Completion(reply, len(reply.split()), -0.1)
        if on_text:
            on_text(completion.text)
        return completion

    async def close(self) -> None:
        """Nothing to let go of."""
