"""all-MiniLM-L6-v2 as an int8 ONNX file: onnxruntime and tokenizers, nothing else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.errors import ProviderError
from index.providers.base import Vectors

MAX_TOKENS = 256
_BATCH_TOKENS = 256  # larger batches were slower: 29 chunks/s at 256, 18 at 2048, and took 500 MB more


class LocalEmbedder:
    """Mean-pooled, L2-normalised sentence embeddings (Reimers & Gurevych 2019, Sentence-BERT).

    Texts are batched by length and padded to the longest of their batch, not to the model's limit.
    """

    dimension = 384

    def __init__(self, name: str, model: Path, tokenizer: Path) -> None:
        self.name = name
        onnxruntime = _onnxruntime()
        options = onnxruntime.SessionOptions()
        # One thread a batch and batches side by side: 42 chunks a second on two cores, not 36.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # onnxruntime and tokenizers raise their own bare kinds
            raise ProviderError(f"The embedding model in {model.parent} cannot be loaded: {error}") from error
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._inputs = {node.name for node in self._session.get_inputs()}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (texts, 384); blocking.

        Raises:
            ProviderError: when onnxruntime fails.
        """
        encodings = self._tokenizer.encode_batch(list(texts))
        out = np.zeros((len(encodings), self.dimension), dtype=np.float32)
        batches = _batches(encodings)
        results = self._threads.map(lambda batch: self._embed_batch([encodings[i] for i in batch]), batches)
        for batch, vectors in zip(batches, results, strict=True):
            out[batch] = vectors
        return out

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (384,); blocking.

        Raises:
            ProviderError: when onnxruntime fails.
        """
        return np.asarray(self.embed([text])[0], dtype=np.float32)

    def _embed_batch(self, encodings: list[Encoding]) -> Vectors:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            hidden = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0]
        except Exception as error:  # onnxruntime raises its own bare kinds
            raise ProviderError(f"The embedding model failed: {error}") from error
        weights = mask[:, :, None].astype(np.float32)
        pooled = (np.asarray(hidden) * weights).sum(axis=1) / weights.sum(axis=1)
        norms = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(norms, 1e-12), dtype=np.float32)


def _onnxruntime() -> Any:
    # From its import on, it would report its use to its maker and keep an id of the machine in the user's cache.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    return onnxruntime


def _batches(encodings: Sequence[Encoding]) -> list[list[int]]:
    """Indices in batches of similar length, each of about `_BATCH_TOKENS` padded tokens."""
    order = sorted(range(len(encodings)), key=lambda i: len(encodings[i].ids))
    batches: list[list[int]] = []
    for i in order:
        longest = len(encodings[i].ids)
        if batches and (len(batches[-1]) + 1) * longest <= _BATCH_TOKENS:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches
