"""A backup holds what was saved before it, whatever is written meanwhile, and comes back whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import backup as backup_module
from index import upkeep
from index.backup import write_backup
from index.backup_archive import read_manifest
from index.catalog import Catalog
from index.config import DATABASE, lock_data_dir
from index.errors import NewsIndexError, StoreError, StoreLockedError, UnreadableError
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.restoring import restore_backup
from index.types import PUBLIC, Article, Scopes
from tests.index.builders import FERRY, ROCKETS, make_article
from tests.index.repairs import repair_here

BOTH = Scopes.of("public", "chat:1")


def no_step(*_: object) -> None:
    """Hears of no progress."""


async def open_news(data: Path, embedder: FakeEmbedder | None = None) -> NewsIndex:
    return await NewsIndex.open_with(data, embedder=embedder or FakeEmbedder(), chat_model=None)


async def fill(data: Path, articles: int = 0) -> None:
    """Two stories, one of them also in a chat's own collection, and as many small ones as asked for."""
    async with await open_news(data) as news:
        await news.add([ROCKETS, FERRY, *(small(number) for number in range(articles))])
        await news.add([ROCKETS], scope="chat:1")


def small(number: int) -> Article:
    words = f"Boat{number} came into harbour{number} on Monday with cargo{number * 7} aboard."
    return make_article(words, title=f"Boat {number}", article_id=f"boat-{number}")


async def found(news: NewsIndex) -> list[str]:
    return [item.chunk_id for item in await news.search("rockets at the embassy, ferry", BOTH)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "run_repair", repair_here)


async def test_what_comes_back_is_found_as_before(data: Path, tmp_path: Path) -> None:
    """Articles of all collections are there after a restore, none is embedded again, and searches find the same."""
    await fill(data, 30)
    async with await open_news(data) as news:
        before = await found(news)
    manifest = write_backup(data, tmp_path / "a.tar", no_step)
    done = restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step)
    assert (done.articles, done.chunks) == (manifest.counts["articles"], manifest.counts["chunks"]) == (33, 33)
    assert done.searched == 33
    embedder = FakeEmbedder()
    async with await open_news(tmp_path / "new", embedder) as news:
        assert (await found(news), embedder.embedded) == (before, 0)
        assert (await news.status()).healthy
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "data", "new"]


