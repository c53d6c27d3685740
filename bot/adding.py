"""`askwire add`: files and links into the public collection, with a progress bar and a line for each outcome."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from bot.reading_ahead import Read, ReadSource, reading_ahead
from bot.terminal import bars_of, err, out
from index.errors import SourceError
from index.sources.disk import file_bytes, is_bulk
from index.sources.files import read_articles
from index.types import Added, AddOutcome, Article

if TYPE_CHECKING:
    from index.news_index import NewsIndex
    from index.sources.reader import SourceReader

_LISTED = 20


async def add_sources(news: NewsIndex, sources: list[str], private_hosts: frozenset[str] = frozenset()) -> int:
    """Takes in each source; a faulty one is named and the others go on. Returns how many faults there were.

    Raises:
        StoreError: when articles cannot be saved.
        ProviderError: when the embedder fails.
    """
    from index.sources.reader import open_reader

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with bars_of(*columns) as bars:
        adding = _Adding(news, bars)
        async with open_reader(private_hosts) as reader, reading_ahead(sources, adding.reader(reader)) as ahead:
            async for batch in ahead.batches():
                await adding.add(batch)
    _print_sum(adding.counts, adding.faults)
    return adding.faults


class _Adding:
    """Adds what was read, and shows how far it is."""

    def __init__(self, news: NewsIndex, bars: Progress) -> None:
        self.faults = 0
        self.counts: Counter[AddOutcome] = Counter()
        self._news = news
        self._bars = bars
        self._of_sources: deque[TaskID] = deque()  # bars of the sources that were read, in order
        self._of_articles: deque[TaskID] = deque()  # and of the articles that were handed in

    def reader(self, reader: SourceReader) -> Read:
        """What reads a source: a link, a file, or as a stream a file that may be larger than memory."""

        async def read(source: str) -> Iterable[Article]:
            self._of_sources.append(self._bars.add_task(source, total=None))
            if source.startswith(("http://", "https://")):
                return [await reader.page(source)]
            path = Path(source)
            if await asyncio.to_thread(is_bulk, path):
                return read_articles(path, on_error=self.fault)
            return await reader.file(await asyncio.to_thread(file_bytes, path), path.name)

        return read

    async def add(self, batch: list[ReadSource]) -> None:
        """Adds the articles of these sources, and names those that gave none."""
        for item in batch:
            if item.problem:
                self.fault(item.problem)
        await self._news.add(self._handed_in(batch), on_added=self._note)

    def fault(self, error: SourceError) -> None:
        """Says what could not be read."""
        self.faults += 1
        err.print(f"askwire: {error}", markup=False, style="red")

    def _handed_in(self, batch: list[ReadSource]) -> Iterator[Article]:
        for item in batch:
            bar = self._of_sources.popleft()
            for article in item.articles:
                self._of_articles.append(bar)
                yield article

    def _note(self, added: Added) -> None:
        self.counts[added.outcome] += 1
        self._bars.advance(self._of_articles.popleft())  # each article has one outcome, in the same order
        if sum(self.counts.values()) <= _LISTED:
            _print_line(added)


def _print_line(added: Added) -> None:
    title = f"{added.article.id}  {added.article.title}"
    if added.outcome is AddOutcome.DUPLICATE:
        out.print(f"Already here: {title}", markup=False)
    elif added.outcome is AddOutcome.UPDATED:
        out.print(f"Updated to version {added.article.version}: {title}", markup=False)
    else:
        out.print(f"Added: {title}", markup=False)


def _print_sum(counts: Counter[AddOutcome], faults: int) -> None:
    if sum(counts.values()) + faults <= 1:
        return
    parts = [f"{counts[outcome]:,} {outcome.value}" for outcome in AddOutcome if counts[outcome]]
    if faults:
        parts.append(f"{faults:,} could not be read")
    out.print(", ".join(parts) + ".", markup=False)
