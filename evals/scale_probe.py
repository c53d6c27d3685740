"""One process of the scale trial: opens an index and asks it; a line of JSON tells how long that took.

`python -m evals.scale_probe DATA_DIR STARTED FILE [DATABASE CHROMA_URL PROCESS…]`: FILE holds a question a line,
STARTED is when the process was started, in s since 1970; each PROCESS is the number of a server's.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import numpy as np
import platformdirs
from sqlalchemy import make_url

from evals.memory import family_mb, peak_mb, resident_mb
from evals.servers import Storage, in_step
from index.config import ChromaServer, IndexConfig
from index.database import place_text
from index.news_index import NewsIndex
from index.types import PUBLIC

_WARM = 5


async def probe(storage: Storage, started: float, questions: list[str]) -> dict[str, float]:
    """Figures in ms, s and MB."""
    cache = platformdirs.user_cache_path("askwire")
    config = IndexConfig(storage.data_dir, cache, chroma=storage.chroma, database_url=storage.database)
    async with await NewsIndex.open(config) as news:
        await news.ask(questions[0], PUBLIC)
        ready_s = time.time() - started
        await in_step(news)
        times = []
        for question in questions:
            began = time.perf_counter()
            found = await news.search(question, PUBLIC, k=10)
            times.append((time.perf_counter() - began) * 1000)
            assert len(found) == 10, "an index of this size has ten passages for everything"
        times = times[_WARM:]
        return {
            "first_answer_s": ready_s,
            "p50_ms": float(np.percentile(times, 50)),
            "p95_ms": float(np.percentile(times, 95)),
            "resident_mb": resident_mb(),
            "peak_mb": peak_mb(),
            "servers_mb": family_mb(storage.processes),
        }


def command(storage: Storage, started: float, asked: Path) -> list[str]:
    """The arguments of such a process."""
    given = [str(storage.data_dir), str(started), str(asked)]
    if storage.database is not None and storage.chroma is not None:
        given += [place_text(storage.database), storage.chroma.url, *map(str, storage.processes)]
    return ["-m", "evals.scale_probe", *given]


def storage_in(data_dir: str, database: str = "", chroma: str = "", *processes: str) -> Storage:
    """The storage that `command` wrote."""
    if not database:
        return Storage(Path(data_dir))
    return Storage(Path(data_dir), make_url(database), ChromaServer(chroma), processes=tuple(map(int, processes)))


if __name__ == "__main__":
    folder, moment, file, *places = sys.argv[1:]
    lines = Path(file).read_text("utf-8").splitlines()
    print(json.dumps(asyncio.run(probe(storage_in(folder, *places), float(moment), lines))))
