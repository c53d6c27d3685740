"""Keeps the vector index in step with the catalog: repairs small gaps, rebuilds it elsewhere when it is damaged."""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index import mending, rebuilding
from index.catalog import Catalog
from index.errors import EmbedderMismatchError, StoreError
from index.probe import DamagedIndexError
from index.providers.base import Embedder
from index.repair_process import IndexFiles, run_repair
from index.store import VectorStore
from index.synchronising import MOST_HIDDEN, bring_into_step, put_anew, synchronise
from index.types import PUBLIC_SCOPE
from index.vector_files import VectorIndexFiles as VectorIndexFiles  # noqa: PLC0414 – read from here, too

log = logging.getLogger(__name__)

OnStep = Callable[[str, int, int], None]
_EMBEDDER = "embedder"
_DAMAGED = (
    "the vector index was damaged or lacked much, and is made anew from the database; "
    "a kill while it is written does that, else look at the disk"
)
_NOT_BUILT = "The vector index cannot be rebuilt. Look whether the disk is full, then start again."


def open_whole_store(
    files: VectorIndexFiles,
    catalog: Catalog,
    embedder: Embedder,
    on_step: OnStep,
    stop: threading.Event | None = None,
) -> VectorStore:
    """The vector index, whole: mended when the last process did not close it, rebuilt when damaged or worn; blocking.

    Raises:
        EmbedderMismatchError: when the articles were embedded by another embedder.
        StoreError: when the catalog cannot be read or the index cannot be written.
        RepairStoppedError: when `stop` was set.
    """
    check_embedder(catalog, embedder)
    files.remove_others()
    must_be_mended, in_step = _must_be_mended(files, catalog), files.take_in_step()
    worn, there = files.is_worn, files.folder.is_dir()
    whole = not (worn or files.died_opening)
    if whole and must_be_mended:
        in_step, step = False, ("Checking the vector index", on_step)
        mended = _in_process(mending.MODULE, files, files.folder, embedder, step, stop)
        whole = mended is not None
        if mended:
            log.warning("the vector index was not closed in order, and was put right: %s", "; ".join(mended))
    if whole:
        # When it cannot be opened, or not be written, a fresh one may.
        with contextlib.suppress(StoreError), files.opening():
            if store := _opened(files, catalog, embedder, in_step=in_step):
                files.mark_whole()
                return store
    if there and not worn:
        log.warning(_DAMAGED)
    store = rebuild(files, catalog, embedder, on_step, stop)
    files.use(store.folder)
    files.forget_opening()
    files.mark_whole()
    return store


def _opened(files: VectorIndexFiles, catalog: Catalog, embedder: Embedder, *, in_step: bool) -> VectorStore | None:
    """The index in use, in step with the catalog; None when it is better built anew."""
    store = VectorStore(files.folder, embedder.name, embedder.dimension)
    if in_step:  # to compare the ids of 300,000 chunks takes three seconds
        store.warm_up(PUBLIC_SCOPE)
        return store
    try:
        bring_into_step(catalog, store, embedder.name, files)
    except DamagedIndexError:
        store.close()
        return None
    return store


def _must_be_mended(files: VectorIndexFiles, catalog: Catalog) -> bool:
    """Whether the last process ended within a write; or at rest but not in order, where looking for all is quick.

    A graph that nothing has damaged may hide a vector, too.
    """
    if files.was_writing or files.in_step:
        return files.was_writing
    return files.folder.is_dir() and 0 < catalog.totals()[1] <= MOST_HIDDEN


def needs_repair(files: VectorIndexFiles, catalog: Catalog) -> bool:
    """Whether opening the index takes time: it must be mended or rebuilt first."""
    return files.is_worn or _must_be_mended(files, catalog)


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
    try:
        step = ("Rebuilding the vector index", on_step)
        if _in_process(rebuilding.MODULE, files, folder, embedder, step, stop) is not None:
            store = VectorStore(folder, embedder.name, embedder.dimension)
            put_anew(catalog, store, embedder.name, synchronise(catalog, store, embedder.name, files))
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
