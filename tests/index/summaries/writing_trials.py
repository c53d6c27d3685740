"""An index with a scripted capable model, for tests of what it writes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from index.news_index import NewsIndex
from index.providers.base import Completion, ModelKind, OnText, Prompt
from index.providers.fakes import FakeEmbedder
from index.sentences import split_sentences
from index.summaries.facade import Summaries

_PASSAGE = re.compile(r"^\[(\d+)\] (.*)\n(.*)$", re.MULTILINE)
Says = Callable[[str, str, str], str]  # a passage's number, title and text → what is said of it


class PassageModel:
    """Says something of each passage it is shown, and remembers what it was asked; `error` is raised instead."""

    kind = ModelKind.WRITER
    name = "fake:passages"

    def __init__(self, says: Says) -> None:
        self.says = says
        self.prompts: list[Prompt] = []
        self.error: Exception | None = None

    async def complete(self, prompt: Prompt, on_text: OnText | None = None) -> Completion:
        """A line for each passage."""
        self.prompts.append(prompt)
        if self.error:
            raise self.error
        return Completion("\n".join(self.says(*found) for found in _PASSAGE.findall(prompt.text)))

    async def close(self) -> None:
        """Nothing to let go of."""


def honest(number: str, title: str, text: str) -> str:
    """The last sentence without its last mark, so that it is no quote."""
    return f"{split_sentences(text)[-1].strip().rstrip('.')} [{number}]"


@asynccontextmanager
async def written_index(data: Path, says: Says = honest) -> AsyncIterator[tuple[NewsIndex, Summaries, PassageModel]]:
    """An index, its summaries, and the model that writes them."""
    model = PassageModel(says)
    async with await NewsIndex.open_with(data, embedder=FakeEmbedder(), chat_model=model) as news:
        yield news, Summaries(news), model
