"""Models that would pass on anything they are shown."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from index.providers.base import Completion, ModelKind, OnText, Prompt, Vectors
from index.providers.fakes import FakeEmbedder
from index.sentences import split_sentences

_PASSAGE = re.compile(r"^\[(\d+)\] .*\n(.*)$", re.MULTILINE)
_SAID = 2  # sentences
_NUMBER = re.compile(r"\d{7}")


class GullibleModel:
    """Repeats what stands in its prompt, and remembers each; `kind` may change between two questions."""

    def __init__(self) -> None:
        self.name = "fake:gullible"
        self.kind = ModelKind.READER
        self.prompts: list[str] = []

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """The beginning of each passage with its number in brackets; of a single passage, the figure in it."""
        self.prompts.append(prompt.text)
        passages = _PASSAGE.findall(prompt.text)
        if passages:
            said = ((n, sentence) for n, passage in passages for sentence in split_sentences(passage)[:_SAID])
            text = " ".join(f"{sentence} [{n}]" for n, sentence in said)
        else:
            numbers = _NUMBER.findall(prompt.text)
            text = numbers[-1] if numbers else prompt.text.rsplit("\n", 1)[-1]
        if on_text:
            on_text(text)
        return Completion(text, len(text.split()), -0.05)

    async def close(self) -> None:
        """Nothing to let go of."""


class QuickEmbedder(FakeEmbedder):
    """The fake embedder with a memory for words."""

    def __init__(self) -> None:
        super().__init__()
        self._word = cache(super()._vector)

    def _vector(self, text: str) -> Vectors:
        total = np.sum([self._word(word) for word in re.findall(r"\w+", text.casefold())] or [self._word("")], axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)
