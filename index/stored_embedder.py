"""Stands for the embedder whose vectors are stored, where none is needed but its name and the size of its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy import select

from index.catalog import Catalog
from index.catalog_schema import embeddings, meta
from index.database import mapped_errors
from index.errors import StoreError
from index.providers.base import Vectors


@dataclass(frozen=True, slots=True)
class StoredEmbedder:
    """An `Embedder` that embeds nothing."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Is not asked."""
        self._refuse(len(texts))

    def embed_query(self, text: str) -> Vectors:
        """Is not asked."""
        self._refuse(len(text))

    def _refuse(self, _size: int) -> NoReturn:
        raise StoreError(f"The embedder {self.name} is not open.")


def stored_embedder(catalog: Catalog) -> StoredEmbedder | None:
    """By its name in the catalog and the length of its vectors; None when there are no vectors. Blocking.

    Raises:
        StoreError: when the database fails.
    """
    query = (
        select(meta.c.value, embeddings.c.vector)
        .join(embeddings, embeddings.c.embedder == meta.c.value)
        .where(meta.c.key == "embedder")
    )
    with mapped_errors("read"), catalog.engine.connect() as connection:
        row = connection.execute(query.limit(1)).first()
    return StoredEmbedder(row.value, len(row.vector) // 4) if row else None
