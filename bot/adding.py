"""`askwire add`: files and links into the public collection, with a progress bar and a line for each outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.terminal import bars_of, err, out
from index.errors import SourceError
from index.types import Added, AddOutcome, Article

if TYPE_CHECKING:
    from index.news_index import NewsIndex

_LISTED = 20


async def add_sources(news: NewsIndex, sources: list[str]) -> int:
    """Takes in each source; a faulty one is named and the others go on. Returns how many faults there were.

    Raises:
        StoreError: when articles cannot be saved.
        ProviderError: when the embedder fails.
    """
    faults = 0
    counts: Counter[AddOutcome] = Counter()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )

    def fault(error: SourceError) -> None:
        nonlocal faults
        faults += 1
        err.print(f"askwire: {error}", markup=False, style="red")

    with bars_of(*columns) as bars:
        for source in sources:
            task = bars.add_task(source, total=None)
            try:
                articles = await _open(source, fault)

                def note(added: Added, task: object = task) -> None:
                    counts[added.outcome] += 1
                    bars.advance(task)  # type: ignore[arg-type]  # rich names its task ids by a type of its own
                    if sum(counts.values()) <= _LISTED:
                        _print_line(added)

                await news.add(articles, on_added=note)
            except SourceError as error:
                fault(error)
    _print_sum(counts, faults)
    return faults


async def _open(source: str, on_error: Callable[[SourceError], None]) -> Iterator[Article]:
    if source.startswith(("http://", "https://")):
        from index.fetch import Fetcher
        from index.sources.pages import read_page

        async with Fetcher() as fetcher:
            return iter([await read_page(source, fetcher)])
    from index.sources.files import read_articles

    return read_articles(Path(source), on_error=on_error)


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
