"""An index of a few articles with one embedder, and `reindex` to another one with the embedders of the tests."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from index.config import IndexConfig
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.reindexing import Reindexed, reindex_data_dir
from index.types import Scopes
from tests.index.builders import FERRY, ROCKETS, make_article

BOTH = Scopes.of("public", "chat:1")
OLD, NEW = "fake:words", "fake:two"
LATE = make_article("The trams of Linz stood still for a day.", "A strike", article_id="late")


def embedder_of(name: str) -> FakeEmbedder:
    """The one of this name: each has a dimension of its own."""
    return FakeEmbedder(64 if name == OLD else 24 + len(name), name)


async def fill(data: Path) -> None:
    """Three chunks in two scopes, with the old embedder."""
    async with await open_news(data) as news:
        await news.add([ROCKETS, FERRY])
        await news.add([ROCKETS], scope="chat:1")


async def open_news(data: Path, embedder: FakeEmbedder | None = None, *, beside: bool = False) -> NewsIndex:
    """An index as a command opens it, or a bot (`beside`)."""
    return await NewsIndex.open_with(data, embedder=embedder or embedder_of(OLD), chat_model=None, repair_beside=beside)


async def reindex(data: Path, name: str = NEW) -> Reindexed:
    """To the embedder of this name; `reindexing.open_embedder` must be another one's."""
    return await reindex_data_dir(IndexConfig(data, data, "none", name), lambda *_: None)


async def found(news: NewsIndex) -> list[tuple[str, float]]:
    """What a question finds, and how near it is."""
    return [(item.chunk_id, item.score) for item in await news.search("rockets at the embassy, ferry", BOTH)]


async def is_whole(news: NewsIndex, chunks: int = 3) -> bool:
    """Whether each chunk has its vector in the index, and nothing is amiss."""
    status = await news.status()
    return (status.healthy, status.vectors, status.chunks) == (True, chunks, chunks)


async def until_whole(news: NewsIndex) -> None:
    """Waits for the end of a repair."""
    async with asyncio.timeout(60):
        while not await is_whole(news):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)


def say(**values: object) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(values), flush=True)  # noqa: T201 - a test reads it
