"""What is done to a whole collection: moving it to another scope, emptying it, dropping what is old."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.index_writer import IndexWriter
    from index.vector_index import VectorIndex


class Collections:
    """The part of NewsIndex that works on whole collections."""

    def __init__(self, catalog: Catalog, store: VectorIndex, writer: IndexWriter, embedder_name: str) -> None:
        self._catalog, self._store, self._writer = catalog, store, writer
        self._embedder_name = embedder_name

    async def move_scope(self, old: str, new: str) -> int:
        """Moves all articles of a chat's collection to another scope, as when a group becomes a supergroup.

        How many moved: an article that the new scope has already is dropped instead. Doing it twice is harmless, and
        what a crash leaves undone is done at the next start.

        Raises:
            ValueError: when a scope is the public one, or has no name.
            StoreError: when the catalog or the vector index fails.
        """
        from index.moving import check_chat_scopes, move_collection

        check_chat_scopes(old, new)
        if old == new:
            return 0
        return await self._writer.run(
            lambda: move_collection(old, new, self._catalog, self._store, self._embedder_name)
        )

    async def remove_scope(self, scope: str) -> int:
        """Deletes everything of a chat's collection everywhere; how many articles there were.

        Raises:
            ValueError: when it is the public scope, or has no name.
            StoreError: when the catalog or the vector index fails.
        """
        from index.moving import check_chat_scopes, remove_collection

        check_chat_scopes(scope)
        return await self._writer.run(lambda: remove_collection(scope, self._catalog, self._store))

    async def trim(self, scope: str, *, before: datetime | None = None, keep: int | None = None) -> int:
        """Deletes a collection's articles that are too old or too many; how many went.

        Too old is what came in or was updated `before` a time (UTC); of the others the newest `keep` stay.

        Raises:
            StoreError: when the catalog or the vector index fails.
        """
        from index.retention import trim_collection

        def work() -> int:
            return trim_collection(scope, self._catalog, self._store, before=before, keep=keep)

        return await self._writer.run(work)

    async def scopes(self) -> list[str]:
        """The collections that hold anything."""
        return await asyncio.to_thread(self._catalog.scopes)
