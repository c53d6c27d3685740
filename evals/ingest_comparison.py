"""askwire's ingest beside the plain llama-index way, in turns of a few articles, so that both meet the same machine."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals.plain_ingest import PlainIngest, Reach
from index.chunking import chunk_article, embedding_text
from index.news_index import NewsIndex
from index.providers.base import Embedder
from index.types import Article

ASKWIRE = "askwire"
DEFAULTS = "llama-index, its defaults"
SAME_CHUNKS = "llama-index, chunks of askwire's size"
_ARTICLES_A_TURN = 32
_FIRST = Article(title="A first one", text="It is one chunk in every way.")

Way = Callable[[Sequence[Article]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class WayFigures:
    """One way over the same articles: `seconds` in all, chunks made, and the share of the text that was embedded."""

    name: str
    articles: int
    seconds: float
    chunks: int
    text_embedded: float

    @property
    def articles_per_second(self) -> float:
        """Articles saved and searchable a second."""
        return self.articles / self.seconds

    @property
    def embedded_articles_per_second(self) -> float:
        """The same, counting of each article only the share of its text that is embedded."""
        return self.articles_per_second * self.text_embedded


async def compare_ingest(
    articles: Sequence[Article], embedder: Embedder, reach: Reach, report: Callable[[int], None]
) -> list[WayFigures]:
    """Takes all articles in by each way, in turns; `report` hears how many articles are done.

    Raises:
        NewsIndexError: as `NewsIndex.add`.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = {
            DEFAULTS: PlainIngest(folder / "defaults", embedder, same_chunks=False),
            SAME_CHUNKS: PlainIngest(folder / "same", embedder, same_chunks=True),
        }
        async with await NewsIndex.open_with(folder / "askwire", embedder=embedder, chat_model=None) as news:
            ways: dict[str, Way] = {ASKWIRE: news.add}
            ways |= {key: _in_a_thread(way.add) for key, way in plain.items()}
            for add in ways.values():  # what is loaded at the first use counts for none
                await add([_FIRST])
            seconds = await _in_turns(ways, articles, report)
            chunks = {ASKWIRE: news.retriever.catalog.totals()[1], **{key: way.chunks for key, way in plain.items()}}
    places: dict[str, Callable[[Article], list[tuple[int, int]]]] = {
        ASKWIRE: partial(embedded_places, reach=reach),
        **{key: partial(way.embedded_places, reach=reach) for key, way in plain.items()},
    }
    return [
        WayFigures(key, len(articles), seconds[key], chunks[key] - 1, share_embedded(articles, places[key]))
        for key in ways
    ]


def embedded_places(article: Article, reach: Reach) -> list[tuple[int, int]]:
    """The stretches of an article's text that askwire's vectors are made of, `[start, end)` in characters."""
    found = []
    for chunk in chunk_article(article):
        header = len(embedding_text(article.title, ""))
        read = reach(embedding_text(article.title, chunk.text)) - header
        found.append((chunk.start, chunk.start + max(0, min(read, len(chunk.text)))))
    return found


def share_embedded(articles: Sequence[Article], places: Callable[[Article], list[tuple[int, int]]]) -> float:
    """The share of all characters but white space that lie in one of their article's places."""
    inside = total = 0
    for article in articles:
        at = 0
        total += _letters(article.text)
        for start, end in sorted(places(article)):
            inside += _letters(article.text[max(start, at) : end])
            at = max(at, end)
    return inside / total if total else 0.0


def _letters(text: str) -> int:
    return sum(map(len, text.split()))


def _in_a_thread(add: Callable[[Sequence[Article]], None]) -> Way:
    return lambda articles: asyncio.to_thread(add, articles)


async def _in_turns(
    ways: dict[str, Way], articles: Sequence[Article], report: Callable[[int], None]
) -> dict[str, float]:
    """The seconds of each way; the one that begins changes from turn to turn."""
    seconds = dict.fromkeys(ways, 0.0)
    names = list(ways)
    for at in range(0, len(articles), _ARTICLES_A_TURN):
        turn = articles[at : at + _ARTICLES_A_TURN]
        for name in names:
            started = time.perf_counter()
            await ways[name](turn)
            seconds[name] += time.perf_counter() - started
        names = [*names[1:], names[0]]
        report(min(at + _ARTICLES_A_TURN, len(articles)))
    return seconds
