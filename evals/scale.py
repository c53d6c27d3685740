"""`python -m evals scale`: how retrieval, ingest, memory, disk and start-up grow with the number of chunks."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import platformdirs

from evals.filled_index import cached_folder, eval_config, open_filled, recipe_of
from evals.newsset import ARTICLES, DataError, read_questions
from evals.scale_articles import varied
from evals.stored_vectors import StoredVectors
from index.news_index import NewsIndex
from index.sources.files import read_articles
from index.types import PUBLIC, Article

_EMBEDDER = "local:all-minilm-l6-v2"
_QUESTIONS = 105
_A_STEP = 64  # articles
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Size:
    """The figures at one size. Times in ms and s, memory and disk in MB.

    `chunks_per_second` is of the ingest up to this size from the one before, without the time of embedding.
    """

    chunks: int
    articles: int
    chunks_per_second: float
    disk_mb: float
    first_answer_s: float
    p50_ms: float
    p95_ms: float
    resident_mb: float
    peak_mb: float


async def run_scale(data: Path, sizes: Sequence[int], target: Path | None, plot: Path | None) -> int:
    """Measures, prints, writes JSON to `target` and a picture to `plot`; 0 when nothing failed on the way."""
    try:
        articles = list(read_articles(data / ARTICLES))
        questions = [question.question for question in read_questions(data)][:_QUESTIONS]
    except (OSError, DataError) as error:
        print(f"No news set to measure on: {error}", file=sys.stderr)
        return 2
    vectors = await _vectors(data, articles)
    with tempfile.TemporaryDirectory() as folder:
        measured = await _grow(Path(folder), articles, questions, vectors, sizes)
    laws = growth_laws(measured)
    print(table(measured, laws))
    if target:
        _write(target, measured, laws)
    if plot and len(measured) > 1:
        from evals.scale_plot import draw_scale

        draw_scale(measured, plot)
    return 0


async def _vectors(data: Path, articles: list[Article]) -> StoredVectors:
    """The vectors of the whole set; they are made first where nobody has made them yet."""
    cache = platformdirs.user_cache_path("askwire")
    folder = cached_folder(cache, data.name, articles, _EMBEDDER, await recipe_of(articles))
    await (await open_filled(eval_config(folder, "none", _EMBEDDER), articles)).close()
    return StoredVectors(folder, _EMBEDDER)


async def _grow(
    folder: Path, articles: list[Article], questions: list[str], vectors: StoredVectors, sizes: Sequence[int]
) -> list[Size]:
    asked = folder / "questions.txt"
    asked.write_text("\n".join(" ".join(question.split()) for question in questions), "utf-8")
    data_dir = folder / "data"
    more = varied(articles)
    measured: list[Size] = []
    for size in sizes:
        taken, seconds = await _fill(data_dir, more, vectors, size)
        rate = taken / seconds if seconds else 0.0
        chunks, count = await _count(data_dir, vectors)
        measured.append(Size(chunks, count, rate, _disk_mb(data_dir), **await _probed(data_dir, asked)))
        print(f"{chunks:,} chunks: {measured[-1]}", file=sys.stderr, flush=True)
    return measured


async def _fill(data_dir: Path, more: Iterator[Article], vectors: StoredVectors, size: int) -> tuple[int, float]:
    """Adds articles until the index has so many chunks; how many it added, and the seconds that took."""
    outcomes: Counter[str] = Counter()
    async with await NewsIndex.open_with(data_dir, embedder=vectors, chat_model=None) as news:
        before = chunks = (await news.status()).chunks
        began = time.perf_counter()
        while chunks < size:
            added = await news.add(islice(more, _A_STEP))
            outcomes.update(one.outcome.value for one in added)
            chunks += sum(one.chunks for one in added)
        seconds = time.perf_counter() - began
    print(f"{dict(outcomes)}", file=sys.stderr)
    return chunks - before, seconds


async def _count(data_dir: Path, vectors: StoredVectors) -> tuple[int, int]:
    async with await NewsIndex.open_with(data_dir, embedder=vectors, chat_model=None) as news:
        assert not (await news.status()).problems
        return (await news.status()).chunks, await news.count(PUBLIC)


async def _probed(data_dir: Path, asked: Path) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "evals.scale_probe", str(data_dir), str(time.time()), str(asked)),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, "the process that asks failed"
    figures: dict[str, float] = json.loads(told)
    return figures


def _disk_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MB


def _write(file: Path, measured: Sequence[Size], laws: dict[str, tuple[float, float]]) -> None:
    file.write_text(json.dumps({"sizes": [asdict(size) for size in measured], "laws": laws}, indent=1), "utf-8")


def growth_laws(measured: Sequence[Size]) -> dict[str, tuple[float, float]]:
    """For each figure, a and b of figure = a · (chunks / 1,000)^b, by least squares of the logarithms."""
    if len(measured) < 2:
        return {}
    chunks = np.log([size.chunks / 1000 for size in measured])
    laws = {}
    for name in ("chunks_per_second", "disk_mb", "first_answer_s", "p50_ms", "p95_ms", "resident_mb"):
        slope, start = np.polyfit(chunks, np.log([getattr(size, name) for size in measured]), 1)
        laws[name] = (float(np.exp(start)), float(slope))
    return laws


def table(measured: Sequence[Size], laws: dict[str, tuple[float, float]]) -> str:
    """Markdown: a row a size, and the laws below."""
    head = "| chunks | articles | retrieval p50 / p95 ms | chunks/s in | memory MB | disk MB | start to first answer |"
    rows = [
        f"| {s.chunks:,} | {s.articles:,} | {s.p50_ms:.0f} / {s.p95_ms:.0f} | {s.chunks_per_second:.0f} "
        f"| {s.resident_mb:,.0f} (peak {s.peak_mb:,.0f}) | {s.disk_mb:,.0f} | {s.first_answer_s:.1f} s |"
        for s in measured
    ]
    told = [f"{name} = {a:.3g} · (chunks / 1,000)^{b:.2f}" for name, (a, b) in laws.items()]
    return "\n".join([head, "|---" * 7 + "|", *rows, "", *told])
