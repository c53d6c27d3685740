"""Where a trial keeps its index: in files of its own, or on a PostgreSQL and a Chroma server that end with it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.newsset import DataError
from index.config import ChromaServer
from index.news_index import NewsIndex
from index.providers.base import Embedder
from index.server_store import ServerStore

if TYPE_CHECKING:
    from sqlalchemy import URL

_STEP_S = 0.1


@dataclass(frozen=True, slots=True)
class Storage:
    """The data directory, and the servers in place of it: where they are, their folders and their processes."""

    data_dir: Path
    database: URL | None = None
    chroma: ChromaServer | None = None
    folders: tuple[Path, ...] = ()
    processes: tuple[int, ...] = ()

    async def open(self, embedder: Embedder) -> NewsIndex:
        """The index without a language model, its first comparison with the Chroma server behind it."""
        news = await NewsIndex.open_with(
            self.data_dir, embedder=embedder, chat_model=None, database=self.database, chroma=self.chroma
        )
        await in_step(news)
        return news

    def disk_bytes(self) -> int:
        """The size of all files."""
        total = 0
        for folder in (self.data_dir, *self.folders):
            for file in folder.rglob("*"):
                with contextlib.suppress(FileNotFoundError):  # a server has just removed it
                    total += file.stat().st_size if file.is_file() else 0
        return total


async def in_step(news: NewsIndex) -> None:
    """Waits until the vectors on a server have been compared with the catalog."""
    store = news._store
    if isinstance(store, ServerStore):
        store.compare_soon()
    while isinstance(store, ServerStore) and not store.in_step:  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(_STEP_S)


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """A trial that is told to end leaves no server behind."""
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def servers(data_dir: Path) -> Iterator[Storage]:
    """Two servers on this machine, gone with all that is in them after the block.

    Raises:
        DataError: when PostgreSQL's server is not installed.
    """
    from evals import chroma_server, postgres_server

    if reason := postgres_server.missing():
        raise DataError(f"{reason}.")
    with _ending_in_order(), postgres_server.server(durable=True) as url, chroma_server.server() as chroma:
        folders = (postgres_server.folder_of(url), chroma.folder)
        processes = (postgres_server.process_id(url), chroma.process_id)
        yield Storage(data_dir, url, ChromaServer(chroma.url), folders, processes)
