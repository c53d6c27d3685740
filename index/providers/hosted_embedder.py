"""Any llama-index embedding as an `Embedder`: in batches, asked again when it fails in passing, length 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from index.errors import ModelUnavailableError
from index.providers.base import Vectors
from index.providers.failures import mapped_failures
from index.providers.retrying import Limits, blocking_retrying

_PROBE = "How many numbers has a vector?"
_NOTHING = "-"  # in place of an empty text, which no server embeds


class HostedEmbedder:
    """An embedding model behind an API; blocking. Opening it embeds a few words to learn the dimension.

    Raises:
        ModelUnavailableError: when the server is down, too slow, refuses, or gives no vectors.
        ProviderError: when it does not take the texts.
    """

    def __init__(self, name: str, model: BaseEmbedding, limits: Limits, on_close: Callable[[], None]) -> None:
        self.name = name
        self.dimension = 0
        self._model = model
        self._limits = limits
        self._on_close = on_close
        try:
            self.dimension = int(self.embed_query(_PROBE).shape[0])
        except BaseException:
            self.close()
            raise

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (texts, dimension), L2-normalised; blocking.

        Raises:
            ProviderError: when the model fails.
        """
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        step = self._model.embed_batch_size
        for at in range(0, len(texts), step):
            batch = [_something(text) for text in texts[at : at + step]]
            out[at : at + step] = self._asked(partial(self._model.get_text_embedding_batch, batch), len(batch))
        return out

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,), L2-normalised; blocking.

        Raises:
            ProviderError: when the model fails.
        """
        vectors = self._asked(lambda: [self._model.get_query_embedding(_something(text))], 1)
        return np.asarray(vectors[0], dtype=np.float32)

    def close(self) -> None:
        """Closes the connections to the server."""
        self._on_close()

    def _asked(self, ask: Callable[[], list[list[float]]], count: int) -> Vectors:
        with mapped_failures(self.name, "embedding model"):
            rows = blocking_retrying(self._limits)(ask)
            vectors = np.asarray(rows, dtype=np.float32)  # a ValueError when they differ in length
        norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
        expected = (count, self.dimension or vectors.shape[-1])
        if vectors.shape != expected or not (np.isfinite(norms) & (norms > 0)).all():
            raise ModelUnavailableError(
                f"The embedding model {self.name} gave no usable vectors "
                f"(shape {vectors.shape}, expected {expected}): check that it embeds texts."
            )
        return np.asarray(vectors / norms, dtype=np.float32)


def _something(text: str) -> str:
    return text if text.strip() else _NOTHING
