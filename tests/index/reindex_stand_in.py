"""`askwire reindex` with an embedder of the tests, as a process of its own that may kill itself at a given point.

Arguments: the data directory, the seconds that each batch of two takes, and the point: `embed N`, its Nth batch, or the
name of a function of `prepared_index`. It tells each batch that it embeds, and how it ended.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from index import missing_embeddings, prepared_index, reindexing
from index.errors import NewsIndexError
from index.providers.base import Vectors
from index.providers.fakes import FakeEmbedder
from index.repair_process import IndexFiles, OnCount, run_repair
from tests.index.reindexed import NEW, embedder_of, reindex, say

DATA, PAUSE, POINT = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]


class Embedder(FakeEmbedder):
    """Tells of each batch before it embeds it."""

    batches = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, dimension)."""
        self.batches += 1
        if f"embed {self.batches}" == POINT:
            die()
        say(embedded=len(texts))
        time.sleep(PAUSE)
        return super().embed(texts)


async def open_embedder(*_: Any) -> Embedder:
    """In the place of the registry's."""
    return Embedder(embedder_of(NEW).dimension, NEW)


def die(*_: Any, **__: Any) -> None:
    """As kill -9 does it."""
    os.kill(os.getpid(), signal.SIGKILL)


def build_and_die(module: str, files: IndexFiles, _on_count: OnCount, stop: threading.Event, *, niced: bool) -> Any:
    """Builds an index in a process of its own, and dies when that tells of its progress."""
    return run_repair(module, files, die, stop, niced=niced)


def main() -> None:
    """Reindexes."""
    missing_embeddings._BATCH = 2
    patches: dict[ModuleType, dict[str, Any]] = {reindexing: {"open_embedder": open_embedder}, prepared_index: {}}
    if hasattr(prepared_index, POINT):
        patches[prepared_index][POINT] = die
    if POINT == "amid building":
        patches[prepared_index]["run_repair"] = build_and_die
    for module, names in patches.items():
        for name, stand_in in names.items():
            setattr(module, name, stand_in)
    try:
        done = asyncio.run(reindex(DATA))
    except NewsIndexError as error:
        say(refused=str(error))
    else:
        say(chunks=done.chunks, in_use=done.in_use)


if __name__ == "__main__":
    main()
