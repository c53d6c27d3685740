"""`askwire reindex`: to another embedder beside the index in use, and the switch to it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import embedder_switch, prepared_index, reindexing, upkeep
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
from tests.index.builders import ROCKETS, make_article
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
    until_whole,
)
from tests.index.repairs import repair_here

READY, IN_USE = Reindexed(3, in_use=False), Reindexed(3, in_use=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[FakeEmbedder]:
    """Lets indexes be built in this process, with the embedders of the tests: those that were opened."""
    embedders: list[FakeEmbedder] = []

    async def open_one(name: str, *_: Any) -> FakeEmbedder:
        embedders.append(embedder_of(name))
        return embedders[-1]

    monkeypatch.setattr(reindexing, "open_embedder", open_one)
    monkeypatch.setattr(upkeep, "run_repair", repair_here)
    monkeypatch.setattr(prepared_index, "run_repair", repair_here)
    return embedders


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


async def test_an_id_that_comes_again_gets_its_new_vector(data: Path) -> None:
    """An article that is removed and added with other words has the same chunk ids, also in what is prepared."""
    await fill(data)
    lock = lock_data_dir(data)
    async with await open_news(data, beside=True) as news:
        await reindex(data)
        await news.remove("rockets", PUBLIC)
        await news.add([replace(ROCKETS, title="Drones", text="Drones came over Riga.")])
    lock.release()
    embedder = embedder_of(NEW)
    async with await open_news(data, embedder, beside=True) as news:
        (near, similarity) = news._store.search(embedder.embed_query("Drones\nDrones came over Riga."), PUBLIC, 1)[0]
        assert (near, round(similarity, 3)) == ("rockets-1-0", 1.0)


async def test_what_is_prepared_outlives_starts_and_repairs(data: Path) -> None:
    """Of the index in use: it is opened, found damaged and built anew; then the switch needs no building."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    (prepared,) = (name for name in folders(data) if name.startswith("next-index/"))
    (data / "index.dirty").touch()
    (data / "chroma-1" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert prepared in folders(data)
    lock.release()
    (data / "index.dirty").touch()  # the old one's, which is not in use any more
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upkeep, "run_repair", lambda *_, **__: pytest.fail("a repair was run"))
        async with await open_news(data, embedder_of(NEW), beside=True) as news:
            assert await is_whole(news)


async def test_only_a_bot_goes_over_by_itself(data: Path) -> None:
    """Other commands with the new embedder are refused as ever; `reindex` again does it when nobody uses the index."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    lock.release()
    with pytest.raises(EmbedderMismatchError, match="Run askwire reindex"):
        await open_news(data, embedder_of(NEW))
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert await reindex(data) == IN_USE
    async with await open_news(data, embedder_of(NEW)) as news:
        assert await is_whole(news)


async def test_a_bot_is_refused_before_all_is_embedded(data: Path) -> None:
    """A start with an embedder that nothing is prepared for changes nothing."""
    await fill(data)
    with pytest.raises(EmbedderMismatchError, match="Run askwire reindex to embed them anew"):
        await open_news(data, embedder_of(NEW), beside=True)


async def test_a_bot_is_refused_when_much_came_in_since(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would hold up the start; the line says how much it is and what to do, and doing it helps."""
    monkeypatch.setattr(embedder_switch, "_FEW", 1)
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    async with await open_news(data, beside=True) as news:
        await news.add([LATE, make_article("Snow fell on Oslo.", article_id="snow")])
    with pytest.raises(EmbedderMismatchError, match=r"2 of 5 chunks came in since.*Run askwire reindex again"):
        await open_news(data, embedder_of(NEW), beside=True)
    assert await reindex(data) == replace(READY, chunks=5)
    async with await open_news(data, embedder_of(NEW), beside=True) as news:
        assert await is_whole(news, 5)
    lock.release()


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


@pytest.mark.parametrize("point", ["forget_prepared", "_move", "bring_in_step", "embed_missing"])
@pytest.mark.parametrize("late", [True, False], ids=["before", "after"])
async def test_a_switch_that_is_killed_is_made_by_the_next_start(
    data: Path, monkeypatch: pytest.MonkeyPatch, point: str, late: bool
) -> None:
    """At each of its steps: the old embedder still answers, unless the switch is noted, and the new one then does."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    lock.release()
    real = getattr(embedder_switch, point)

    class KilledError(BaseException):
        """The process is not there any more."""

    def die(*args: Any, **values: Any) -> None:
        if not late:
            real(*args, **values)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(embedder_switch, point, die)
        with pytest.raises(KilledError):
            await open_news(data, embedder_of(NEW), beside=True)
    if point != "forget_prepared" or late:
        async with await open_news(data) as news:
            assert await is_whole(news)
    async with await open_news(data, embedder_of(NEW), beside=True) as news:
        await until_whole(news)
    assert len(folders(data)) == 1


async def test_a_prepared_index_that_is_lost_is_built_by_the_start(data: Path) -> None:
    """As after a restored backup: from the stored vectors, beside."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    lock.release()
    shutil.rmtree(data / "next-index")
    embedder = embedder_of(NEW)
    async with await open_news(data, embedder, beside=True) as news:
        await until_whole(news)
    assert embedder.embedded == 0


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
