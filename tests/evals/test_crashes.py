"""The short form of the trial by kill -9 of a writing process; the long one is `python -m evals crashes`."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from evals.crash_articles import Told, TopicEmbedder, number_and_edition, story
from evals.crash_checks import Entry, faults, stored_forms
from evals.crashes import CrashResult, run_crashes, try_crashes
from evals.persists import changed_since, unrecorded, wait_for_persist
from index.catalog import Catalog
from index.chunking import chunk_article
from index.news_index import NewsIndex
from index.types import PUBLIC
from index.vector_index import VectorIndex


@pytest.mark.timeout(400)
async def test_nothing_is_lost_by_a_kill() -> None:
    """Neither at random nor amid a persist of Chroma's."""
    result = await try_crashes(kills=2, aimed=1, chunks=150, persist_every=60)
    assert result.faults == []
    assert result.kills >= 2
    assert result.in_persist >= 1
    assert result.acknowledged >= 4  # the first life fills before it is killed, by four articles at least
    assert result.articles > 10
    assert len(result.ready_full_s) >= 1


async def test_the_result_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault is named, and the command fails; so it does when a start takes too long."""
    result = CrashResult(random=7, in_persist=3, ready_s=[1.0, 61.0], ready_full_s=[61.0], faults=["story 7 is lost"])

    async def lose(*_: object) -> CrashResult:
        return result

    monkeypatch.setattr("evals.crashes.try_crashes", lose)
    assert await run_crashes(10, 3, 100) == 1
    told = capsys.readouterr().out
    assert "10 kills in 0 minutes: 3 amid a persist" in told
    assert "longest 61.0 s" in told
    assert "lost, doubled or not found: 1\n  story 7 is lost" in told
    result.faults.clear()
    assert await run_crashes(10, 3, 100) == 1
    result.ready_full_s[:] = [59.0]
    assert await run_crashes(10, 3, 100) == 0


def test_a_story_can_be_told_anew() -> None:
    """A version changes one paragraph, an edition all; the title says which; a paragraph is a chunk."""
    first, second, other = story(7, Told(1, 1)), story(7, Told(1, 2)), story(7, Told(2, 1))
    assert first == story(7, Told(1, 1))
    assert number_and_edition(second.title) == (7, 1)
    before, after = first.text.split("\n\n"), second.text.split("\n\n")
    assert [a == b for a, b in zip(before, after, strict=True)] == [False] + [True] * 6
    assert not set(before) & set(other.text.split("\n\n"))
    assert [chunk.text for chunk in chunk_article(first)] == before
    assert len({story(7, Told(1, version)).text for version in range(1, 30)}) == 29


def test_vectors_of_a_topic_are_near_each_other() -> None:
    """And the same text has the same one."""
    embedder = TopicEmbedder()
    one, near, far = embedder.embed(["On topic 1\na", "On topic 1\nb", "On topic 2\na"])
    assert np.array_equal(one, embedder.embed_query("On topic 1\na"))
    assert one @ near > 0.4 > one @ far


@pytest.fixture
async def news(tmp_path: Path) -> NewsIndex:
    """Four stories."""
    opened = await NewsIndex.open_with(tmp_path, embedder=TopicEmbedder(), chat_model=None)
    await opened.add([story(number, Told(1, 1)) for number in range(4)])
    return opened


LEDGER = {number: Entry(Told(1, 1)) for number in range(4)}


async def test_what_is_whole_has_no_faults(news: NewsIndex) -> None:
    """Also when more happened than was acknowledged."""
    assert faults(news, LEDGER) == []
    await news.add([story(0, Told(1, 2)), story(9, Told(1, 1))])
    await news.remove("s1", PUBLIC)
    assert faults(news, {**LEDGER, 1: Entry(Told(1, 1), removing=True)}) == []
    assert faults(news, {**LEDGER, 1: Entry(Told(1, 1), gone=True)}) == []
    assert stored_forms(news.retriever) == {0: (1, 2), 2: (1, 1), 3: (1, 1), 9: (1, 1)}
    await news.close()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("lost", "story 5 was acknowledged and is not there"),
        ("old", "story 0 is there as Told(edition=1, version=1), acknowledged as Told(edition=1, version=2)"),
        ("still there", "story 0 was removed and is there"),
        ("other text", "story 0 has another text"),
        ("half of its chunks", "story 0 lacks chunks, or has some twice"),
        ("not in Chroma", "chunk s0-1-0 is not in the vector index"),
        ("only in Chroma", "chunk s9-1-0 is in the vector index only"),
        ("wrong vector", "chunk s0-1-0 does not find itself"),
        ("no word", "chunk s0-1-0 is not found by its word"),
    ],
)
async def test_each_fault_is_seen(news: NewsIndex, fault: str, said: str) -> None:
    """A trial that finds nothing has looked."""
    catalog, store = news.retriever.catalog, news.retriever.store
    ledger = dict(LEDGER)
    changed = {
        "lost": lambda: ledger.update({5: Entry(Told(1, 1))}),
        "old": lambda: ledger.update({0: Entry(Told(1, 2))}),
        "still there": lambda: ledger.update({0: Entry(Told(1, 1), gone=True)}),
        "other text": lambda: _run(catalog, "UPDATE versions SET text = text || 'x' WHERE article_id = 's0'"),
        "half of its chunks": lambda: _run(catalog, "DELETE FROM chunks WHERE id = 's0-1-2'"),
        "not in Chroma": lambda: store.delete(["s0-1-0"], "public"),
        "only in Chroma": lambda: store.add([("s9-1-0", "s9", TopicEmbedder().embed_query("x"))], "public"),
        "wrong vector": lambda: _spoil(store),
        "no word": lambda: _run(catalog, "INSERT INTO chunks_fts(chunks_fts) VALUES ('delete-all')"),
    }
    changed[fault]()
    assert said in faults(news, ledger)
    await news.close()


def _run(catalog: Catalog, statement: str) -> None:
    with catalog.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def _spoil(store: VectorIndex) -> None:
    store.delete(["s0-1-0"], "public")
    store.add([("s0-1-0", "s0", -TopicEmbedder().embed_query("x"))], "public")


def test_a_persist_is_seen_from_outside(tmp_path: Path) -> None:
    """When a file of a graph changes; and as unfinished for as long as Chroma's database does not know of it."""
    segment = tmp_path / "chroma-1" / "segment"
    segment.mkdir(parents=True)
    (segment / "header.bin").write_bytes(b"1")
    os.utime(segment / "header.bin", (1, 1))
    assert wait_for_persist(tmp_path, lambda: True, 5.0) is None
    assert wait_for_persist(tmp_path, lambda: False, 0.05) is None
    started = time.time_ns()
    threading.Timer(0.1, (segment / "header.bin").write_bytes, [b"2"]).start()
    begun = wait_for_persist(tmp_path, lambda: False, 5.0)
    assert begun is not None
    assert started - 20_000_000 <= begun <= time.time_ns()
    assert changed_since(tmp_path, begun)
    assert not changed_since(tmp_path, time.time_ns() + 1)
    with sqlite3.connect(tmp_path / "chroma-1" / "chroma.sqlite3") as database:
        database.execute("CREATE TABLE segments (id, scope)")
        database.execute("CREATE TABLE max_seq_id (segment_id, seq_id)")
        database.execute("CREATE TABLE embeddings_queue (seq_id)")
        database.executemany("INSERT INTO segments VALUES (?, ?)", [("m", "METADATA"), ("v", "VECTOR")])
        database.executemany("INSERT INTO embeddings_queue VALUES (?)", [(1200,), (1300,)])
        database.commit()
        assert unrecorded(tmp_path) == 1300
        database.execute("INSERT INTO max_seq_id VALUES ('v', 1100)")
        database.commit()
    database.close()
    assert unrecorded(tmp_path) == 200
