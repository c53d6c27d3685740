"""Keeps the vector index in step with the catalog: repairs small gaps, rebuilds it elsewhere when it is damaged."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from index.catalog import Catalog
from index.catalog_schema import chunks, embeddings, versions
from index.chunking import embedding_text
from index.config import DATABASE, IndexConfig, lock_data_dir
from index.database import mapped_errors
from index.errors import EmbedderMismatchError, StoreError
from index.probe import index_is_whole
from index.providers.base import Embedder
from index.providers.registry import open_embedder
from index.store import VectorStore

OnStep = Callable[[str, int, int], None]
_EMBEDDER = "embedder"
_FOLDER = "chroma_folder"
_BATCH = 256


class VectorIndexFiles:
    """Where the vector index lies below the data directory, and whether it was left in the middle of a write."""

    def __init__(self, data_dir: Path, catalog: Catalog) -> None:
        self._data_dir = data_dir
        self._catalog = catalog
        self._dirty = data_dir / "index.dirty"

    @property
    def folder(self) -> Path:
        """The Chroma directory in use."""
        return self._data_dir / (self._catalog.get_meta(_FOLDER) or "chroma-1")

    def fresh_folder(self) -> Path:
        """A directory not used before: a path that was deleted cannot be opened again by the same process."""
        number = 1
        while (self._data_dir / f"chroma-{number}").exists():
            number += 1
        return self._data_dir / f"chroma-{number}"

    def use(self, folder: Path) -> None:
        """Switches over, and deletes every other one."""
        self._catalog.set_meta(_FOLDER, folder.name)
        for other in self._data_dir.glob("chroma-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def mark_writing(self) -> None:
        """Notes on disk that a write may be under way."""
        self._dirty.touch()

    def mark_whole(self) -> None:
        """Notes that the index was closed in order."""
        self._dirty.unlink(missing_ok=True)

    @property
    def was_writing(self) -> bool:
        """Whether the last process ended without closing the index."""
        return self._dirty.exists()


def open_whole_store(files: VectorIndexFiles, catalog: Catalog, embedder: Embedder, on_step: OnStep) -> VectorStore:
    """The vector index, whole: probed when the last process did not close it, rebuilt when damaged; blocking.

    Raises:
        EmbedderMismatchError: when the articles were embedded by another embedder.
        StoreError: when the catalog cannot be read or the index cannot be written.
    """
    check_embedder(catalog, embedder)
    damaged = files.was_writing and not index_is_whole(
        files.folder, _database(catalog), embedder.name, embedder.dimension
    )
    if not damaged:
        try:
            store = VectorStore(files.folder, embedder.name, embedder.dimension)
            synchronise(catalog, store, embedder.name, files)
        except StoreError:
            return rebuild(files, catalog, embedder, on_step)
        return store
    return rebuild(files, catalog, embedder, on_step)


def check_embedder(catalog: Catalog, embedder: Embedder) -> None:
    """Notes the embedder of an empty catalog; refuses another one than the articles were embedded with.

    Raises:
        EmbedderMismatchError: naming both, and what to do.
    """
    known = catalog.get_meta(_EMBEDDER)
    if known is None or catalog.totals()[1] == 0:
        if known != embedder.name:
            catalog.set_meta(_EMBEDDER, embedder.name)
    elif known != embedder.name:
        raise EmbedderMismatchError(
            f"The articles are embedded with {known}, but EMBEDDING_MODEL is {embedder.name}. "
            "Run askwire reindex to embed them anew, or set EMBEDDING_MODEL back."
        )


def synchronise(catalog: Catalog, store: VectorStore, embedder: str, files: VectorIndexFiles) -> None:
    """Brings scopes whose counts differ into step with the catalog; blocking."""
    for scope in set(catalog.scopes()) | set(store.scopes()):
        if store.count(scope) == catalog.count_chunks(scope):
            continue
        files.mark_writing()
        wanted, there = catalog.chunk_ids(scope), store.ids(scope)
        store.delete(sorted(there - wanted), scope)
        store.add(catalog.vectors(sorted(wanted - there), embedder), scope)


def rebuild(files: VectorIndexFiles, catalog: Catalog, embedder: Embedder, on_step: OnStep) -> VectorStore:
    """A new index from the stored vectors, in a fresh directory, then switched over; blocking."""
    folder = files.fresh_folder()
    store = VectorStore(folder, embedder.name, embedder.dimension)
    total = catalog.totals()[1]
    done = 0
    files.mark_writing()
    for scope in catalog.scopes():
        ids = sorted(catalog.chunk_ids(scope))
        for at in range(0, len(ids), _BATCH):
            store.add(catalog.vectors(ids[at : at + _BATCH], embedder.name), scope)
            done += len(ids[at : at + _BATCH])
            on_step("Rebuilding the vector index", done, total)
    files.use(folder)
    return store


def embed_missing(catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """Embeds every chunk that this embedder has not embedded yet; what is done stays done. Blocking.

    Raises:
        ProviderError: when the embedder fails.
        StoreError: when the database fails.
    """
    total = catalog.totals()[1]
    done_here = select(embeddings.c.chunk_id).where(embeddings.c.embedder == embedder.name)
    query = (
        select(chunks.c.id, versions.c.title, chunks.c.text)
        .join(
            versions,
            (versions.c.article_id == chunks.c.article_id) & (versions.c.version == chunks.c.version),
        )
        .where(chunks.c.id.not_in(done_here))
    )
    while True:
        with mapped_errors("read"), catalog.engine.connect() as connection:
            rows = connection.execute(query.limit(_BATCH)).all()
            done = connection.execute(select(embeddings.c.chunk_id).where(embeddings.c.embedder == embedder.name)).all()
        on_step(f"Embedding with {embedder.name}", len(done), total)
        if not rows:
            break
        vectors = embedder.embed([embedding_text(row.title, row.text) for row in rows])
        values = [
            {"chunk_id": row.id, "embedder": embedder.name, "vector": vector.astype("<f4").tobytes()}
            for row, vector in zip(rows, vectors, strict=True)
        ]
        with mapped_errors("saved"), catalog.engine.begin() as connection:
            connection.execute(embeddings.insert(), values)
    catalog.set_meta(_EMBEDDER, embedder.name)


async def reindex_data_dir(config: IndexConfig, on_step: OnStep) -> int:
    """Embeds what the configured embedder has not embedded, and builds the vector index anew; the chunks in it.

    Raises:
        StoreLockedError: when another process has the data directory open.
        StoreError: when it cannot be read or written.
        ProviderError: when the embedder cannot be opened or fails.
    """
    lock = lock_data_dir(config.data_dir)
    try:
        embedder = await open_embedder(config.embedding_model, config.cache_dir, on_step, config.keys)

        def work() -> int:
            catalog = Catalog(config.data_dir / DATABASE)
            files = VectorIndexFiles(config.data_dir, catalog)
            try:
                embed_missing(catalog, embedder, on_step)
                rebuild(files, catalog, embedder, on_step).close()
                files.mark_whole()
                return catalog.totals()[1]
            finally:
                catalog.close()

        return await asyncio.to_thread(work)
    finally:
        lock.release()


def _database(catalog: Catalog) -> Path:
    return Path(catalog.engine.url.database or "")
