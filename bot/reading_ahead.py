"""Files and links read one after another, beside the work on those that are read already."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from index.errors import SourceError
from index.types import Article

_ROOM = 2_000_000  # characters that may wait; one source more is read meanwhile


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What one source gave: articles that are read, a stream of them that is not read yet, or why it gave none."""

    source: str
    articles: Iterable[Article] = ()
    problem: SourceError | None = None

    @property
    def size(self) -> int:
        """Characters in memory."""
        return sum(len(article.text) for article in self.articles) if isinstance(self.articles, Sequence) else 0


Read = Callable[[str], Awaitable[Iterable[Article]]]


class ReadingAhead:
    """Hands out what is read by now, in the order of the sources; `batches` ends after the last."""

    def __init__(self) -> None:
        self._waiting: list[ReadSource] = []
        self._done = False
        self._changed = asyncio.Condition()

    async def batches(self) -> AsyncIterator[list[ReadSource]]:
        """Lists of one or more sources: all that wait, but a stream for itself."""
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._waiting or self._done)
                if not self._waiting:
                    return
                batch = _first(self._waiting)
                del self._waiting[: len(batch)]
                self._changed.notify_all()
            yield batch

    async def read_all(self, sources: Iterable[str], read: Read) -> None:
        """Reads the sources; waits while much of what was read waits."""
        try:
            for source in sources:
                try:
                    found = ReadSource(source, await read(source))
                except SourceError as error:
                    found = ReadSource(source, problem=error)
                async with self._changed:
                    await self._changed.wait_for(lambda: sum(item.size for item in self._waiting) <= _ROOM)
                    self._waiting.append(found)
                    self._changed.notify_all()
        finally:
            self._done = True
            async with self._changed:
                self._changed.notify_all()


@asynccontextmanager
async def reading_ahead(sources: Iterable[str], read: Read) -> AsyncIterator[ReadingAhead]:
    """Reads sources beside the block, and stops when it ends.

    Raises:
        Exception: what `read` raises besides SourceError, when the block ends.
    """
    ahead = ReadingAhead()
    task = asyncio.create_task(ahead.read_all(sources, read))
    try:
        yield ahead
        await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _first(waiting: list[ReadSource]) -> list[ReadSource]:
    """As many sources as go together: those before the first stream, or a stream for itself."""
    batch: list[ReadSource] = []
    for item in waiting:
        is_stream = not isinstance(item.articles, Sequence)
        if batch and is_stream:
            break
        batch.append(item)
        if is_stream:
            break
    return batch
