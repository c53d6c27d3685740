"""`python -m evals scale`: how retrieval, ingest, memory, disk and start-up grow with the number of chunks."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import platformdirs

from evals.filled_index import cached_folder, eval_config, open_filled, recipe_of
from evals.newsset import ARTICLES, DataError, read_questions
from evals.scale_articles import varied
from evals.scale_figures import EMBEDDED, SERVER, Size, read_figures, table, write_figures
from evals.scale_probe import command
from evals.servers import Storage, servers
from evals.stored_vectors import StoredVectors
from index.providers.base import Embedder
from index.sources.files import read_articles
from index.types import PUBLIC, Article

EMBEDDER = "local:all-minilm-l6-v2"
_QUESTIONS = 105
_A_STEP = 64  # articles
_MB = 2**20


@dataclass(frozen=True, slots=True)
class ScaleOptions:
    """What is measured, on servers of the trial's own or in files; with `stored` nothing is, and figures are read."""

    data: Path
    sizes: Sequence[int]
    server: bool = False
    stored: Sequence[Path] = ()
    target: Path | None = None
    plot: Path | None = None


async def run_scale(options: ScaleOptions) -> int:
    """Measures, prints, writes JSON to `target` and a picture to `plot`; 0 when nothing failed on the way."""
    try:
        measured = read_figures(options.stored) if options.stored else await _measure(options)
    except (OSError, DataError) as error:
        print(f"Nothing to measure or to draw: {error}", file=sys.stderr)
        return 2
    print(table(measured))
    if options.target:
        write_figures(options.target, measured)
    if options.plot and len(measured) > 1:
        from evals.scale_plot import draw_scale

        draw_scale(measured, options.plot)
    return 0


async def _measure(options: ScaleOptions) -> list[Size]:
    articles = list(read_articles(options.data / ARTICLES))
    questions = [question.question for question in read_questions(options.data)][:_QUESTIONS]
    vectors = await stored_vectors(options.data, articles)
    with tempfile.TemporaryDirectory() as folder, _storage(Path(folder) / "data", server=options.server) as storage:
        asked = Path(folder) / "questions.txt"
        asked.write_text("\n".join(" ".join(question.split()) for question in questions), "utf-8")
        return await measure_sizes(storage, varied(articles), asked, vectors, options.sizes)


def _storage(data_dir: Path, *, server: bool) -> AbstractContextManager[Storage]:
    return servers(data_dir) if server else nullcontext(Storage(data_dir))


async def stored_vectors(data: Path, articles: list[Article]) -> StoredVectors:
    """The vectors of the whole set; they are made first where nobody has made them yet."""
    cache = platformdirs.user_cache_path("askwire")
    folder = cached_folder(cache, data.name, articles, EMBEDDER, await recipe_of(articles))
    await (await open_filled(eval_config(folder, "none", EMBEDDER), articles)).close()
    return StoredVectors(folder, EMBEDDER)


async def measure_sizes(
    storage: Storage, more: Iterator[Article], asked: Path, vectors: Embedder, sizes: Sequence[int]
) -> list[Size]:
    """Fills an empty index to one size after the other, and asks it each question of a file at each."""
    mode = SERVER if storage.database else EMBEDDED
    measured: list[Size] = []
    for size in sizes:
        taken, seconds = await _fill(storage, more, vectors, size)
        rate = taken / seconds if seconds else 0.0
        chunks, count = await _count(storage, vectors)
        disk = storage.disk_bytes() / _MB
        measured.append(Size(chunks, count, rate, disk, **await _probed(storage, asked), mode=mode))
        print(f"{chunks:,} chunks: {measured[-1]}", file=sys.stderr, flush=True)
    return measured


async def _fill(storage: Storage, more: Iterator[Article], vectors: Embedder, size: int) -> tuple[int, float]:
    """Adds articles until the index has so many chunks; how many it added, and the seconds that took."""
    outcomes: Counter[str] = Counter()
    async with await storage.open(vectors) as news:
        before = chunks = (await news.status()).chunks
        began = time.perf_counter()
        while chunks < size:
            added = await news.add(islice(more, _A_STEP))
            outcomes.update(one.outcome.value for one in added)
            chunks += sum(one.chunks for one in added)
        seconds = time.perf_counter() - began
    print(f"{dict(outcomes)}", file=sys.stderr)
    return chunks - before, seconds


async def _count(storage: Storage, vectors: Embedder) -> tuple[int, int]:
    async with await storage.open(vectors) as news:
        assert not (await news.status()).problems
        return (await news.status()).chunks, await news.count(PUBLIC)


async def _probed(storage: Storage, asked: Path) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command(storage, time.time(), asked), stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, "the process that asks failed"
    figures: dict[str, float] = json.loads(told)
    return figures
