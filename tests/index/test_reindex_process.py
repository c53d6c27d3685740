"""`askwire reindex` as a process beside one that answers: it disturbs nothing, and a kill -9 costs a batch at most."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from index.config import lock_data_dir
from index.news_index import NewsIndex
from index.types import PUBLIC
from tests.index.builders import make_article
from tests.index.reindexed import NEW, embedder_of, fill, found, is_whole, open_news

MANY = [make_article(f"The {n}th tram of Linz stood still.", f"Strike {n}", article_id=f"tram{n}") for n in range(20)]


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """23 chunks."""
    await fill(tmp_path / "data")
    async with await open_news(tmp_path / "data") as news:
        await news.add(MANY)
    return tmp_path / "data"


async def start(data: Path, point: str = "none", pause: float = 0.0) -> asyncio.subprocess.Process:
    """Begins a reindex to the new embedder in another process."""
    words = ("-m", "tests.index.reindex_stand_in", str(data), str(pause), point)
    return await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)


async def end(process: asyncio.subprocess.Process) -> list[dict[str, Any]]:
    """What it told until its end."""
    async with asyncio.timeout(120):
        out, _ = await process.communicate()
    return [json.loads(line) for line in out.splitlines()]


def embedded(told: list[dict[str, Any]]) -> int:
    """How many texts it embedded."""
    return sum(line.get("embedded", 0) for line in told)


async def test_killed_at_every_stage(data: Path) -> None:
    """The old index answers after each kill, nothing is embedded twice but the batch at hand, and the last one ends."""
    lock = lock_data_dir(data)  # a bot runs all the while
    async with await open_news(data, beside=True) as news:
        before = await found(news)
        counts = []
        for point in ("embed 5", "amid building", "put_anew", "note_prepared"):
            process = await start(data, point)
            counts.append(embedded(await end(process)))
            assert process.returncode == -signal.SIGKILL, point
            assert await found(news) == before
        last = await end(await start(data))
        assert counts == [8, 15, 0, 0]
        assert last == [{"chunks": 23, "in_use": False}]
        assert await found(news) == before
    lock.release()
    embedder = embedder_of(NEW)
    async with await open_news(data, embedder, beside=True) as news:
        assert await is_whole(news, 23)
        assert embedder.embedded == 0


async def test_beside_a_process_that_answers_and_takes_in(data: Path) -> None:
    """Each question is answered as before, each article comes in, a second reindex is refused; all are in the end."""
    lock = lock_data_dir(data)
    async with await open_news(data, beside=True) as news:
        before = [chunk_id for chunk_id, _ in await found(news)][:3]
        process = await start(data, pause=0.2)
        assert process.stdout is not None
        first = await process.stdout.readline()
        second = await start(data)
        rest = asyncio.create_task(end(process))
        asked = await _ask_and_add(news, before, rest)
        told = [json.loads(first), *await rest]
        assert "Another askwire reindex is at work" in (await end(second))[0]["refused"]
        total = 23 + asked
        assert await is_whole(news, total)
    lock.release()
    assert told[-1]["in_use"] is False
    embedder = embedder_of(NEW)
    async with await open_news(data, embedder, beside=True) as news:
        assert await is_whole(news, total)
        assert embedded(told) + embedder.embedded == total
        assert await news.article("late0", PUBLIC)


async def _ask_and_add(news: NewsIndex, expected: list[str], until: asyncio.Task[Any]) -> int:
    """Asks and adds until the task ends; how many were added."""
    added = 0
    while not until.done():
        assert [chunk_id for chunk_id, _ in await found(news)][:3] == expected
        await news.add([make_article(f"Snow fell in town {added}.", f"Snow {added}", article_id=f"late{added}")])
        added += 1
        await asyncio.sleep(0.3)
    return added


async def test_ctrl_c(data: Path) -> None:
    """It ends soon, and the next one goes on."""
    process = await start(data, pause=0.2)
    assert process.stdout is not None
    first = json.loads(await process.stdout.readline())
    process.send_signal(signal.SIGINT)
    told = [first, *await end(process)]
    assert process.returncode not in (0, -signal.SIGKILL)
    assert 2 <= embedded(told) < 23
    last = await end(await start(data))
    assert embedded(last) == 23 - embedded(told)
    assert last[-1] == {"chunks": 23, "in_use": True}
