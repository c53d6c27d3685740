"""One process of the ingest trial: loads articles into a data directory and tells how it goes, a line of JSON a step.

`python -m evals.ingest_loading DATA_DIR FILE ARTICLES EMBEDDER [check]` (0 articles: all of the file). With `check`
the collection is searched at the end, and compared with what it was before.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path

import platformdirs

from evals.ingest_checks import Searched, catalog_digest, search_all
from evals.memory import peak_mb, resident_mb
from index.config import DATABASE
from index.news_index import NewsIndex
from index.providers.base import Embedder, Vectors
from index.providers.fakes import FakeEmbedder
from index.providers.registry import open_embedder
from index.sources.files import read_articles
from index.types import Added, Article

FAKE = "fake:words"
_REPORT_S = 1.0


@dataclass(slots=True)
class Loading:
    """How far a process is. Times in seconds, memory in MB.

    `outcomes` counts articles by what became of them, `chunks` are those of new and changed ones, and `embedded` the
    texts that the embedder was given. `samples` are (articles handed in, resident memory).
    """

    kept_articles: int = 0  # in the collection when it was opened
    kept_chunks: int = 0
    open_s: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    chunks: int = 0
    embedded: int = 0
    loading_s: float = 0.0
    embedding_s: float = 0.0
    samples: list[tuple[int, float]] = field(default_factory=list)
    peak_mb: float = 0.0
    total_articles: int = 0  # in the collection at the end
    total_chunks: int = 0
    finished: bool = False
    unchanged: bool | None = None  # whether the catalog is what it was before, byte by byte
    searched: Searched | None = None

    @property
    def handed(self) -> int:
        """How many articles have been taken in or passed over."""
        return sum(self.outcomes.values())


class TimedEmbedder:
    """Another embedder, with its time and texts counted."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimension = embedder.name, embedder.dimension
        self.seconds = 0.0
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the embedder does."""
        started = time.perf_counter()
        vectors = self._embedder.embed(texts)
        self.seconds += time.perf_counter() - started
        self.texts += len(texts)
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """As the embedder does; not counted."""
        return self._embedder.embed_query(text)


async def load(
    data_dir: Path,
    articles: Iterable[Article],
    embedder: Embedder,
    report: Callable[[Loading], None],
    *,
    check: bool = False,
) -> Loading:
    """Loads articles into the collection in `data_dir`; `report` hears of it once a second.

    Raises:
        NewsIndexError: as `NewsIndex.open_with` and `NewsIndex.add`.
    """
    timed = TimedEmbedder(embedder)
    loading = Loading()
    before = catalog_digest(data_dir / DATABASE) if check else None
    started = time.perf_counter()
    async with await NewsIndex.open_with(data_dir, embedder=timed, chat_model=None) as news:
        loading.open_s = time.perf_counter() - started
        loading.kept_articles, loading.kept_chunks = news.retriever.catalog.totals()
        await _add(news, articles, timed, loading, report)
        loading.total_articles, loading.total_chunks = news.retriever.catalog.totals()
        if check:
            loading.searched = await search_all(news)
    if check:
        loading.unchanged = catalog_digest(data_dir / DATABASE) == before
    loading.finished = True
    report(loading)
    return loading


async def _add(
    news: NewsIndex,
    articles: Iterable[Article],
    timed: TimedEmbedder,
    loading: Loading,
    report: Callable[[Loading], None],
) -> None:
    """Adds in a thread, and looks at how far it is from this one."""
    outcomes: Counter[str] = Counter()
    chunks = 0
    started = time.perf_counter()

    def on_added(added: Added) -> None:
        nonlocal chunks
        outcomes[added.outcome.value] += 1
        chunks += added.chunks

    def note() -> None:
        loading.outcomes, loading.chunks = dict(outcomes), chunks
        loading.embedded, loading.embedding_s = timed.texts, timed.seconds
        loading.loading_s = time.perf_counter() - started
        loading.peak_mb = peak_mb()
        loading.samples.append((loading.handed, resident_mb()))

    adding = asyncio.create_task(news.add(articles, on_added=on_added))
    while not (await asyncio.wait([adding], timeout=_REPORT_S))[0]:
        note()
        report(loading)
    await adding
    note()


def as_line(loading: Loading) -> str:
    """One line of JSON; the samples are in the last one alone."""
    record = asdict(loading)
    if not loading.finished:
        record["samples"] = loading.samples[-1:]
    return json.dumps(record)


def from_line(line: str) -> Loading:
    """What `as_line` wrote."""
    record = json.loads(line)
    record["samples"] = [tuple(pair) for pair in record["samples"]]
    if record["searched"]:
        record["searched"] = Searched(**record["searched"])
    return Loading(**record)


async def _main(data_dir: Path, file: Path, count: int, name: str, *, check: bool) -> None:
    embedder: Embedder
    if name == FAKE:
        embedder = FakeEmbedder()
    else:
        embedder = await open_embedder(name, platformdirs.user_cache_path("askwire"))
    articles = islice(read_articles(file), count or None)
    await load(data_dir, articles, embedder, lambda loading: print(as_line(loading), flush=True), check=check)


if __name__ == "__main__":
    _folder, _file, _count, _name, *_rest = sys.argv[1:]
    asyncio.run(_main(Path(_folder), Path(_file), int(_count), _name, check="check" in _rest))
