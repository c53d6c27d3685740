"""The start with the embedder that everything is prepared for: what it does, refuses, and survives."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from index import embedder_switch, prepared_index, upkeep
from index.catalog import Catalog
from index.config import lock_data_dir
from index.errors import EmbedderMismatchError
from index.prepared_index import read_prepared
from index.providers.fakes import FakeEmbedder
from index.reindexing import Reindexed
from index.types import PUBLIC
from tests.index.builders import ROCKETS, make_article
from tests.index.reindexed import (
    LATE,
    NEW,
    embedder_of,
    fill,
    is_whole,
    open_news,
    reindex,
    until_whole,
)
from tests.index.repairs import broken_off

IN_USE = Reindexed(3, in_use=True)
READY = Reindexed(3, in_use=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def opened(reindexing_here: list[FakeEmbedder]) -> list[FakeEmbedder]:
    return reindexing_here


def folders(data: Path) -> set[str]:
    """The Chroma directories, those that are prepared too."""
    return {path.parent.relative_to(data).as_posix() for path in data.rglob("chroma.sqlite3")}


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
    broken_off(data)
    (data / "chroma-1" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert prepared in folders(data)
    lock.release()
    broken_off(data)  # the old one's, which is not in use any more
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


async def test_a_kill_amid_writing_leaves_nothing_that_is_taken_for_whole(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The prepared directory may be half written then: it is not used, and another one is built."""
    await fill(data)
    lock = lock_data_dir(data)
    await reindex(data)
    lock.release()
    (half_written,) = (Path(name).name for name in folders(data) if name.startswith("next-index/"))
    with monkeypatch.context() as patch:
        patch.setattr(prepared_index, "put_anew", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            await asyncio.to_thread(switch, data)
    catalog = Catalog(data / "askwire.db")
    prepared = read_prepared(catalog)
    catalog.close()
    assert prepared is not None
    assert prepared.folder is None
    assert await reindex(data) == Reindexed(3, in_use=True)
    async with await open_news(data, embedder_of(NEW)) as news:
        assert await is_whole(news)
    assert half_written not in str(folders(data))


def switch(data: Path) -> None:
    """As a bot's start does it."""
    catalog = Catalog(data / "askwire.db")
    try:
        embedder_switch.switch_embedder(data, None, catalog, embedder_of(NEW), lambda *_: None)
    finally:
        catalog.close()


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
