"""`askwire reindex`: to another embedder beside the index in use, and the switch to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import reindexing, upkeep
from index.catalog import Catalog
from index.config import IndexConfig, lock_data_dir
from index.embedder_switch import reindexing_alone
from index.errors import EmbedderMismatchError, StoreLockedError
from index.missing_embeddings import count_missing
from index.news_index import NewsIndex
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.reindexing import Reindexed, forget_embeddings, reindex_data_dir
from index.types import PUBLIC
from tests.index.builders import ROCKETS
from tests.index.reindexed import (
    BOTH,
    LATE,
    NEW,
    OLD,
    embedder_of,
    fill,
    found,
    is_whole,
    open_news,
    reindex,
)

READY, IN_USE = Reindexed(3, in_use=False), Reindexed(3, in_use=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def opened(reindexing_here: list[FakeEmbedder]) -> list[FakeEmbedder]:
    return reindexing_here


@pytest.fixture
def no_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when an index in use is checked or rebuilt."""
    monkeypatch.setattr(upkeep, "run_repair", lambda *_, **__: pytest.fail("a repair was run"))


def folders(data: Path) -> set[str]:
    """The Chroma directories, those that are prepared too."""
    return {path.parent.relative_to(data).as_posix() for path in data.rglob("chroma.sqlite3")}


async def test_with_the_local_embedder(data: Path, weights_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody uses the index: it is built for the configured embedder, and opens and finds at once."""
    from index.providers.registry import open_embedder

    monkeypatch.setattr(reindexing, "open_embedder", open_embedder)
    await fill(data)
    config = IndexConfig(data, weights_dir, chat_model="none")
    with pytest.raises(EmbedderMismatchError):
        await NewsIndex.open(config)
    labels: list[str] = []
    assert await reindex_data_dir(config, lambda label, _done, _total: labels.append(label)) == IN_USE
    assert labels[0].startswith("Embedding with local:all-minilm-l6-v2")
    assert "Rebuilding the vector index" in labels
    async with await NewsIndex.open(config) as news:
        assert await is_whole(news)
        assert (await news.search("Which ship is stuck?", PUBLIC))[0].article_id == "ferry"


async def test_nobody_uses_the_index(data: Path, opened: list[FakeEmbedder], no_repair: None) -> None:
    """It goes over at once; one directory is left, and a command opens it without a check."""
    await fill(data)
    assert await reindex(data) == IN_USE
    assert [embedder.embedded for embedder in opened] == [3]
    assert len(folders(data)) == 1
    async with await open_news(data, embedder_of(NEW)) as news:
        assert await is_whole(news)
        assert folders(data) == {folder.name for folder in data.glob("chroma-*")}


async def test_a_bot_answers_and_takes_in_all_the_while(data: Path, no_repair: None) -> None:
    """What is found stays the same; the next start with the new embedder embeds what came in since, and no more."""
    await fill(data)
    lock = lock_data_dir(data)  # as a bot holds it
    async with await open_news(data, beside=True) as news:
        before = await found(news)
        assert await reindex(data) == READY
        assert await found(news) == before
        await news.add([LATE])
        await news.remove("ferry", PUBLIC)
        assert await is_whole(news)
    lock.release()
    embedder = embedder_of(NEW)
    async with await open_news(data, embedder, beside=True) as news:
        assert embedder.embedded == 1
        assert news._store.ids("public") == {"rockets-1-0", "late-1-0"}
        assert await is_whole(news)
        assert (await news.search("trams", PUBLIC))[0].article_id == "late"
    assert len(folders(data)) == 1
    with pytest.raises(EmbedderMismatchError, match=f"with {NEW}, but EMBEDDING_MODEL is {OLD}"):
        await open_news(data, beside=True)


async def test_a_second_one_at_a_time_is_refused(data: Path) -> None:
    """By a clear line; so is a start that would go over meanwhile."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    with reindexing_alone(data):
        with pytest.raises(StoreLockedError, match="Another askwire reindex is at work"):
            await reindex(data)
        with pytest.raises(StoreLockedError, match="Another askwire reindex is at work"):
            await open_news(data, embedder_of(NEW), beside=True)
    lock.release()


async def test_the_index_in_use_is_not_built_anew_beside_its_user(data: Path) -> None:
    """For the embedder in use the data directory is needed for itself."""
    await fill(data)
    lock = lock_data_dir(data)
    with pytest.raises(StoreLockedError, match="Another askwire has the data directory"):
        await reindex(data, OLD)
    lock.release()
    assert await reindex(data, OLD) == IN_USE


async def test_going_back_embeds_only_what_came_since(data: Path, opened: list[FakeEmbedder]) -> None:
    """The vectors of the embedder before are kept, until they are forgotten."""
    await fill(data)
    await reindex(data)
    async with await open_news(data, embedder_of(NEW)) as news:
        await news.add([LATE])
    assert await reindex(data, OLD) == replace(IN_USE, chunks=4)
    assert opened[-1].embedded == 1
    async with await open_news(data) as news:
        assert await is_whole(news, 4)
    assert forget_embeddings(IndexConfig(data, data)) == 4
    async with await open_news(data) as news:
        assert await is_whole(news, 4)
    await reindex(data)
    assert opened[-1].embedded == 4


async def test_an_abandoned_one_goes_with_the_next(data: Path) -> None:
    """Its vectors and its directory, when another embedder is wanted; or when it is forgotten."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data, "fake:abandoned")
    catalog = Catalog(data / "askwire.db")
    assert count_missing(catalog, "fake:abandoned") == 0
    await reindex(data)
    assert [count_missing(catalog, name) for name in ("fake:abandoned", NEW, OLD)] == [3, 0, 0]
    assert len(folders(data)) == 2
    assert forget_embeddings(IndexConfig(data, data)) == 3
    assert len(folders(data)) == 1
    catalog.close()
    lock.release()
    with pytest.raises(EmbedderMismatchError):
        await open_news(data, embedder_of(NEW), beside=True)


async def test_an_empty_index(data: Path) -> None:
    """There is nothing to embed, beside a bot too, and the new embedder opens it."""
    async with await open_news(data):
        lock = lock_data_dir(data)
        assert await reindex(data) == Reindexed(0, in_use=False)
        lock.release()
    async with await open_news(data, embedder_of(NEW), beside=True) as news:
        await news.add([ROCKETS])
        assert await is_whole(news, 1)


async def test_a_stop_ends_it_soon_and_keeps_what_is_done(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends it after the batch at hand, and gives the way free for the next one."""
    await fill(data)
    monkeypatch.setattr("index.missing_embeddings._BATCH", 1)
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    class Slow(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0.3), loop).result()
            return super().embed(texts)

    async def open_slow(*_: Any) -> FakeEmbedder:
        return Slow(32, NEW)

    with monkeypatch.context() as patch:
        patch.setattr(reindexing, "open_embedder", open_slow)
        work = asyncio.create_task(reindex(data))
        await begun.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
    catalog = Catalog(data / "askwire.db")
    assert count_missing(catalog, NEW) == 2
    catalog.close()
    with reindexing_alone(data):
        pass
    async with await open_news(data) as news:
        assert len(await news.search("rockets", BOTH)) == 3
