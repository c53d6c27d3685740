"""Goes over to the embedder that `reindexing` has prepared everything for; blocking."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from index.catalog import Catalog
from index.config import ChromaServer, take_lock
from index.errors import EmbedderMismatchError, StoreError, StoreLockedError
from index.missing_embeddings import OnStep, count_missing, embed_missing
from index.postgres import holding_alone
from index.prepared_index import (
    PreparedIndex,
    bring_in_step,
    chunks_since,
    forget_prepared,
    is_built,
    prepared_place,
    read_prepared,
)
from index.providers.base import Embedder
from index.store import ServerVectorStore
from index.vector_files import VectorIndexFiles

_LOCK = "askwire.reindex.lock"
_FEW, _SHARE = 1000, 0.02  # chunks that a start may embed: a minute or two of the slowest local model
_AT_WORK = "Another askwire reindex is at work on these articles. Wait until it has ended, or stop it."


@contextlib.contextmanager
def reindexing_alone(data_dir: Path) -> Iterator[None]:
    """Holds what only one process at a time may do: to prepare another embedder's index, or to go over to it.

    Raises:
        StoreLockedError: when another process is at it.
        StoreError: when the data directory cannot be written.
    """
    lock = take_lock(data_dir, _LOCK, _AT_WORK)
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def preparing_alone(catalog: Catalog) -> Iterator[None]:
    """The same for processes on several machines with one database.

    Raises:
        StoreLockedError: when another process is at it.
    """
    with holding_alone(catalog.engine, "reindex") as alone:
        if not alone:
            raise StoreLockedError(_AT_WORK)
        yield


def switch_embedder(
    data_dir: Path, chroma: ChromaServer | None, catalog: Catalog, embedder: Embedder, on_step: OnStep
) -> None:
    """Goes over to this embedder, when everything is prepared for it; else all stays. The caller has the index alone.

    The few chunks that came in since are embedded here.

    Raises:
        EmbedderMismatchError: when they are many.
        StoreLockedError: when `askwire reindex` is at work.
        StoreError: when the catalog or the vector index cannot be written.
        ProviderError: when the embedder fails.
    """
    if not is_prepared(catalog, embedder.name):
        return
    with reindexing_alone(data_dir), preparing_alone(catalog):
        prepared = read_prepared(catalog)
        if prepared is not None:  # no other process has been quicker
            _refuse_many(catalog, embedder.name)
            adopt(data_dir, chroma, catalog, embedder, on_step)


def embed_few(catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """Embeds what another process, which still had the embedder of before, has taken in since the switch.

    Raises:
        StoreError: when the catalog fails.
        ProviderError: when the embedder fails.
    """
    if catalog.get_meta("embedder") == embedder.name and count_missing(catalog, embedder.name):
        embed_missing(catalog, embedder, on_step)


def is_prepared(catalog: Catalog, embedder: str) -> bool:
    """Whether the next start with this embedder goes over to it, unless much came in since.

    Raises:
        StoreError: when the database fails.
    """
    prepared = read_prepared(catalog)
    return prepared is not None and prepared.embedder == embedder and catalog.get_meta("embedder") != embedder


def adopt(data_dir: Path, chroma: ChromaServer | None, catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """Makes what is prepared the index in use. Whoever calls it has the data directory, and the reindexing, alone.

    A kill in the middle leaves the index of before in use, or one that the next start builds from stored vectors.

    Raises:
        StoreError: when the catalog or the vector index cannot be written.
        ProviderError: when the embedder fails.
    """
    prepared = read_prepared(catalog)
    embed_missing(catalog, embedder, on_step)
    if chroma:
        if prepared:
            with contextlib.suppress(StoreError):  # it is away: the comparison of each start looks after it
                fill_on_server(chroma, catalog, embedder, prepared.last_seq)
        forget_prepared(catalog, data_dir, embedder=embedder.name)
        return
    files = VectorIndexFiles(data_dir, catalog)
    folder = files.fresh_folder()
    whole = prepared is not None and is_built(data_dir, prepared)
    if prepared is not None and whole:
        bring_in_step(data_dir, catalog, embedder, prepared)
        _move(data_dir, prepared, folder)
    else:
        files.mark_writing()  # so that it is built beside, see `live_store`
    forget_prepared(catalog, data_dir, embedder=embedder.name, **files.values_of(folder))
    if whole:
        files.forget_marks()
        files.note_in_step(changed=True)
    files.remove_others()


def fill_on_server(server: ChromaServer, catalog: Catalog, embedder: Embedder, after: int) -> None:
    """Puts the vectors of chunks that came in after the one of this number into collections on a server.

    Raises:
        StoreError: when the catalog or the server fails.
    """
    store = ServerVectorStore(server, embedder.name, embedder.dimension)
    try:
        for scope, ids in chunks_since(catalog, after).items():
            store.add(catalog.vectors(ids, embedder.name), scope)
    finally:
        store.close()


def _move(data_dir: Path, prepared: PreparedIndex, folder: Path) -> None:
    try:
        (prepared_place(data_dir) / str(prepared.folder)).rename(folder)
    except OSError as error:
        raise StoreError(f"The vector index cannot be put in its place: {error.strerror}.") from error


def _refuse_many(catalog: Catalog, embedder: str) -> None:
    missing, total = count_missing(catalog, embedder), catalog.totals()[1]
    if missing > max(_FEW, _SHARE * total):
        raise EmbedderMismatchError(
            f"{missing:,} of {total:,} chunks came in since askwire reindex, and are not embedded with {embedder}. "
            "Run askwire reindex again, or set EMBEDDING_MODEL back."
        )
