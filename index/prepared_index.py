"""The vector index of another embedder, built beside the one in use and kept ready for the switch; blocking.

It lies in a directory of its own, which no repair and no start touches. The catalog says for which embedder it is and
up to which chunk it was built: chunks are numbered as they come in, and a number never comes again, as an id may.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from index import rebuilding
from index.catalog import Catalog
from index.catalog_schema import chunks, meta
from index.database import mapped_errors, place_of
from index.errors import StoreError
from index.missing_embeddings import OnStep, patiently
from index.providers.base import Embedder
from index.repair_process import IndexFiles, run_repair
from index.store import VectorStore
from index.synchronising import put_anew, synchronise
from index.vector_files import VectorIndexFiles, flush_tree

_KEY = "prepared_index"
_PLACE = "next-index"
_NOT_BUILT = "The vector index cannot be built. Look whether the disk is full, then run askwire reindex again."


@dataclass(frozen=True, slots=True)
class PreparedIndex:
    """For which embedder everything is embedded; the Chroma directory below `next-index`, if it is whole.

    `last_seq` is the number of the last chunk that was there when the building began.
    """

    embedder: str
    folder: str | None
    last_seq: int


def prepared_place(data_dir: Path) -> Path:
    """The directory that holds the prepared Chroma directory."""
    return data_dir / _PLACE


def read_prepared(catalog: Catalog) -> PreparedIndex | None:
    """What is prepared, if anything.

    Raises:
        StoreError: when the database fails.
    """
    text = catalog.get_meta(_KEY)
    return PreparedIndex(**json.loads(text)) if text else None


def note_prepared(catalog: Catalog, prepared: PreparedIndex) -> None:
    """Notes what is prepared.

    Raises:
        StoreError: when the database fails.
    """
    patiently(partial(catalog.set_meta, _KEY, json.dumps(asdict(prepared))))


def forget_prepared(catalog: Catalog, data_dir: Path, **values: str) -> None:
    """Drops what is prepared, and sets other `values` of the catalog's meta table in the same step.

    Raises:
        StoreError: when the database fails.
    """

    def write() -> None:
        with mapped_errors("saved"), catalog.engine.begin() as connection:
            connection.execute(delete(meta).where(meta.c.key.in_([_KEY, *values])))
            if values:
                connection.execute(insert(meta), [{"key": key, "value": value} for key, value in values.items()])

    patiently(write)
    shutil.rmtree(prepared_place(data_dir), ignore_errors=True)


def last_seq(catalog: Catalog) -> int:
    """The number of the newest chunk; 0 when there is none.

    Raises:
        StoreError: when the database fails.
    """
    with mapped_errors("read"), catalog.engine.connect() as connection:
        return int(connection.execute(select(func.max(chunks.c.seq))).scalar() or 0)


def chunks_since(catalog: Catalog, seq: int) -> dict[str, list[str]]:
    """The ids of the chunks that came in after the one of this number, by scope.

    Raises:
        StoreError: when the database fails.
    """
    found: dict[str, list[str]] = {}
    query = select(chunks.c.scope, chunks.c.id).where(chunks.c.seq > seq).order_by(chunks.c.seq)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        for row in connection.execute(query):
            found.setdefault(row.scope, []).append(row.id)
    return found


def prepare_index(
    data_dir: Path, catalog: Catalog, embedder: Embedder, on_step: OnStep, stop: threading.Event | None = None
) -> None:
    """Builds the index of an embedder from the stored vectors, or brings the one that is prepared into step.

    Raises:
        StoreError: when it cannot be built.
        RepairStoppedError: when `stop` was set.
    """
    known = read_prepared(catalog)
    if known and known.embedder == embedder.name and is_built(data_dir, known):
        bring_in_step(data_dir, catalog, embedder, known)
        return
    place = prepared_place(data_dir)
    shutil.rmtree(place, ignore_errors=True)  # of an attempt that was broken off
    folder = place / f"chroma-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    prepared = PreparedIndex(embedder.name, folder.name, patiently(partial(last_seq, catalog)))
    given = IndexFiles(folder, place_of(catalog.engine), embedder.name, embedder.dimension)
    told = partial(on_step, "Rebuilding the vector index")
    hidden = run_repair(rebuilding.MODULE, given, told, stop or threading.Event(), niced=True)
    if hidden is None:
        raise StoreError(_NOT_BUILT)
    _fill(data_dir, catalog, embedder, prepared, hidden)


def is_built(data_dir: Path, prepared: PreparedIndex) -> bool:
    """Whether there is a whole Chroma directory."""
    return prepared.folder is not None and (prepared_place(data_dir) / prepared.folder).is_dir()


def bring_in_step(data_dir: Path, catalog: Catalog, embedder: Embedder, prepared: PreparedIndex) -> None:
    """Puts into a prepared directory what came in since, and takes out what went.

    Raises:
        StoreError: when it cannot be written; it is then built anew, as after a kill.
    """
    note_prepared(catalog, replace(prepared, folder=None))
    _fill(data_dir, catalog, embedder, prepared, ())


def _fill(data_dir: Path, catalog: Catalog, embedder: Embedder, prepared: PreparedIndex, hidden: Sequence[str]) -> None:
    newest = patiently(partial(last_seq, catalog))
    folder = prepared_place(data_dir) / str(prepared.folder)
    store = VectorStore(folder, embedder.name, embedder.dimension)
    try:
        for scope, ids in chunks_since(catalog, prepared.last_seq).items():
            store.delete(ids, scope)  # an article that was removed and added again has the ids of before
        synchronise(catalog, store, embedder.name, _Unmarked(data_dir, catalog))
        put_anew(catalog, store, embedder.name, hidden)
    finally:
        store.close()
    flush_tree(folder)
    note_prepared(catalog, replace(prepared, last_seq=newest))


class _Unmarked(VectorIndexFiles):
    """The mark of an unfinished write is about the index in use, not about this one."""

    def mark_writing(self) -> None:
        """Nothing."""
