"""`askwire reindex`: the vectors of another embedder, made beside the process that answers with those of before.

Only the switch needs the data directory for itself: it is made at once when nobody has it, else by the next start.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from index.catalog import Catalog
from index.config import ChromaServer, IndexConfig, lock_data_dir
from index.embedder_switch import adopt, fill_on_server, preparing_alone, reindexing_alone
from index.errors import StoreLockedError
from index.missing_embeddings import OnStep, StoppedEmbeddingError, embed_missing, forget_other_embedders
from index.prepared_index import (
    PreparedIndex,
    forget_prepared,
    last_seq,
    note_prepared,
    prepare_index,
    read_prepared,
)
from index.providers.base import Embedder
from index.providers.registry import open_embedder
from index.server_store import rebuild_on_server
from index.store import ServerVectorStore
from index.upkeep import rebuild
from index.vector_files import VectorIndexFiles
from index.vector_storage import vectors_in_files


@dataclass(frozen=True, slots=True)
class Reindexed:
    """How many chunks are embedded, and whether their index is in use; else the next start goes over to it."""

    chunks: int
    in_use: bool


async def reindex_data_dir(config: IndexConfig, on_step: OnStep) -> Reindexed:
    """Embeds what the configured embedder has not embedded, builds its vector index, and goes over to it.

    Another process may answer from the index of another embedder all the while; then it is not gone over.

    Raises:
        StoreLockedError: when another process reindexes, or uses the index of this very embedder.
        StoreError: when the data directory cannot be read or written.
        ProviderError: when the embedder cannot be opened or fails.
    """
    with reindexing_alone(config.data_dir):
        embedder = await open_embedder(config.embedding_model, config.cache_dir, on_step, config.keys)
        stop = threading.Event()
        work = asyncio.create_task(asyncio.to_thread(_reindex, config, embedder, _until(stop, on_step), stop))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait([work])  # for a few seconds; the next one is not to meet it
            raise


def forget_embeddings(config: IndexConfig) -> int:
    """Deletes the vectors of all embedders but the one in use, and what is prepared for another one; how many went.

    On a Chroma server their collections go, too.

    Raises:
        StoreLockedError: when another process reindexes.
        StoreError: when the database or the server cannot be read or written.
    """
    with reindexing_alone(config.data_dir):
        catalog = Catalog(config.database)
        try:
            with preparing_alone(catalog):
                forget_prepared(catalog, config.data_dir)
                kept = catalog.get_meta("embedder")
                if kept and config.chroma:
                    _drop_others_on_server(config.chroma, kept)
                return forget_other_embedders(catalog, [kept]) if kept else 0
        finally:
            catalog.close()


def _drop_others_on_server(server: ChromaServer, kept: str) -> None:
    store = ServerVectorStore(server, kept, 0)
    try:
        store.drop_other_embedders()
    finally:
        store.close()


def _reindex(config: IndexConfig, embedder: Embedder, on_step: OnStep, stop: threading.Event) -> Reindexed:
    catalog = Catalog(config.database)
    try:
        with preparing_alone(catalog), contextlib.ExitStack() as held:
            before = catalog.get_meta("embedder")
            if before is None or before == embedder.name:
                held.enter_context(_index_alone(config, catalog))
                _build_anew(config, catalog, embedder, on_step)
                return Reindexed(catalog.totals()[1], in_use=True)
            _prepare(config, catalog, embedder, on_step, stop, before)
            # Who else uses an index that is on servers alone is not known.
            alone = not (config.chroma and config.database_url)
            if alone:
                try:
                    held.enter_context(_index_alone(config, catalog))
                except StoreLockedError:
                    alone = False
                else:
                    adopt(config.data_dir, config.chroma, catalog, embedder, on_step)
            return Reindexed(catalog.totals()[1], in_use=alone)
    finally:
        catalog.close()


def _build_anew(config: IndexConfig, catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """The index in use, from the vectors of the embedder in use."""
    embed_missing(catalog, embedder, on_step)
    catalog.set_meta("embedder", embedder.name)
    if config.chroma:
        rebuild_on_server(config.chroma, catalog, embedder, on_step)
        return
    files = VectorIndexFiles(config.data_dir, catalog)
    store = rebuild(files, catalog, embedder, on_step)
    files.use(store.folder)
    store.close()
    files.mark_whole()


def _prepare(
    config: IndexConfig, catalog: Catalog, embedder: Embedder, on_step: OnStep, stop: threading.Event, before: str
) -> None:
    """Everything for another embedder, beside whoever uses the index; that of a third one goes first."""
    known = read_prepared(catalog)
    if known and known.embedder != embedder.name:
        forget_prepared(catalog, config.data_dir)
        known = None
    forget_other_embedders(catalog, [before, embedder.name])
    embed_missing(catalog, embedder, on_step)
    if config.chroma:
        newest = last_seq(catalog)
        if known:
            fill_on_server(config.chroma, catalog, embedder, known.last_seq)
        else:
            rebuild_on_server(config.chroma, catalog, embedder, on_step)
        note_prepared(catalog, PreparedIndex(embedder.name, None, newest))
    else:
        prepare_index(config.data_dir, catalog, embedder, on_step, stop)
    embed_missing(catalog, embedder, on_step)  # what came in meanwhile


@contextlib.contextmanager
def _index_alone(config: IndexConfig, catalog: Catalog) -> Iterator[None]:
    """Holds the index in use.

    Raises:
        StoreLockedError: when another process has it.
        StoreError: when the data directory cannot be written.
    """
    lock = lock_data_dir(config.data_dir)
    try:
        with contextlib.nullcontext() if config.chroma else vectors_in_files(catalog):
            yield
    finally:
        lock.release()


def _until(stop: threading.Event, on_step: OnStep) -> OnStep:
    """Tells how far the work is, and ends it when it is to stop."""

    def told(label: str, done: int, total: int) -> None:
        if stop.is_set():
            raise StoppedEmbeddingError("Stopped. What is embedded stays: askwire reindex goes on from there.")
        on_step(label, done, total)

    return told
