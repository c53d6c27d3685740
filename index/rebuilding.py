"""Builds the vector index anew from the catalog, in a process of its own: adding to Chroma holds the interpreter."""

from __future__ import annotations

from index.probe import look_for_all, opened_index
from index.repair_process import IndexFiles, OnCount, repair_main

MODULE = "index.rebuilding"
_BATCH = 1000


def build_index(files: IndexFiles, on_count: OnCount = lambda *_: None) -> list[str]:
    """Puts all vectors of the catalog into a fresh directory, and sees that each is found, in this process.

    Returns the ids of those that stay hidden.

    Raises:
        StoreError: when the catalog cannot be read or the index cannot be written.
    """
    from index.catalog import Catalog
    from index.store import VectorStore
    from index.synchronising import put_anew

    catalog = Catalog(files.database)
    store = VectorStore(files.folder, files.embedder, files.dimension)
    try:
        total, done = catalog.totals()[1], 0
        for scope in catalog.scopes():
            ids = sorted(catalog.chunk_ids(scope))
            for at in range(0, len(ids), _BATCH):
                part = ids[at : at + _BATCH]
                store.add(catalog.vectors(part, files.embedder), scope, batch_size=_BATCH)
                done += len(part)
                on_count(done, total)
    finally:
        store.close()
        catalog.close()
    with opened_index(files) as (catalog, store):
        hidden = look_for_all(catalog, store, files.embedder, lambda *_: on_count(total, total), is_fresh=True)
        return put_anew(catalog, store, files.embedder, hidden)


if __name__ == "__main__":
    repair_main(build_index)
