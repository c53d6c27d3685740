"""The vector index is kept in step with the catalog, and rebuilt from it when it is damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import upkeep
from index.catalog import Catalog
from index.errors import EmbedderMismatchError, StoreError
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.store import VectorStore
from index.types import PUBLIC, Scopes
from tests.index.builders import FERRY, ROCKETS, make_article
from tests.index.repairs import broken_off, repair_here

BOTH = Scopes.of("public", "chat:1")


async def open_news(data: Path, embedder: FakeEmbedder | None = None) -> NewsIndex:
    return await NewsIndex.open_with(data, embedder=embedder or FakeEmbedder(), chat_model=None)


async def fill(data: Path) -> list[str]:
    """Makes an index of two scopes, closed in order; what a search in it finds."""
    async with await open_news(data) as news:
        await news.add([ROCKETS, FERRY])
        await news.add([ROCKETS], scope="chat:1")
        return await found(news)


async def found(news: NewsIndex) -> list[str]:
    return [item.chunk_id for item in await news.search("rockets at the embassy, ferry", BOTH)]


async def is_whole(news: NewsIndex) -> bool:
    status = await news.status()
    return status.healthy and status.vectors == status.chunks == 3


def meddled(data: Path) -> None:
    """As when the index is another one than the one that was closed with this catalog."""
    (data / "chroma-1" / "askwire.closed").unlink()


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the upkeep of the index has warned of."""
    return [record.getMessage() for record in caplog.records if record.name == "index.upkeep"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def no_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when a process is run that checks or rebuilds."""
    monkeypatch.setattr(upkeep, "run_repair", lambda *_, **__: pytest.fail("a repair was run"))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets repairs run in this process: what is damaged is damaged in content only."""
    monkeypatch.setattr(upkeep, "run_repair", repair_here)


async def test_an_index_closed_in_order_is_opened_without_a_probe(data: Path, no_probe: None) -> None:
    """No mark is left, and the same is found as before."""
    before = await fill(data)
    assert not (data / "index.dirty").exists()
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)


async def test_a_whole_index_is_kept_after_a_crash(data: Path, here: None, caplog: pytest.LogCaptureFixture) -> None:
    """The mark of an unfinished write asks for a probe; when that finds all well, nothing is rebuilt, nor logged."""
    before = await fill(data)
    broken_off(data)
    async with await open_news(data) as news:
        assert await found(news) == before
        assert [path.name for path in data.glob("chroma-*")] == ["chroma-1"]
    assert not (data / "index.dirty").exists()
    assert logged(caplog) == []


async def test_a_write_is_marked_as_long_as_it_lasts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies within it is known by the mark; one that dies at rest leaves an index that is whole."""
    marked: list[bool] = []
    add = VectorStore.add

    def watched(self: VectorStore, *given: Any) -> None:
        marked.append((data / "index.dirty").exists())
        add(self, *given)

    monkeypatch.setattr(VectorStore, "add", watched)
    news = await open_news(data)
    await news.add([ROCKETS])
    assert (marked, (data / "index.dirty").exists()) == ([True], False)
    await news.remove("rockets", PUBLIC)
    assert not (data / "index.dirty").exists()
    await news.close()
    assert not (data / "index.dirty").exists()


async def test_vectors_lost_behind_its_back_are_put_back(data: Path, here: None) -> None:
    """A missing vector, a stray one and a stray scope are put right from the stored vectors."""
    before = await fill(data)
    news = await open_news(data)
    news._store.delete(["rockets-1-0"], "public")
    news._store.add([("stray", "x", FakeEmbedder().embed_query("stray"))], "chat:9")
    news._store.drop("chat:1")
    await news.close()
    meddled(data)
    embedder = FakeEmbedder()
    async with await open_news(data, embedder) as news:
        assert embedder.embedded == 0
        assert await is_whole(news)
        assert news._store.count("chat:9") == 0
        assert await found(news) == before


@pytest.mark.parametrize("fault", ["failing delete", "failing add"])
async def test_a_failed_write_is_repaired_at_the_next_start(
    data: Path, fault: str, monkeypatch: pytest.MonkeyPatch, here: None
) -> None:
    """An article saved in the catalog but not in the index is put there, also when the counts are the same."""
    await fill(data)
    news = await open_news(data)
    changed = replace(ROCKETS, text="Four drones came.")

    def fail(*_: object) -> None:
        raise StoreError("The vector index cannot be written: disk full")

    with monkeypatch.context() as patch:
        patch.setattr(type(news._store), fault.split()[1], fail)
        with pytest.raises(StoreError, match="disk full"):
            await news.add([changed])
    assert (await news.article("rockets", PUBLIC) or ROCKETS).text == "Four drones came."
    await news.close()
    async with await open_news(data) as news:
        assert news._store.ids("public") == {"rockets-2-0", "ferry-1-0"}
        assert await is_whole(news)


@pytest.mark.parametrize("fault", ["after a crash", "unnoticed"])
async def test_a_damaged_index_is_rebuilt_and_answers_the_same(
    data: Path, fault: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Into a fresh folder, from the stored vectors: nothing is embedded, the damaged one goes; the log says so."""
    before = await fill(data)
    folder = data / "chroma-1"
    if fault == "after a crash":  # by the processes as they are
        broken_off(data)
    else:
        monkeypatch.setattr(upkeep, "run_repair", repair_here)
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    embedder = FakeEmbedder()
    async with await open_news(data, embedder) as news:
        assert await is_whole(news)
        assert await found(news) == before
        assert embedder.embedded == 0
        assert folder not in data.glob("chroma-*")
        assert len(list(data.glob("chroma-*"))) == 1
    assert logged(caplog) == [upkeep._DAMAGED]
    async with await open_news(data) as news:
        assert await is_whole(news)


