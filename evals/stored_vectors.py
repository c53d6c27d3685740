"""An embedder whose vectors were made once: those of a news set's chunks, and near ones for changed texts."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.newsset import DataError
from index.chunking import embedding_text
from index.config import DATABASE
from index.providers.base import Vectors

_NEAR = 0.25  # length of what is added to a vector for another text; then their cosine is about 0.97


class StoredVectors:
    """The vectors of an index by their texts, as an `Embedder` of the same name.

    A text that has none gets one beside the vector of some other text, the same one each time.

    Raises:
        DataError: the index holds no vectors of this embedder.
    """

    def __init__(self, data_dir: Path, embedder: str) -> None:
        self.name = embedder
        database = sqlite3.connect(f"file:{data_dir / DATABASE}?mode=ro", uri=True)
        rows = database.execute(
            "SELECT chunks.title, chunks.text, vector FROM chunks JOIN embeddings ON chunk_id = chunks.id "
            "WHERE embedder = ?",
            [embedder],
        ).fetchall()
        database.close()
        if not rows:
            raise DataError(
                f"{data_dir} holds no vectors of {embedder}: run `python -m evals quality --only retrieval`."
            )
        self._vectors: Vectors = np.stack([np.frombuffer(row[2], dtype=np.float32) for row in rows])
        self._places = {_key(embedding_text(title, text)): place for place, (title, text, _) in enumerate(rows)}
        self.dimension = int(self._vectors.shape[1])
        self.made = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension)."""
        return np.stack([self.embed_query(text) for text in texts]) if texts else self._vectors[:0]

    def embed_query(self, text: str) -> Vectors:
        """The vector of one text, shape (dimension,)."""
        key = _key(text)
        if (place := self._places.get(key)) is not None:
            return np.asarray(self._vectors[place], dtype=np.float32)
        self.made += 1
        dice = np.random.default_rng(int.from_bytes(key, "big"))
        beside = self._vectors[dice.integers(len(self._vectors))]
        moved = beside + dice.normal(0, _NEAR / self.dimension**0.5, self.dimension).astype(np.float32)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
