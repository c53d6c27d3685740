"""What a start does where putting the vector index right does not help."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index import mending, upkeep
from index.catalog import Catalog
from index.mending import mend_index
from index.probe import DamagedIndexError, look_for_all, opened_index
from index.providers.fakes import FakeEmbedder
from index.repair_process import IndexFiles
from index.types import Article
from index.vector_index import VectorRow
from tests.index.builders import make_article
from tests.index.repairs import broken_off, repair_here
from tests.index.test_probe import replace_vector
from tests.index.test_upkeep import data as data  # noqa: PLC0414 - a fixture
from tests.index.test_upkeep import fill, found, is_whole, logged, open_news
from tests.index.test_upkeep import here as here  # noqa: PLC0414 - a fixture


@pytest.mark.parametrize(("tries", "kept"), [(2, True), (10**6, False)])
async def test_a_vector_that_stays_hidden_is_put_in_again_or_all_is_built_anew(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch, tries: int, *, kept: bool
) -> None:
    """Some tries are enough at times; when none helps, an index of this size is built again."""
    await fill(data)
    broken_off(data)
    asked = 0

    def stubborn(_store: object, rows: Sequence[VectorRow], *_: object) -> Sequence[VectorRow]:
        nonlocal asked
        asked += bool(rows)
        return rows if asked <= tries else []

    monkeypatch.setattr("index.synchronising.missed_rows", stubborn)
    monkeypatch.setattr("index.mending.look_for_all", lambda *_, **__: ["rockets-1-0"])
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert asked > 2
    assert ([path.name for path in data.glob("chroma-*")] == ["chroma-1"]) == kept


async def test_what_mending_put_right_is_logged(data: Path, here: None, caplog: pytest.LogCaptureFixture) -> None:
    """One line, after a write that was broken off."""
    await fill(data)
    news = await open_news(data)
    news._store.delete(["rockets-1-0"], "public")
    await news.close()
    broken_off(data)
    async with await open_news(data) as news:
        assert await is_whole(news)
    (line,) = logged(caplog)
    assert line.endswith("was put right: it did not hold what the database does")


async def test_an_index_that_was_never_here_is_no_damage(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is built from the database alone, as after a restore into one, and the log speaks of no disk."""
    before = await fill(data)
    shutil.rmtree(data / "chroma-1")
    monkeypatch.setattr("index.synchronising._MANY_MISSING", 0)
    async with await open_news(data) as news:
        assert await found(news) == before
    assert [path.name for path in data.glob("chroma-*")] != ["chroma-1"]
    assert logged(caplog) == []


async def test_an_index_whose_opening_ended_the_process_is_built_anew(data: Path, here: None) -> None:
    """A probe may find nothing, and Chroma still crash on what is damaged: the next start does not try again."""
    before = await fill(data)
    broken_off(data)
    (data / "index.opening").touch()
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)
    assert [path.name for path in data.glob("chroma-*")] != ["chroma-1"]
    assert not (data / "index.opening").exists()
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert not (data / "index.opening").exists()


async def test_an_index_whose_mending_crashed_is_built_anew(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash of Chroma's costs that process alone, whether it searched or wrote."""
    before = await fill(data)
    broken_off(data)
    monkeypatch.setattr(
        upkeep,
        "run_repair",
        lambda module, *given, **_: None if module == mending.MODULE else repair_here(module, *given),
    )
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)
    assert [path.name for path in data.glob("chroma-*")] != ["chroma-1"]


async def test_mending_leaves_nothing_for_the_bot_to_do(data: Path) -> None:
    """What lacked is in, what was too many is out, and what was hidden is found, before the bot opens the index."""
    await fill(data)
    news = await open_news(data)
    store = news._store
    store.delete(["ferry-1-0"], "public")
    store.add([("stray-1-0", "stray", FakeEmbedder().embed_query("stray"))], "public")
    store.add([("stray-1-0", "stray", FakeEmbedder().embed_query("stray"))], "chat:2")
    await news.close()
    files = IndexFiles(data / "chroma-1", data / "askwire.db", "fake:words", 64)
    with opened_index(files) as (_, opened):
        replace_vector(opened, "rockets-1-0")
    assert mend_index(files) == [mending._DIFFERED, mending._HIDDEN]
    assert mend_index(files) == []
    with opened_index(files) as (catalog, opened):
        assert {scope: opened.ids(scope) for scope in opened.scopes()} == {
            "public": {"rockets-1-0", "ferry-1-0"},
            "chat:1": catalog.chunk_ids("chat:1"),
        }
        assert look_for_all(catalog, opened, "fake:words", lambda *_: None) == []


async def test_where_much_lacks_mending_asks_for_a_new_index(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh one is built quicker than many vectors go into an old one."""
    await fill(data)
    files = IndexFiles(data / "chroma-1", data / "askwire.db", "fake:words", 64)
    with opened_index(files) as (_, opened):
        opened.drop("chat:1")
    monkeypatch.setattr("index.synchronising._MANY_MISSING", 0)
    with pytest.raises(DamagedIndexError):
        mend_index(files)


async def test_an_index_that_was_broken_off_amid_a_rewrite_of_its_graph_is_built_anew(data: Path, here: None) -> None:
    """What Chroma wrote half is damaged in ways that no search shows; a graph left alone by the write is kept."""
    before = await fill(data)
    graph = data / "chroma-1" / "segment" / "data_level0.bin"
    graph.parent.mkdir()
    graph.write_bytes(b"half of it")
    broken_off(data)
    async with await open_news(data):
        assert graph.exists()
    broken_off(data)
    os.utime(graph)  # now
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)
    assert not graph.exists()


async def test_what_was_closed_together_is_not_compared(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That takes seconds for a large index; it holds for one start, this catalog and this index only."""
    compared: list[str] = []
    chunk_ids = Catalog.chunk_ids

    def noted(self: Catalog, scope: str) -> set[str]:
        compared.append(scope)
        return chunk_ids(self, scope)

    monkeypatch.setattr(Catalog, "chunk_ids", noted)
    await fill(data)
    shutil.copytree(data, data.with_name("copy"))

    async def compares(folder: Path, *more: Article) -> bool:
        compared.clear()
        news = await open_news(folder)
        before = bool(compared)
        await news.add(more)
        (killed := folder.with_name(f"{folder.name}-killed")).mkdir(exist_ok=True)
        shutil.copytree(folder, killed, dirs_exist_ok=True)  # as it would lie there after a kill
        await news.close()
        return before

    assert not await compares(data, make_article("One more story."))
    assert await compares(data.with_name("data-killed"))
    shutil.copy(data.with_name("copy") / "askwire.db", data / "askwire.db")  # an older catalog
    assert await compares(data)
    assert not await compares(data)


async def test_a_process_that_was_killed_at_rest_is_looked_after_where_that_is_quick(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No write was broken off, but a graph may hide a vector unharmed; a large one is opened at once."""
    run: list[str] = []

    def noted(module: str, *given: Any, **_: object) -> list[str] | None:
        run.append(module)
        return repair_here(module, *given)

    await fill(data)
    monkeypatch.setattr(upkeep, "run_repair", noted)
    (data / "chroma-1" / "askwire.closed").unlink()
    await (await open_news(data)).close()
    assert run == [mending.MODULE]
    await (await open_news(data)).close()
    (data / "chroma-1" / "askwire.closed").unlink()
    monkeypatch.setattr(upkeep, "MOST_HIDDEN", 2)
    async with await open_news(data) as news:
        assert await is_whole(news)
    assert len(run) == 1
