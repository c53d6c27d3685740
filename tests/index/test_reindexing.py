"""`askwire reindex`: embeds anew, goes on where it stopped, and builds the vector index."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import missing_embeddings, upkeep
from index.catalog import Catalog
from index.config import IndexConfig
from index.errors import EmbedderMismatchError, ProviderError
from index.missing_embeddings import embed_missing
from index.news_index import NewsIndex
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.reindexing import Reindexed, reindex_data_dir
from index.types import PUBLIC
from tests.index.builders import FERRY, ROCKETS
from tests.index.repairs import repair_here


async def open_news(data: Path, embedder: FakeEmbedder | None = None) -> NewsIndex:
    return await NewsIndex.open_with(data, embedder=embedder or FakeEmbedder(), chat_model=None)


async def fill(data: Path) -> None:
    """Three chunks in two scopes."""
    async with await open_news(data) as news:
        await news.add([ROCKETS, FERRY])
        await news.add([ROCKETS], scope="chat:1")


async def is_whole(news: NewsIndex) -> bool:
    status = await news.status()
    return status.healthy and status.vectors == status.chunks == 3


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the index be built in this process."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)


async def test_reindexing_goes_on_where_it_stopped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was embedded before a failure is not embedded again."""
    await fill(data)
    monkeypatch.setattr(missing_embeddings, "_BATCH", 2)

    class Stumbling(FakeEmbedder):
        def embed(self, texts: object) -> Vectors:
            if self.embedded:
                raise ProviderError("stumbled")
            return super().embed(texts)  # type: ignore[arg-type]  # passes on what it got

    catalog = Catalog(data / "askwire.db")
    with pytest.raises(ProviderError, match="stumbled"):
        embed_missing(catalog, Stumbling(32, "fake:two"), lambda *_: None)
    assert catalog.get_meta("embedder") == "fake:words"
    steps: list[tuple[int, int]] = []
    second = FakeEmbedder(32, "fake:two")
    embed_missing(catalog, second, lambda _label, done, total: steps.append((done, total)))
    assert (second.embedded, steps) == (1, [(2, 3), (3, 3)])
    catalog.close()
    async with await open_news(data, second) as news:
        assert await is_whole(news)


async def test_reindexing_a_data_directory_with_the_local_embedder(data: Path, weights_dir: Path, here: None) -> None:
    """`askwire reindex` builds the index anew for the configured embedder, which then opens and finds."""
    await fill(data)
    config = IndexConfig(data, weights_dir, chat_model="none")
    with pytest.raises(EmbedderMismatchError):
        await NewsIndex.open(config)
    labels: list[str] = []
    assert await reindex_data_dir(config, lambda label, _done, _total: labels.append(label)) == Reindexed(3, True)
    assert labels[0].startswith("Embedding with local:all-minilm-l6-v2")
    assert labels[-1] == "Rebuilding the vector index"
    async with await NewsIndex.open(config) as news:
        assert await is_whole(news)
        assert (await news.search("Which ship is stuck?", PUBLIC))[0].article_id == "ferry"
