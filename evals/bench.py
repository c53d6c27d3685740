"""`python -m evals bench`: how fast and how large askwire is on this machine. Ratios are of one run."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import platformdirs

from bot.chat import sample_stories
from evals.memory import peak_mb
from index.config import IndexConfig
from index.news_index import NewsIndex
from index.types import PUBLIC, Article

_INGESTED, _INGESTED_QUICK = 320, 48
_QUESTIONS = (
    "How many rockets hit?",
    "Who is the mayor of Lindholm?",
    "How much will the bridge repair cost?",
    "When was the bridge built?",
    "How many tonnes of apricots does the association expect?",
    "Who chairs the growers' association?",
    "How many cars cross the bridge on a working day?",
    "Who won the election?",
    "What did Ines Calder say?",
    "How cold was the night of 14 April?",
)


async def run_bench(*, quick: bool, ingest: int | None, data: Path, target: Path | None) -> int:
    """Prints all figures, or with `ingest` those of taking in so many articles (0: all of `data`).

    0 when done, however slow the machine is; 1 when an article was lost or is not found, 2 when what `ingest` needs is
    missing.
    """
    from evals.ingest_bench import run_ingest_bench

    if ingest is not None:
        return await run_ingest_bench(data, ingest, quick=quick, target=target)
    runs = 3 if quick else 7
    print("askwire on this machine (medians; targets are for two cores)\n")
    _print_cold(runs)
    _print_warm(runs)
    _print_embedding(quick=quick)
    print()
    if not await asyncio.to_thread(data.exists):
        print(f"ingest: left out, there is no {data}")
        return 0
    return await run_ingest_bench(data, _INGESTED_QUICK if quick else _INGESTED, quick=quick, target=target)


def _print_cold(runs: int) -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        environment = {"ASKWIRE_DATA_DIR": data_dir}
        _askwire(["chat"], environment, "/quit\n")
        times = [_timed(lambda: _askwire(["ask", _QUESTIONS[0]], environment)) for _ in range(runs)]
    print(f"cold `askwire ask`, start to end       {statistics.median(times):6.2f} s   (target under 6 s)")


def _print_warm(runs: int) -> None:
    """A process of its own, so that its peak memory is the bot's."""
    command = [sys.executable, "-c", f"from evals.bench import warm; warm({min(runs, 3)})"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])  # noqa: S603 – our own code
    print(f"warm question to the first token, p50  {result['first_ms'] / 1000:6.2f} s")
    print(f"warm question to the end, p50          {result['total_ms'] / 1000:6.2f} s   (target under 2 s)")
    print(f"warm question to the end, p95          {result['total_p95_ms'] / 1000:6.2f} s")
    print(f"peak memory, both local models loaded  {result['peak_mb']:6.0f} MB  (target under 1,000 MB)")


def warm(rounds: int) -> None:
    """Asks all questions `rounds` times in this process and prints the figures as JSON."""

    async def ask() -> None:
        with tempfile.TemporaryDirectory() as data_dir:
            config = IndexConfig(Path(data_dir), platformdirs.user_cache_path("askwire"))
            import bot.app  # noqa: F401 – part of the bot's memory

            async with await NewsIndex.open(config) as news:
                await news.add(sample_stories())
                await news.ask(_QUESTIONS[0], PUBLIC)
                timings = [(await news.ask(q, PUBLIC)).timings for _ in range(rounds) for q in _QUESTIONS]
        totals = [t.total_ms for t in timings]
        firsts = [t.first_token_ms for t in timings if t.first_token_ms is not None]
        peak = peak_mb()
        figures = {
            "first_ms": statistics.median(firsts),
            "total_ms": statistics.median(totals),
            "total_p95_ms": float(np.percentile(totals, 95)),
            "peak_mb": peak,
        }
        print(json.dumps(figures))

    asyncio.run(ask())


def _print_embedding(*, quick: bool) -> None:
    """Both ways on the same chunks, in turn; the ratio holds also where the machine's speed drifts."""
    from index.providers.local_embedder import LocalEmbedder
    from index.providers.weights import ensure_weights

    files = ensure_weights("all-minilm-l6-v2", platformdirs.user_cache_path("askwire"))
    texts = _chunk_texts()[: 60 if quick else 240]
    ours = LocalEmbedder("local:all-minilm-l6-v2", files["model.onnx"], files["tokenizer.json"])
    with tempfile.TemporaryDirectory() as folder:
        theirs_embed = _chromas_way(files["model.onnx"], files["tokenizer.json"], Path(folder))
        ours.embed(texts[:4])
        theirs_embed(texts[:4])
        rounds = range(2 if quick else 3)
        pairs = [(_timed(lambda: ours.embed(texts)), _timed(lambda: theirs_embed(texts))) for _ in rounds]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(theirs / mine for mine, theirs in pairs)
    size = np.mean([len(text) for text in texts])
    print(f"embedding, chunks a second             {len(texts) / mine:6.1f}     ({size:.0f} characters a chunk)")
    print(f"  Chroma's default way, same model     {len(texts) / theirs:6.1f}     (padded to 256 tokens, 32 at a time)")
    print(f"  ratio                                {ratio:6.2f}     (target 3 or better)")


def _chunk_texts() -> list[str]:
    """Chunks as ingest makes them: of the news set beside the checkout when it is there, else of the samples."""
    from index.chunking import chunk_article, embedding_text

    return [embedding_text(article.title, chunk.text) for article in _articles() for chunk in chunk_article(article)]


def _articles() -> list[Article]:
    from itertools import islice

    from index.sources.files import read_articles

    path = Path(__file__).resolve().parents[1].parent / "shared/data/rtqa2025/articles.jsonl.gz"
    return list(islice(read_articles(path), 60)) if path.exists() else sample_stories() * 20


def _chromas_way(model: Path, tokenizer_file: Path, folder: Path) -> Callable[[Sequence[str]], object]:
    """Chroma's own default embedding function, with our model in the folder where it looks for its own."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    function = ONNXMiniLM_L6_V2()
    function.DOWNLOAD_PATH = folder
    inner = folder / function.EXTRACTED_FOLDER_NAME
    inner.mkdir()
    (inner / "model.onnx").symlink_to(model)
    (inner / "tokenizer.json").symlink_to(tokenizer_file)
    return lambda texts: function._forward(list(texts))


def _askwire(arguments: list[str], extra: dict[str, str], stdin: str = "") -> None:
    import os

    command = [sys.executable, "-m", "bot", *arguments]
    subprocess.run(command, input=stdin, text=True, check=True, capture_output=True, env={**os.environ, **extra})  # noqa: S603 – our own code


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
