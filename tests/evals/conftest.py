"""An index with the made-up articles: real storage, the shipped fake as embedder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from index.news_index import NewsIndex
from index.providers.base import ChatModel
from index.providers.fakes import FakeEmbedder
from tests.evals.builders import ARTICLES

OpenNews = Callable[[ChatModel | None], Awaitable[NewsIndex]]


@pytest.fixture
async def open_news(tmp_path: Path) -> AsyncIterator[OpenNews]:
    """Opens the index with a chat model; it is closed at the end."""
    async with AsyncExitStack() as stack:

        async def open_with(model: ChatModel | None) -> NewsIndex:
            news = await NewsIndex.open_with(tmp_path / "data", embedder=FakeEmbedder(), chat_model=model)
            await stack.enter_async_context(news)
            await news.add(ARTICLES)
            return news

        yield open_with
