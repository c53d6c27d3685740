"""Brings the vector index into step with the catalog: what it lacks goes in, what it has too many goes out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from index.catalog import Catalog
from index.probe import DamagedIndexError, missed_rows
from index.store import SEARCH_DEPTH, VectorStore

_TRIES = 3
MOST_HIDDEN = 50_000  # chunks: a larger graph may hide one, and building it again would take minutes
_MANY_MISSING = 3000  # chunks; a fresh index is built quicker, and beside


class Marks(Protocol):
    """Where it is noted that a write may be under way."""

    def mark_writing(self) -> None:
        """Notes it on disk."""


def bring_into_step(catalog: Catalog, store: VectorStore, embedder: str, files: Marks) -> None:
    """Puts small differences right, and sees that a search finds what was put in; blocking.

    Raises:
        DamagedIndexError: when so much is missing that a fresh index is better, or a vector stays hidden.
        StoreError: when the catalog or the vector index fails.
    """
    uncover(catalog, store, embedder, synchronise(catalog, store, embedder, files, most=_MANY_MISSING))


def uncover(catalog: Catalog, store: VectorStore, embedder: str, chunk_ids: Collection[str]) -> list[str]:
    """As `put_anew`, for an index that a better one can take the place of.

    Raises:
        DamagedIndexError: when one of a small index stays hidden.
        StoreError: when the catalog or the vector index fails.
    """
    left = put_anew(catalog, store, embedder, chunk_ids)
    if left and catalog.totals()[1] <= MOST_HIDDEN:
        raise DamagedIndexError
    return left


def synchronise(
    catalog: Catalog, store: VectorStore, embedder: str, files: Marks, *, most: int | None = None
) -> set[str]:
    """Brings every scope into step with the catalog, by the ids of its chunks; blocking. Returns those that lacked.

    Raises:
        DamagedIndexError: when more than `most` chunks lack.
        StoreError: when the catalog or the vector index fails.
    """
    added: set[str] = set()
    for scope in set(catalog.scopes()) | set(store.scopes()):
        wanted, there = catalog.chunk_ids(scope), store.ids(scope)
        if wanted == there:
            continue
        if most is not None and len(added) + len(wanted - there) > most:
            raise DamagedIndexError
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
        hidden = missed_rows(store, rows, scope, SEARCH_DEPTH)
        for _ in range(_TRIES):
            if not hidden:
                break
            store.delete([chunk_id for chunk_id, _, _ in hidden], scope)
            store.add(hidden, scope)
            hidden = missed_rows(store, hidden, scope, SEARCH_DEPTH)
        left += [chunk_id for chunk_id, _, _ in hidden]
    return left
