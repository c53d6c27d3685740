"""The ingest part of `python -m evals bench`: speed, memory, restarts, and the plain llama-index way beside it."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import platformdirs

from evals.ingest_comparison import ASKWIRE, WayFigures, compare_ingest
from evals.ingest_loading import FAKE, Loading
from evals.ingest_trial import IngestTrial, try_ingest
from evals.newsset import ARTICLES, DataError
from evals.plain_ingest import Reach
from evals.result import Run, describe_run
from index.errors import NewsIndexError
from index.providers.base import Embedder
from index.sources.files import read_articles
from index.types import Article

_EMBEDDER = "local:all-minilm-l6-v2"
_COMPARED, _COMPARED_QUICK = 320, 12
_REPORT_S = 10.0


@dataclass(frozen=True, slots=True)
class IngestResult:
    """All figures of the ingest part, and what they were measured on."""

    run: Run
    trial: IngestTrial
    ways: Sequence[WayFigures]

    def as_json(self) -> dict[str, Any]:
        """Every figure; times in seconds, memory in MB, shares from 0 to 1."""
        figures = ("articles_per_second", "chunks_per_second", "embedding_share", "growth_mb", "faults")
        return {
            "run": asdict(self.run),
            "loading": {name: getattr(self.trial, name) for name in figures} | asdict(self.trial),
            "comparison": [
                asdict(way)
                | {"articles_per_second": way.articles_per_second, "ratio": _ratio(self.ways, way)}
                | {"embedded_articles_per_second": way.embedded_articles_per_second}
                for way in self.ways
            ],
        }


async def run_ingest_bench(
    data: Path, articles: int, *, quick: bool = False, target: Path | None = None, embedder: str = _EMBEDDER
) -> int:
    """Measures on the first `articles` (0: all) of a news set, prints, and writes JSON to `target`.

    0 when every article was kept and is found, 1 when not, 2 when something is missing; speed fails nothing.
    """
    try:
        result = await _measure(data, articles, _COMPARED_QUICK if quick else _COMPARED, embedder)
    except (DataError, NewsIndexError) as error:
        print(error, file=sys.stderr)
        return 2
    for line in table(result):
        print(line)
    if target:
        await asyncio.to_thread(target.write_text, json.dumps(result.as_json(), indent=1) + "\n", "utf-8")
    return 1 if result.trial.faults else 0


async def _measure(data: Path, articles: int, compared: int, name: str) -> IngestResult:
    file, taken = await asyncio.to_thread(_read, data, articles)
    first, count = taken[:compared], len(taken)
    del taken
    progress = _Progress(count)
    with tempfile.TemporaryDirectory() as folder:
        trial = await asyncio.to_thread(try_ingest, Path(folder), file, count, name, progress.loading)
    embedder, reach = await _open_embedder(name)
    ways = await compare_ingest(first, embedder, reach, progress.comparison)
    totals = (trial.resumed.total_articles, trial.resumed.total_chunks)
    return IngestResult(describe_run(file.parent.name, totals, (0, 0), "none", name), trial, ways)


def _read(data: Path, articles: int) -> tuple[Path, list[Article]]:
    """The file that a news set has its articles in, and the first of them."""
    file = data if data.is_file() else data / ARTICLES
    if not file.exists():
        raise DataError(f"There is no {file}: name a news set, or a file of articles, with --data.")
    return file, list(islice(read_articles(file), articles or None))


async def _open_embedder(name: str) -> tuple[Embedder, Reach]:
    if name == FAKE:
        from index.providers.fakes import FakeEmbedder

        return FakeEmbedder(), len
    from tokenizers import Tokenizer

    from index.providers.local_embedder import MAX_TOKENS
    from index.providers.registry import open_embedder
    from index.providers.weights import ensure_weights

    cache_dir = platformdirs.user_cache_path("askwire")
    embedder = await open_embedder(name, cache_dir)
    tokenizer = Tokenizer.from_file(str(ensure_weights(name.partition(":")[2], cache_dir)["tokenizer.json"]))
    tokenizer.enable_truncation(MAX_TOKENS)
    return embedder, lambda text: max(end for _, end in tokenizer.encode(text).offsets)


def table(result: IngestResult) -> list[str]:
    """The figures for a person, a line each."""
    trial, killed, resumed, again = result.trial, result.trial.killed, result.trial.resumed, result.trial.again
    growth = "too short to tell" if trial.growth_mb is None else f"{trial.growth_mb:6.2f} MB"
    lines = [
        f"{'ingest':38} {resumed.handed:6,} articles, {resumed.total_chunks:,} chunks",
        _line("articles a second, end to end", f"{trial.articles_per_second:6.2f}"),
        _line("chunks a second, end to end", f"{trial.chunks_per_second:6.1f}"),
        _line("share of the time spent embedding", f"{trial.embedding_share:6.1%}", "85 % or more"),
        _line("peak memory", f"{resumed.peak_mb:6.0f} MB", "under 1,000 MB"),
        _line("  more a thousand chunks", growth),
        _line("killed at, started again in", f"{killed.handed:6,} articles, {resumed.open_s:.1f} s"),
        _line("  there already, embedded again", f"{resumed.kept_articles:6,} articles, {_again(resumed)} texts"),
        _line("all once more", f"{again.loading_s:6.1f} s, {again.outcomes.get('duplicate', 0):,} duplicates"),
    ]
    if searched := again.searched:
        lines += [
            _line("chunks that find themselves", f"{searched.chunks_found:6} of {searched.chunks}"),
            _line("articles found by their title", f"{searched.articles_found:6} of {searched.articles}"),
        ]
    lines += [
        "",
        f"{'in turns, ' + str(result.ways[0].articles) + ' articles':38} articles/s  chunks  text embedded  ratio",
    ]
    for way in result.ways:
        figures = f"{way.articles_per_second:10.2f} {way.chunks:7,} {way.text_embedded:14.0%}"
        lines.append(f"{way.name:38} {figures} {_ratio(result.ways, way):6.2f}")
    return lines + [f"FAULT: {fault}" for fault in trial.faults]


def _line(name: str, figure: str, goal: str = "") -> str:
    return f"{name:38} {figure}" + (f"   (target {goal})" if goal else "")


def _again(resumed: Loading) -> int:
    return max(0, resumed.embedded - resumed.chunks)


def _ratio(ways: Sequence[WayFigures], way: WayFigures) -> float:
    """How many times askwire's articles a second are those of this way."""
    return next(own for own in ways if own.name == ASKWIRE).articles_per_second / way.articles_per_second


class _Progress:
    """Lines on standard error, one in ten seconds."""

    def __init__(self, articles: int) -> None:
        self._articles = articles
        self._told = 0.0

    def loading(self, name: str, loading: Loading) -> None:
        """How far a process is."""
        memory = f"{loading.samples[-1][1]:.0f} MB" if loading.samples else ""
        self._tell(f"{name}: {loading.handed:,} of {self._articles:,} articles, {loading.chunks:,} chunks, {memory}")

    def comparison(self, done: int) -> None:
        """How far the comparison is."""
        self._tell(f"beside llama-index: {done:,} articles")

    def _tell(self, line: str) -> None:
        if time.monotonic() - self._told > _REPORT_S:
            self._told = time.monotonic()
            print(line, file=sys.stderr, flush=True)
