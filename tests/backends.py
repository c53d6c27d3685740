"""The two kinds of storage that an index can have: files of its own, or servers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from index.config import ChromaServer
from index.database import DatabasePlace
from index.news_index import NewsIndex
from index.providers.base import ChatModel, Embedder
from index.providers.fakes import FakeEmbedder
from index.server_store import ServerStore


@dataclass(frozen=True)
class Backend:
    """Where the articles and their vectors are."""

    folder: Path
    database: DatabasePlace | None = None
    chroma: ChromaServer | None = None

    async def open(
        self,
        embedder: Embedder | None = None,
        chat_model: ChatModel | None = None,
        *,
        reranker: ChatModel | None = None,
        in_step: bool = True,
    ) -> NewsIndex:
        """An index over it; with `in_step` once a first comparison has found nothing to do, or has done it."""
        news = await NewsIndex.open_with(
            self.folder,
            embedder=embedder or FakeEmbedder(),
            chat_model=chat_model,
            reranker=reranker,
            database=self.database,
            chroma=self.chroma,
        )
        store = news._store
        if isinstance(store, ServerStore) and in_step:
            store.compare_soon()
            async with asyncio.timeout(30):
                while not store.in_step:  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.02)
        return news
