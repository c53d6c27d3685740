"""The vector index is kept in step with the catalog, and rebuilt from it when it is damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index import upkeep
from index.catalog import Catalog
from index.config import IndexConfig
from index.errors import EmbedderMismatchError, ProviderError, StoreError
from index.news_index import NewsIndex
from index.probe import probe
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.types import PUBLIC, Scopes
from index.upkeep import embed_missing, reindex_data_dir
from tests.index.builders import FERRY, ROCKETS

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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def no_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when the slow probe is run."""
    monkeypatch.setattr(upkeep, "index_is_whole", lambda *_: pytest.fail("the probe was run"))


async def test_an_index_closed_in_order_is_opened_without_a_probe(data: Path, no_probe: None) -> None:
    """No mark is left, and the same is found as before."""
    before = await fill(data)
    assert not (data / "index.dirty").exists()
    async with await open_news(data) as news:
        assert await found(news) == before
        assert await is_whole(news)


async def test_a_whole_index_is_kept_after_a_crash(data: Path) -> None:
    """The mark of an unfinished write asks for a probe; when that finds all well, nothing is rebuilt."""
    before = await fill(data)
    (data / "index.dirty").touch()
    async with await open_news(data) as news:
        assert await found(news) == before
        assert [path.name for path in data.glob("chroma-*")] == ["chroma-1"]
    assert not (data / "index.dirty").exists()


async def test_writing_leaves_its_mark_until_the_index_is_closed(data: Path) -> None:
    """A process that dies after a write is known by it."""
    news = await open_news(data)
    assert not (data / "index.dirty").exists()
    await news.add([ROCKETS])
    assert (data / "index.dirty").exists()
    await news.close()
    assert not (data / "index.dirty").exists()


async def test_vectors_lost_behind_its_back_are_put_back(data: Path, no_probe: None) -> None:
    """A missing vector, a stray one and a stray scope are put right from the stored vectors."""
    before = await fill(data)
    news = await open_news(data)
    news._store.delete(["rockets-1-0"], "public")
    news._store.add([("stray", "x", FakeEmbedder().embed_query("stray"))], "chat:9")
    news._store.drop("chat:1")
    await news.close()
    embedder = FakeEmbedder()
    async with await open_news(data, embedder) as news:
        assert embedder.embedded == 0
        assert await is_whole(news)
        assert news._store.count("chat:9") == 0
        assert await found(news) == before


@pytest.mark.parametrize("fault", ["failing delete", "failing add"])
async def test_a_failed_write_is_repaired_at_the_next_start(
    data: Path, fault: str, monkeypatch: pytest.MonkeyPatch
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
    monkeypatch.setattr(upkeep, "index_is_whole", probe)  # in this process: it is damaged in content only
    async with await open_news(data) as news:
        assert news._store.ids("public") == {"rockets-2-0", "ferry-1-0"}
        assert await is_whole(news)


@pytest.mark.parametrize("fault", ["after a crash", "unnoticed", "gone"])
async def test_a_damaged_index_is_rebuilt_and_answers_the_same(data: Path, fault: str) -> None:
    """Into a fresh folder, from the stored vectors: nothing is embedded again, the damaged one goes."""
    before = await fill(data)
    folder = data / "chroma-1"
    if fault == "after a crash":
        (data / "index.dirty").touch()
        (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    elif fault == "unnoticed":
        (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    else:
        shutil.rmtree(folder)
    embedder = FakeEmbedder()
    async with await open_news(data, embedder) as news:
        assert await is_whole(news)
        assert await found(news) == before
        assert embedder.embedded == 0
    async with await open_news(data) as news:
        assert await is_whole(news)


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


async def test_reindexing_goes_on_where_it_stopped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was embedded before a failure is not embedded again."""
    await fill(data)
    monkeypatch.setattr(upkeep, "_BATCH", 2)

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


async def test_reindexing_a_data_directory_with_the_local_embedder(data: Path, weights_dir: Path) -> None:
    """`askwire reindex` builds the index anew for the configured embedder, which then opens and finds."""
    await fill(data)
    config = IndexConfig(data, weights_dir, chat_model="none")
    with pytest.raises(EmbedderMismatchError):
        await NewsIndex.open(config)
    labels: list[str] = []
    assert await reindex_data_dir(config, lambda label, _done, _total: labels.append(label)) == 3
    assert labels[0].startswith("Embedding with local:all-minilm-l6-v2")
    assert labels[-1] == "Rebuilding the vector index"
    async with await NewsIndex.open(config) as news:
        assert await is_whole(news)
        assert (await news.search("Which ship is stuck?", PUBLIC))[0].article_id == "ferry"
