"""Is the vector index whole? Run in a process of its own, because opening a damaged one can crash.

Every vector is searched for by itself. Among few neighbours (0.08 ms a vector; 0.5 ms among as many as a search has)
nearly all are found, and only the others are looked for as a search does. A sound graph may hide a few: an approximate
index promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from index.repair_process import IndexFiles, OnCount, repair_main

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.store import VectorStore
    from index.vector_index import VectorRow

MODULE = "index.probe"
_SHALLOW = 10  # neighbours looked at
_BATCH = 500
_FEW = 20  # hidden vectors, or one in 500: more than a sound graph hides
_SAME = 0.9999  # cosine


class DamagedIndexError(Exception):
    """Vectors are lost: the index must be rebuilt."""


def hidden_vectors(files: IndexFiles, on_count: OnCount = lambda *_: None) -> list[str]:
    """Opens an index, searches for every vector in it, and changes nothing, in this process; see `look_for_all`.

    Raises:
        DamagedIndexError: when many are not found, or one that was deleted is.
        StoreError: when the index or the catalog cannot be read.
    """
    with opened_index(files) as (catalog, store):
        return look_for_all(catalog, store, files.embedder, on_count)


@contextmanager
def opened_index(files: IndexFiles) -> Iterator[tuple[Catalog, VectorStore]]:
    """The catalog and the index, whose searches of few neighbours look at few, too.

    Raises:
        StoreError: when one of them cannot be opened.
    """
    from index.catalog import Catalog
    from index.store import VectorStore

    catalog = Catalog(files.database)
    try:
        store = VectorStore(files.folder, files.embedder, files.dimension, depth=_SHALLOW)
        try:
            yield catalog, store
        finally:
            store.close()
    finally:
        catalog.close()


def look_for_all(
    catalog: Catalog, store: VectorStore, embedder: str, on_count: OnCount, *, is_fresh: bool = False
) -> list[str]:
    """Searches for every vector that the catalog and the index share.

    Returns the ids of the few that a search does not find: they must be put in anew. Ids that only one side has are
    no damage, and left to `synchronise`. Of an index that `is_fresh`, none that is hidden is called damage.

    Raises:
        DamagedIndexError: when many are not found, or one that was deleted is.
        StoreError: when the index or the catalog cannot be read.
    """
    from index.store import SEARCH_DEPTH

    hidden: list[str] = []
    total, done = catalog.totals()[1], 0
    for scope in store.scopes():
        there = store.ids(scope)
        for rows in _batches(catalog, sorted(there & catalog.chunk_ids(scope)), embedder):
            missed = missed_rows(store, missed_rows(store, rows, scope, 1, there), scope, SEARCH_DEPTH, there)
            hidden += [chunk_id for chunk_id, _, _ in missed]
            done += len(rows)
            on_count(done, total)
            if not is_fresh and len(hidden) > max(_FEW, total // 500):
                raise DamagedIndexError
    return hidden


def missed_rows(
    store: VectorStore, rows: Sequence[VectorRow], scope: str, k: int, there: set[str] | None = None
) -> Sequence[VectorRow]:
    """Those of the vectors that are not among the nearest `k` to themselves, nor crowded out by `k` equal ones.

    Raises:
        DamagedIndexError: when one is found that is not `there`.
        StoreError: when the index cannot be read.
    """
    import numpy as np

    if not rows:
        return rows
    missed: list[VectorRow] = []
    found = store.nearest(np.stack([vector for _, _, vector in rows]), scope, k)
    for row, neighbours in zip(rows, found, strict=True):
        same = [chunk_id for chunk_id, similarity in neighbours if similarity > _SAME]
        if there is not None and not there.issuperset(same):
            raise DamagedIndexError
        if row[0] not in same and not len(same) == k > 1:
            missed.append(row)
    return missed


def _batches(catalog: Catalog, ids: Sequence[str], embedder: str) -> Iterator[list[VectorRow]]:
    rows = catalog.vectors(ids, embedder)
    while batch := list(islice(rows, _BATCH)):
        yield batch


if __name__ == "__main__":
    repair_main(hidden_vectors)