async def test_a_backup_is_of_one_moment_however_much_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an article saved between any two pages that are copied, exactly those saved before are in it."""
    monkeypatch.setattr(backup_module, "_PAGES", 20)
    await fill(data, 40)
    catalog, written = Catalog(data / DATABASE), 0

    def write(*_: object) -> None:
        nonlocal written
        article = replace(FERRY, id=f"late-{written}", text=f"Late words {written}.")
        catalog.save([(article, [], FakeEmbedder().embed([]))], "public", "fake:words")
        written += 1

    write_backup(data, tmp_path / "a.tar", write)
    catalog.close()
    assert written > 3
    assert restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step).articles == 43


async def test_what_is_acknowledged_is_in_the_next_backup(data: Path, tmp_path: Path) -> None:
    """While a writer goes on, each backup has every article whose saving was reported before it began."""
    acknowledged: list[str] = []
    async with await open_news(data) as news:

        async def write() -> None:
            for number in range(10_000):
                (added,) = await news.add([small(number)])
                acknowledged.append(added.article.id)

        writing = asyncio.create_task(write())
        expected: list[set[str]] = []
        for number in range(3):
            while len(acknowledged) < 10 * (number + 1):  # noqa: ASYNC110 - a count has no event
                await asyncio.sleep(0.001)
            expected.append(set(acknowledged))
            await asyncio.to_thread(write_backup, data, tmp_path / f"{number}.tar", no_step)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    for number, ids in enumerate(expected):
        new = tmp_path / f"new-{number}"
        await asyncio.to_thread(restore_backup, tmp_path / f"{number}.tar", new, no_step)
        async with await open_news(new) as news:
            assert ids <= {article.id for article in await news.articles(PUBLIC, limit=-1)}
            last = f"boat-{len(ids) - 1}"
            assert last in {item.article_id for item in await news.search(f"Boat{len(ids) - 1}", PUBLIC)}
            assert (await news.status()).healthy


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def flip(raw: bytes) -> bytes:
    at = len(raw) // 2
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": cut,
    "cut in the manifest": lambda raw: raw[:600],
    "one bit": flip,
    "empty": lambda _: b"",
    "no archive": lambda _: b"an article\n" * 1000,
    "no manifest": lambda raw: raw.replace(b"manifest.json", b"manifest.jsom", 1),
    "another manifest": lambda raw: raw.replace(b'"sha256"', b'"sha255"', 1),
    "manifest of rubbish": lambda raw: raw.replace(b'{\n  "made_at"', b'[\n  "made_at"', 1),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_backup_is_refused(data: Path, tmp_path: Path, damage: str) -> None:
    """One line says so, and the directory stays empty."""
    await fill(data)
    file = tmp_path / "a.tar"
    write_backup(data, file, no_step)
    changed = DAMAGES[damage](file.read_bytes())
    assert changed != file.read_bytes()
    file.write_bytes(changed)
    with pytest.raises(UnreadableError) as caught:
        restore_backup(file, tmp_path / "new", no_step)
    assert str(caught.value) == f"The backup {file} is damaged or cut off. Nothing was restored: use another backup."
    assert remains(tmp_path / "new") == []


def remains(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*") if path.name != "askwire.lock"]


async def test_a_database_that_is_no_more_than_its_checksum_is_refused(data: Path, tmp_path: Path) -> None:
    """A backup whose bytes are right but whose rows are not those it names does not pass."""
    await fill(data)
    file = tmp_path / "a.tar"
    write_backup(data, file, no_step)
    file.write_bytes(file.read_bytes().replace(b'"articles": 3', b'"articles": 4', 1))
    with pytest.raises(UnreadableError, match="damaged"):
        restore_backup(file, tmp_path / "new", no_step)


async def test_a_missing_backup_and_a_newer_one_are_told_apart(data: Path, tmp_path: Path) -> None:
    """Each has its own line."""
    await fill(data)
    file = tmp_path / "a.tar"
    with pytest.raises(UnreadableError, match="cannot be read: No such file"):
        restore_backup(file, tmp_path / "new", no_step)
    write_backup(data, file, no_step)
    file.write_bytes(file.read_bytes().replace(b'"format": 1', b'"format": 2', 1))
    with pytest.raises(UnreadableError, match="newer askwire"):
        restore_backup(file, tmp_path / "new", no_step)


async def test_only_an_empty_directory_is_restored_into(data: Path, tmp_path: Path) -> None:
    """What is in a data directory is never overwritten, nor one that is open in another process."""
    await fill(data)
    write_backup(data, tmp_path / "a.tar", no_step)
    before = (data / DATABASE).read_bytes()
    with pytest.raises(StoreError, match="is not empty"):
        restore_backup(tmp_path / "a.tar", data, no_step)
    assert (data / DATABASE).read_bytes() == before
    lock = lock_data_dir(tmp_path / "new")
    with pytest.raises(StoreLockedError):
        restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step)
    lock.release()


async def test_a_failed_restore_leaves_nothing_and_can_be_repeated(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the vector index cannot be built, the directory is empty again; the next attempt goes through."""
    await fill(data)
    write_backup(data, tmp_path / "a.tar", no_step)
    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "run_repair", lambda *_, **__: None)
        with pytest.raises(StoreError, match="Look whether the disk is full"):
            restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step)
    assert remains(tmp_path / "new") == []
    (tmp_path / "new" / "askwire.db.restoring").write_bytes(b"half of it")  # as a killed attempt leaves it
    assert restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step).articles == 3


async def test_vectors_that_are_not_found_fail_the_restore(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore is done when a search finds what came back, not when files are in place."""
    await fill(data)
    write_backup(data, tmp_path / "a.tar", no_step)
    monkeypatch.setattr("index.store.VectorStore.search", lambda *_: [("another", 0.2)])
    with pytest.raises(StoreError, match="are not found by a search"):
        restore_backup(tmp_path / "a.tar", tmp_path / "new", no_step)
    assert remains(tmp_path / "new") == []


async def test_a_backup_overwrites_nothing_and_is_its_owners(data: Path, tmp_path: Path) -> None:
    """A file that is there stays as it is; a new one can be read by its owner alone, as it holds people's words."""
    await fill(data)
    file = tmp_path / "a.tar"
    file.write_text("an older backup")
    with pytest.raises(StoreError, match="is there already"):
        write_backup(data, file, no_step)
    assert file.read_text() == "an older backup"
    write_backup(data, tmp_path / "b.tar", no_step)
    assert stat.S_IMODE((tmp_path / "b.tar").stat().st_mode) == 0o600
    assert read_manifest(tmp_path / "b.tar").counts["articles"] == 3


@pytest.mark.parametrize("fault", ["nothing there", "no folder", "damaged"])
async def test_a_backup_that_cannot_be_made_leaves_no_file(data: Path, tmp_path: Path, fault: str) -> None:
    """Without a database, into no folder, and of a damaged database: one line, and nothing is left behind."""
    target = tmp_path / "out" / "a.tar"
    if fault != "no folder":
        target.parent.mkdir()
    if fault != "nothing there":
        await fill(data, 50)
    if fault == "damaged":
        with sqlite3.connect(data / DATABASE) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'versions'").fetchone()
        connection.close()
        raw = bytearray((data / DATABASE).read_bytes())
        raw[(page - 1) * 4096 + 8 : page * 4096] = b"\xff" * 4088
        (data / DATABASE).write_bytes(raw)
    with pytest.raises(NewsIndexError) as caught:
        write_backup(data, target, no_step)
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "out").glob("*")) == list((tmp_path / "out").glob(".*")) == []
