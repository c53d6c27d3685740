"""One process of the scale trial: opens an index and asks it; a line of JSON tells how long that took.

`python -m evals.scale_probe DATA_DIR STARTED FILE [CHROMA_URL]`: FILE holds a question a line, STARTED is when the
process was started, in s since 1970.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import numpy as np
import platformdirs

from evals.memory import peak_mb, resident_mb
from index.config import ChromaServer, IndexConfig
from index.news_index import NewsIndex
from index.types import PUBLIC

_WARM = 5


async def probe(data_dir: Path, started: float, questions: list[str], chroma_url: str | None) -> dict[str, float]:
    """Figures in ms, s and MB."""
    chroma = ChromaServer(chroma_url) if chroma_url else None
    config = IndexConfig(data_dir, platformdirs.user_cache_path("askwire"), chroma=chroma)
    async with await NewsIndex.open(config) as news:
        await news.ask(questions[0], PUBLIC)
        ready_s = time.time() - started
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
        }


if __name__ == "__main__":
    folder, moment, file, *server = sys.argv[1:]
    lines = Path(file).read_text("utf-8").splitlines()
    print(json.dumps(asyncio.run(probe(Path(folder), float(moment), lines, server[0] if server else None))))
