"""Which models may rank passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ProviderError, UnknownModelError
from index.providers.base import ProviderKeys
from index.providers.registry import check_rerank_model, open_rerank_model

KEYS = ProviderKeys(openai_api_key="sk")


@pytest.mark.parametrize("name", ["none", "openai:gpt-5-mini", "gemini:x, ollama:y"])
def test_hosted_models_may_rank(name: str) -> None:
    """One, a chain of them, or none."""
    check_rerank_model(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("local:gemma-3-270m", "=local:gemma-3-270m: a small local model cannot rank passages. Use openai:…, "),
        ("openai:x,local:gemma-3-270m", "=local:gemma-3-270m: a small local model cannot rank passages."),
        ("openai:x,none", "=openai:x,none: none stands alone. Leave it out: passages keep their order"),
        ("acme:x", "=acme:x: there is no provider 'acme'"),
        ("gemma", "=gemma: write it as provider:model"),
        ("", "=: write it as provider:model"),
    ],
)
def test_what_cannot_rank_is_refused_with_the_setting(name: str, said: str) -> None:
    """The line names the setting that is wrong."""
    with pytest.raises(UnknownModelError) as caught:
        check_rerank_model(name)
    assert str(caught.value).startswith(f"RERANK_MODEL{said}")
    assert "\n" not in str(caught.value)


async def test_a_model_that_ranks_needs_its_key(tmp_path: Path) -> None:
    """It is opened like any other, without a request."""
    with pytest.raises(ProviderError, match=r"^RERANK_MODEL=gemini:x needs GEMINI_API_KEY"):
        await open_rerank_model("gemini:x", tmp_path, ProviderKeys())
    assert await open_rerank_model("none", tmp_path, ProviderKeys()) is None
    model = await open_rerank_model("openai:x", tmp_path, KEYS)
    assert model is not None
    await model.close()
