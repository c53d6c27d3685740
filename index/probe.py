"""Is the vector index whole? Run in a process of its own, because opening a damaged one can crash.

`python -m index.probe CHROMA_DIR DATABASE EMBEDDER DIMENSION` exits with 0 when every chunk of the catalog is in
the index, nothing else is, and a sample of stored vectors finds itself.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from index.catalog import Catalog
from index.types import Scopes

_SAMPLE = 40
_NEAREST = 5
_TIMEOUT_S = 120


def index_is_whole(folder: Path, database: Path, embedder: str, dimension: int) -> bool:
    """Runs the probe in a subprocess and tells whether it found the index whole; blocking, up to 120 s."""
    command = [sys.executable, "-m", "index.probe", str(folder), str(database), embedder, str(dimension)]
    try:
        result = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)  # noqa: S603 – our own module
    except subprocess.TimeoutExpired:
        return False
    return result.returncode == 0


def probe(folder: Path, database: Path, embedder: str, dimension: int) -> bool:
    """Compares the index with the catalog, in this process.

    Raises:
        StoreError: when either cannot be read.
    """
    from index.store import VectorStore

    catalog = Catalog(database)
    store = VectorStore(folder, embedder, dimension)
    scopes = set(catalog.scopes())
    return all(_scope_is_whole(catalog, store, embedder, scope) for scope in scopes | set(store.scopes()))


def _scope_is_whole(catalog: Catalog, store: object, embedder: str, scope: str) -> bool:
    from index.store import VectorStore

    assert isinstance(store, VectorStore)  # noqa: S101 – narrows a type that is imported late
    ids = catalog.chunk_ids(scope)
    if ids != store.ids(scope):
        return False
    sample = random.Random(0).sample(sorted(ids), min(_SAMPLE, len(ids)))  # noqa: S311 – no secret
    return all(
        chunk_id in [found for found, _ in store.search(vector.copy(), Scopes.of(scope), _NEAREST)]
        for chunk_id, _, vector in catalog.vectors(sample, embedder)
    )


if __name__ == "__main__":
    sys.exit(0 if probe(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])) else 1)
