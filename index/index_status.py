"""What is indexed and how it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.config import IndexConfig
from index.errors import StoreError

if TYPE_CHECKING:
    from index.catalog import Catalog
    from index.vector_index import VectorIndex


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is indexed and how it is.

    `vectors` is None when another process has the vector index open, or, with `problems` that say so, when it does
    not answer.
    """

    articles: int
    chunks: int
    vectors: int | None
    embedding_model: str
    chat_model: str
    data_dir: str
    healthy: bool
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return asdict(self)


def open_status(
    catalog: Catalog, store: VectorIndex, *, embedding_model: str, chat_model: str, data_dir: str
) -> IndexStatus:
    """The status of an open index; a failing vector index becomes a problem, not an error. Blocking.

    Raises:
        StoreError: when the catalog cannot be read.
    """
    articles, chunks = catalog.totals()
    vectors, faults = _count(catalog, store)
    problems = [*store.problems, *faults]  # after the count, which may meet a server that is away
    if problems or vectors is None:
        pass
    elif vectors < chunks:
        problems.append(f"The vector index lacks {chunks - vectors:,} of {chunks:,} chunks: run askwire reindex.")
    elif vectors > chunks:
        problems.append(f"The vector index holds {vectors - chunks:,} too many: run askwire reindex.")
    return IndexStatus(
        articles=articles,
        chunks=chunks,
        vectors=vectors,
        embedding_model=embedding_model,
        chat_model=chat_model,
        data_dir=data_dir,
        healthy=not problems,
        problems=tuple(problems),
    )


def _count(catalog: Catalog, store: VectorIndex) -> tuple[int | None, list[str]]:
    """How many vectors there are, None when that cannot be known, and what went wrong."""
    scopes = catalog.scopes()
    try:
        vectors = sum(store.count(scope) for scope in scopes)
    except StoreError as error:
        return None, [str(error)]
    return (vectors if store.answers else None), []


def catalog_status(config: IndexConfig) -> IndexStatus:
    """The status as far as the catalog tells it, beside a process that has the vector index open; blocking.

    Raises:
        StoreError: when the catalog cannot be read.
    """
    from index.catalog import Catalog

    catalog = Catalog(config.database)
    try:
        articles, chunks = catalog.totals()
    finally:
        catalog.close()
    return IndexStatus(
        articles, chunks, None, config.embedding_model, config.chat_model, str(config.data_dir), healthy=True
    )
