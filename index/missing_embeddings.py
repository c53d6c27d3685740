"""Embeds what an embedder has not embedded yet, also beside a process that takes articles in; blocking."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import LargeBinary, String, bindparam, delete, exists, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError, OperationalError

from index.catalog import Catalog
from index.catalog_schema import chunks, embeddings, versions
from index.chunking import embedding_text
from index.database import mapped_errors
from index.errors import StoreError
from index.providers.base import Embedder, Vectors

OnStep = Callable[[str, int, int], None]
_T = TypeVar("_T")
_BATCH = 256  # chunks: what is lost when the process is killed
_FORGOTTEN_AT_ONCE = 2000  # vectors: others wait for the database for so long
_AGAIN_S = 1.0
_ATTEMPTS = 60


class StoppedEmbeddingError(StoreError):
    """The embedding was told to stop; what is embedded is kept."""


def count_missing(catalog: Catalog, embedder: str) -> int:
    """How many chunks this embedder has not embedded.

    Raises:
        StoreError: when the database fails.
    """
    done = select(func.count()).select_from(embeddings).where(embeddings.c.embedder == embedder)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        total = connection.execute(select(func.count()).select_from(chunks)).scalar_one()
        return int(total - connection.execute(done).scalar_one())


def embed_missing(catalog: Catalog, embedder: Embedder, on_step: OnStep) -> None:
    """Embeds every chunk that this embedder has not embedded yet, those too that come in meanwhile.

    What is done stays done: after an interruption it goes on from there. Where nothing lacks, no step is told.

    Raises:
        ProviderError: when the embedder fails.
        StoreError: when the database fails, or stays locked for long.
    """
    label = f"Embedding with {embedder.name}"
    began = False
    after = 0  # chunks are numbered as they come in, so that one pass meets the new ones at its end
    while True:
        missing, total = patiently(lambda: count_missing(catalog, embedder.name)), catalog.totals()[1]
        if missing or began:
            on_step(label, total - missing, total)
        if not missing:
            return
        began = True
        rows = _next(catalog, embedder.name, after)
        if not rows:
            if not after:
                return
            after = 0
            continue
        vectors = embedder.embed([embedding_text(row.title, row.text) for row in rows])
        _keep(catalog, embedder.name, rows, vectors)
        after = rows[-1].seq


def forget_other_embedders(catalog: Catalog, kept: Sequence[str]) -> int:
    """Deletes the vectors of all embedders but the `kept`, some at a time; how many went.

    Raises:
        StoreError: when the database fails, or stays locked for long.
    """
    key = tuple_(embeddings.c.chunk_id, embeddings.c.embedder)
    some = select(embeddings.c.chunk_id, embeddings.c.embedder).where(embeddings.c.embedder.not_in(kept))
    forget = delete(embeddings).where(key.in_(some.limit(_FORGOTTEN_AT_ONCE)))

    def step() -> int:
        with mapped_errors("removed"), catalog.engine.begin() as connection:
            return connection.execute(forget).rowcount

    gone = 0
    while count := patiently(step):
        gone += count
    return gone


def patiently(work: Callable[[], _T]) -> _T:
    """Does what may meet another process's write in the database: again, for a minute and more.

    Raises:
        StoreError: as `work` does, when it is another failure or does not end.
    """
    for _ in range(_ATTEMPTS):
        try:
            return work()
        except StoreError as error:
            if not _is_passing(error.__cause__):
                raise
            time.sleep(_AGAIN_S)
    return work()


def _next(catalog: Catalog, embedder: str, after: int) -> Sequence[Any]:
    done = exists().where(embeddings.c.chunk_id == chunks.c.id, embeddings.c.embedder == embedder)
    version = (versions.c.article_id == chunks.c.article_id) & (versions.c.version == chunks.c.version)
    query = select(chunks.c.seq, versions.c.title, chunks.c.text).join(versions, version)
    query = query.where(chunks.c.seq > after, ~done).order_by(chunks.c.seq).limit(_BATCH)

    def read() -> Sequence[Any]:
        with mapped_errors("read"), catalog.engine.connect() as connection:
            return connection.execute(query).all()

    return patiently(read)


def _keep(catalog: Catalog, embedder: str, rows: Sequence[Any], vectors: Vectors) -> None:
    """Stores the vectors of those chunks that are still there: the number of a chunk never comes again, its id may."""
    values = [
        {"number": row.seq, "of_embedder": embedder, "new_vector": vector.astype("<f4").tobytes()}
        for row, vector in zip(rows, vectors, strict=True)
    ]

    def write() -> None:
        with mapped_errors("saved"), catalog.engine.begin() as connection:
            done = exists().where(embeddings.c.chunk_id == chunks.c.id, embeddings.c.embedder == embedder)
            new = (bindparam("of_embedder", type_=String()), bindparam("new_vector", type_=LargeBinary()))
            there = select(chunks.c.id, *new).where(chunks.c.seq == bindparam("number"), ~done)
            connection.execute(insert(embeddings).from_select(["chunk_id", "embedder", "vector"], there), values)

    patiently(write)


def _is_passing(error: BaseException | None) -> bool:
    """Whether another process was at the same rows, or at the file: a chunk went meanwhile, or it is locked."""
    if isinstance(error, IntegrityError):
        return True
    code = getattr(error.orig, "sqlite_errorcode", 0) if isinstance(error, OperationalError) else 0
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
