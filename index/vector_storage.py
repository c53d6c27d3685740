"""Opens the vector index where it is wanted: in files of the data directory, or on a Chroma server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.catalog import Catalog
from index.config import ChromaServer
from index.embedder_switch import embed_few, switch_embedder
from index.errors import StoreLockedError
from index.live_store import open_live_store
from index.postgres import holding_alone, is_postgres
from index.providers.base import Embedder
from index.server_store import ServerStore
from index.upkeep import check_embedder
from index.vector_files import NoVectorFiles, VectorIndexFiles
from index.vector_index import VectorIndex

_IN_FILES = "vectors in files"


def open_vectors(
    data_dir: Path,
    chroma: ChromaServer | None,
    catalog: Catalog,
    embedder: Embedder,
    on_step: Callable[[str, int, int], None],
    held: ExitStack,
    *,
    beside: bool,
) -> tuple[VectorIndex, VectorIndexFiles | NoVectorFiles]:
    """The vector index and its files; `held` is to be closed behind it. Blocking.

    A server may be away: the index then comes up by itself. A start `beside` which the index is repaired, as a bot's,
    goes over to the embedder that askwire reindex has prepared everything for; other commands leave that to it.

    Raises:
        EmbedderMismatchError: when the articles were embedded by another embedder.
        StoreLockedError: when another process on the same database has the vectors in its own files.
        StoreError: when the catalog cannot be read or the index cannot be written.
    """
    shared = chroma is not None and is_postgres(catalog.engine)
    if chroma:
        if beside or shared:
            switch_embedder(data_dir, chroma, catalog, embedder, on_step)
        if shared:
            embed_few(catalog, embedder, on_step)
        check_embedder(catalog, embedder)
        return ServerStore(chroma, catalog, embedder), NoVectorFiles(data_dir)
    held.enter_context(vectors_in_files(catalog))
    if beside:
        switch_embedder(data_dir, None, catalog, embedder, on_step)
    files = VectorIndexFiles(data_dir, catalog)
    return open_live_store(files, catalog, embedder, on_step, beside=beside), files


@contextmanager
def vectors_in_files(catalog: Catalog) -> Iterator[None]:
    """Holds what only one process on a database may do: to have the vectors in files of its own.

    Raises:
        StoreLockedError: when another process has them.
    """
    with holding_alone(catalog.engine, _IN_FILES) as alone:
        if not alone:
            raise StoreLockedError(
                "Another askwire on this database has the vector index in its files. "
                "Stop it, or set CHROMA_URL for both."
            )
        yield