async def test_an_index_that_is_gone_is_filled_again(data: Path, no_probe: None) -> None:
    """From the stored vectors: as if an index were restored from a backup of the catalog alone."""
    before = await fill(data)
    shutil.rmtree(data / "chroma-1")
    embedder = FakeEmbedder()
    async with await open_news(data, embedder) as news:
        assert await is_whole(news)
        assert (await found(news), embedder.embedded) == (before, 0)


@pytest.mark.parametrize("lost", ["few", "many"])
async def test_vectors_that_no_search_finds_are_found_after_the_next_start(
    data: Path, lost: str, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids and counts are right, and the mark of a crash is there: few are put in anew, for many all is rebuilt."""
    monkeypatch.setattr("index.probe._FEW", 1 if lost == "few" else 0)
    before = await fill(data)
    news = await open_news(data)
    wrong = -FakeEmbedder().embed_query("rockets")
    news._store.delete(["rockets-1-0"], "public")
    news._store.add([("rockets-1-0", "rockets", wrong)], "public")
    await news.close()
    broken_off(data)
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)
        (rockets,) = news._catalog.vectors(["rockets-1-0"], "fake:words")
        nearest, similarity = news._store.search(rockets[2].copy(), PUBLIC, 1)[0]
        assert (nearest, round(similarity, 3)) == ("rockets-1-0", 1.0)
        assert ([path.name for path in data.glob("chroma-*")] == ["chroma-1"]) == (lost == "few")


async def test_the_same_number_of_other_vectors_is_put_right(data: Path, here: None) -> None:
    """Ids are compared, not counts: as after a catalog was restored that is older than its index."""
    before = await fill(data)
    news = await open_news(data)
    vector = FakeEmbedder().embed_query("stray")
    news._store.delete(["rockets-1-0"], "public")
    news._store.add([("stray-1-0", "stray", vector)], "public")
    await news.close()
    meddled(data)
    async with await open_news(data) as news:
        assert await found(news) == before
        assert news._store.ids("public") == {"rockets-1-0", "ferry-1-0"}


async def test_what_a_crashed_rebuild_left_is_deleted(data: Path, no_probe: None) -> None:
    """Only the folder in use stays."""
    await fill(data)
    (data / "chroma-0badc0de").mkdir()
    (data / "chroma-0badc0de" / "chroma.sqlite3").write_bytes(b"half of it")
    async with await open_news(data) as news:
        assert [path.name for path in data.glob("chroma-*")] == ["chroma-1"]
        assert await is_whole(news)


async def test_a_rebuild_that_fails_is_one_clear_line(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk: the old folder stays in use, and nothing is left of the new one."""
    await fill(data)
    broken_off(data)
    monkeypatch.setattr(upkeep, "run_repair", lambda *_, **__: None)
    with pytest.raises(StoreError, match=r"cannot be rebuilt\. Look whether the disk is full"):
        await open_news(data)
    assert [path.name for path in data.glob("chroma-*")] == ["chroma-1"]
    assert (data / "index.dirty").exists()


async def test_so_much_is_missing_that_it_is_rebuilt_beside(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many vectors are not added one by one to the index in use."""
    await fill(data)
    news = await open_news(data)
    news._store.drop("chat:1")
    await news.close()
    meddled(data)
    monkeypatch.setattr("index.synchronising._MANY_MISSING", 0)
    async with await open_news(data) as news:
        assert await is_whole(news)
        assert [path.name for path in data.glob("chroma-*")] != ["chroma-1"]


async def test_a_worn_index_is_rebuilt(
    data: Path, here: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Deleted vectors stay in Chroma's graph; when they are many, a fresh one takes its place, and counts anew."""
    monkeypatch.setattr("index.vector_files._FEW_DELETIONS", 3)
    news = await open_news(data)
    await news.add([make_article(f"Story {n} of the day.", article_id=f"a{n}") for n in range(6)])
    await news.close()
    catalog = Catalog(data / "askwire.db")
    files = upkeep.VectorIndexFiles(data, catalog)
    assert not files.is_worn
    files.note_deletions(3)
    assert not files.is_worn
    files.note_deletions(1)
    assert files.is_worn
    async with await open_news(data) as news:
        assert (await news.status()).vectors == 6
    assert files.folder.name != "chroma-1"
    assert not files.is_worn
    assert logged(caplog) == []
    catalog.close()


async def test_another_embedder_is_refused_by_a_line_that_says_what_to_do(data: Path) -> None:
    """Both are named, and the articles are as they were."""
    await fill(data)
    with pytest.raises(
        EmbedderMismatchError, match=r"with fake:words, but EMBEDDING_MODEL is fake:two.*askwire reindex"
    ):
        await open_news(data, FakeEmbedder(32, "fake:two"))
    async with await open_news(data) as news:
        assert await is_whole(news)


async def test_an_empty_index_takes_any_embedder(data: Path) -> None:
    """Nothing is embedded yet, so nothing stands against it."""
    await (await open_news(data)).close()
    async with await open_news(data, FakeEmbedder(32, "fake:two")) as news:
        await news.add([ROCKETS])
    async with await open_news(data, FakeEmbedder(32, "fake:two")) as news:
        assert (await news.status()).healthy
