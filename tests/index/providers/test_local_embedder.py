"""The real embedder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import ProviderError
from index.providers.local_embedder import LocalEmbedder

TEXTS = ["Three rockets hit the embassy.", "The ferry ran aground.", "word " * 300, "Übergrößenträger 🚀", "x", ""]


def test_vectors_have_length_one(local_embedder: LocalEmbedder) -> None:
    """For any text, also an empty one, one over the model's limit and one in another script."""
    vectors = local_embedder.embed(TEXTS)
    assert vectors.shape == (6, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(local_embedder: LocalEmbedder) -> None:
    """Padding to the batch's longest text does not show, and vectors are in the texts' order."""
    texts = [" ".join(["Rockets fell in Baghdad on Sunday evening."] * n) + f" Report {n}." for n in range(1, 24)]
    together = local_embedder.embed(texts)
    for text, vector in zip(texts, together, strict=True):
        assert float(local_embedder.embed_query(text) @ vector) > 0.98


def test_nothing_has_no_vectors(local_embedder: LocalEmbedder) -> None:
    """The shape holds also for none."""
    assert local_embedder.embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("Was anyone hurt?", "One person was injured.", "The bridge was built in 1968."),
        ("How many rockets hit?", "Three missiles landed.", "The museum will reopen in March."),
        ("Who leads the country?", "The prime minister spoke.", "Rain fell all day."),
    ],
)
def test_what_means_the_same_is_nearer(local_embedder: LocalEmbedder, question: str, near: str, far: str) -> None:
    """Nearness is of meaning, not of words."""
    asked = local_embedder.embed_query(question)
    assert asked @ local_embedder.embed_query(near) > asked @ local_embedder.embed_query(far) + 0.1


def test_files_that_are_no_model_are_one_clear_line(tmp_path: Path) -> None:
    """The line names the folder."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"no model")
    with pytest.raises(ProviderError, match="cannot be loaded") as caught:
        LocalEmbedder("local:x", tmp_path / "model.onnx", tmp_path / "tokenizer.json")
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
