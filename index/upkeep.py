"""Keeps the vector index in step with the catalog: repairs small gaps, rebuilds it elsewhere when it is damaged."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from index import probe, rebuilding
from index.catalog import Catalog
from index.errors import EmbedderMismatchError, StoreError
from index.providers.base import Embedder
from index.repair_process import IndexFiles, run_repair
from index.store import SEARCH_DEPTH, VectorStore
from index.vector_files import VectorIndexFiles as VectorIndexFiles  # noqa: PLC0414 – read from here, too

OnStep = Callable[[str, int, int], None]
_EMBEDDER = "embedder"
_TRIES = 3
_MOST_HIDDEN = 50_000  # chunks: a larger graph may hide one, and building it again would take minutes
_MANY_MISSING = 3000  # chunks; adding them in this process would hold it up for seconds
_NOT_BUILT = "The vector index cannot be rebuilt. Look whether the disk is full, then start again."


def open_whole_store(
    files: VectorIndexFiles,
    catalog: Catalog,
    embedder: Embedder,
    on_step: OnStep,
    stop: threading.Event | None = None,
) -> VectorStore:
    """The vector index, whole: probed when the last process did not close it, rebuilt when damaged or worn; blocking.

    Raises:
        EmbedderMismatchError: when the articles were embedded by another embedder.
        StoreError: when the catalog cannot be read or the index cannot be written.
        RepairStoppedError: when `stop` was set.
    """
    check_embedder(catalog, embedder)
    files.remove_others()
    hidden: list[str] | None = []
    if files.was_writing:
        hidden = _in_process(probe.MODULE, files, files.folder, embedder, ("Checking the vector index", on_step), stop)
    if hidden is not None and not files.is_worn and not files.died_opening:
        # When it cannot be opened, or not be written, a fresh one may.
        with contextlib.suppress(StoreError), files.opening():
            if store := _opened(files, catalog, embedder, hidden):
                return store
    store = rebuild(files, catalog, embedder, on_step, stop)
    files.use(store.folder)
    files.forget_opening()
    return store


def _opened(files: VectorIndexFiles, catalog: Catalog, embedder: Embedder, hidden: Sequence[str]) -> VectorStore | None:
    """The index in use with its small differences put right; None when so much is missing that it is better rebuilt."""
    store = VectorStore(files.folder, embedder.name, embedder.dimension)
    if catalog.totals()[1] - sum(map(store.count, store.scopes())) > _MANY_MISSING:
        store.close()
        return None
    added = synchronise(catalog, store, embedder.name, files)
    if put_anew(catalog, store, embedder.name, {*hidden, *added}) and catalog.totals()[1] <= _MOST_HIDDEN:
        store.close()
        return None
    return store


def needs_repair(files: VectorIndexFiles) -> bool:
    """Whether opening the index takes time: it must be probed or rebuilt first."""
    return files.was_writing or files.is_worn


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


def synchronise(catalog: Catalog, store: VectorStore, embedder: str, files: VectorIndexFiles) -> set[str]:
    """Brings every scope into step with the catalog, by the ids of its chunks; blocking. Returns those that lacked.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    added: set[str] = set()
    for scope in set(catalog.scopes()) | set(store.scopes()):
        wanted, there = catalog.chunk_ids(scope), store.ids(scope)
        if wanted == there:
            continue
        files.mark_writing()
        # What is missing first: see `store` about a graph that was emptied before it is filled.
        store.add(catalog.vectors(sorted(wanted - there), embedder), scope)
        store.delete(sorted(there - wanted), scope)
        added |= wanted - there
    return added


def put_anew(catalog: Catalog, store: VectorStore, embedder: str, chunk_ids: Collection[str]) -> list[str]:
    """Takes those of the vectors that a search does not find out and puts them in again; blocking.

    That connects them anew. Returns the ids of those that stay hidden.

    Raises:
        StoreError: when the catalog or the vector index fails.
    """
    left: list[str] = []
    for scope in catalog.scopes() if chunk_ids else ():
        rows = list(catalog.vectors(sorted(catalog.chunk_ids(scope).intersection(chunk_ids)), embedder))
        hidden = probe.missed_rows(store, rows, scope, SEARCH_DEPTH)
        for _ in range(_TRIES):
            if not hidden:
                break
            store.delete([chunk_id for chunk_id, _, _ in hidden], scope)
            store.add(hidden, scope)
            hidden = probe.missed_rows(store, hidden, scope, SEARCH_DEPTH)
        left += [chunk_id for chunk_id, _, _ in hidden]
    return left


def rebuild(
    files: VectorIndexFiles,
    catalog: Catalog,
    embedder: Embedder,
    on_step: OnStep,
    stop: threading.Event | None = None,
) -> VectorStore:
    """A new index from the stored vectors, in a fresh directory, which is not the one in use yet; blocking.

    Raises:
        StoreError: when it cannot be built.
        RepairStoppedError: when `stop` was set.
    """
    folder = files.fresh_folder()
    files.mark_writing()
    try:
        hidden = _in_process(rebuilding.MODULE, files, folder, embedder, ("Rebuilding the vector index", on_step), stop)
        if hidden is not None:
            store = VectorStore(folder, embedder.name, embedder.dimension)
            synchronise(catalog, store, embedder.name, files)  # what was written meanwhile
            put_anew(catalog, store, embedder.name, hidden)
            return store
    except StoreError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    raise StoreError(_NOT_BUILT)


def _in_process(
    module: str,
    files: VectorIndexFiles,
    folder: Path,
    embedder: Embedder,
    step: tuple[str, OnStep],
    stop: threading.Event | None,
) -> list[str] | None:
    label, on_step = step
    given = IndexFiles(folder, files.database, embedder.name, embedder.dimension)
    return run_repair(module, given, partial(on_step, label), stop, niced=stop is not None)
