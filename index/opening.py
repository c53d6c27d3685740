"""Opens the catalog and the vector index, which let go of each other in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import DATABASE, ChromaServer
from index.errors import NewsIndexError
from index.providers.base import Embedder

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.database import DatabasePlace
    from index.model_set import ModelSet
    from index.vector_files import NoVectorFiles, VectorIndexFiles
    from index.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class Storage:
    """Where articles and vectors are; `held` is closed between the two."""

    catalog: Catalog
    store: VectorIndex
    files: VectorIndexFiles | NoVectorFiles
    held: ExitStack

    def close(self) -> None:
        """Lets go of all of it. Blocking."""
        self.store.close()
        self.held.close()
        self.catalog.close()


def open_storage(
    data_dir: Path,
    embedder: Embedder,
    *,
    database: DatabasePlace | None,
    chroma: ChromaServer | None,
    on_step: Callable[[str, int, int], None] | None,
    beside: bool,
) -> Storage:
    """Opens both, and makes them where there are none; see `open_vectors`. Blocking.

    Raises:
        StoreError: when the directory cannot be written, or the index was made with another embedder.
    """
    from index.catalog import Catalog
    from index.vector_storage import open_vectors

    catalog = Catalog(database or data_dir / DATABASE)
    with ExitStack() as opening:
        opening.callback(catalog.close)
        step = on_step or (lambda *_: None)
        store, files = open_vectors(data_dir, chroma, catalog, embedder, step, opening, beside=beside)
        held = opening.pop_all()
    return Storage(catalog, store, files, held)


async def open_side_by_side(open_files: Callable[[], Storage], models: Awaitable[ModelSet]) -> tuple[Storage, ModelSet]:
    """Opens the storage while the models load: with 300,000 chunks the one takes as long as the other.

    What is open already is closed when the rest fails.

    Raises:
        ProviderError: when a model cannot be opened.
        StoreError: when the storage cannot.
    """
    # Modules of llama-index import each other in circles: two threads that load them at once find halves of them.
    await asyncio.to_thread(import_module, "index.vector_storage")
    opening = asyncio.create_task(asyncio.to_thread(open_files))
    try:
        loaded = await models
    except BaseException:
        with contextlib.suppress(NewsIndexError):
            await asyncio.to_thread((await opening).close)
        raise
    try:
        return await opening, loaded
    except BaseException:
        await loaded.close()
        raise
