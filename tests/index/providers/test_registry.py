"""Models are opened by `provider:model`."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ProviderError, UnknownModelError
from index.providers.base import ModelKind, ProviderKeys
from index.providers.registry import check_model_names, local_weights_of, open_chat_model, open_embedder

EMBEDDER = "local:all-minilm-l6-v2"


@pytest.mark.parametrize("name", ["none", "local:gemma-3-270m", "local:smollm2-135m-instruct", "openai:any/name:7b"])
def test_known_names_pass(name: str) -> None:
    """Every name that can be opened is admitted; a hosted model may have any name."""
    check_model_names(name, EMBEDDER)


@pytest.mark.parametrize(
    ("chat", "embedder", "said"),
    [
        ("local:gpt-99", EMBEDDER, "there is no local model 'gpt-99'. Known: gemma-3-270m, smollm2-135m-instruct."),
        ("acme:gpt", EMBEDDER, "there is no provider 'acme'"),
        ("gemma", EMBEDDER, "write it as provider:model"),
        ("local:", EMBEDDER, "write it as provider:model"),
        (":x", EMBEDDER, "write it as provider:model"),
        ("", EMBEDDER, "write it as provider:model"),
        ("none", "none", "write it as provider:model"),
        ("none", "acme:e", "there is no provider 'acme'"),
        ("none", "local:e5", "there is no local model 'e5'. Known: all-minilm-l6-v2."),
    ],
)
def test_unknown_names_are_refused_with_the_setting(chat: str, embedder: str, said: str) -> None:
    """The line names the setting that is wrong, and what it may be."""
    with pytest.raises(UnknownModelError) as caught:
        check_model_names(chat, embedder)
    setting = "EMBEDDING_MODEL" if chat == "none" else "CHAT_MODEL"
    assert str(caught.value).startswith(f"{setting}=")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_none_is_no_model(tmp_path: Path) -> None:
    """Quotes only: nothing is opened or fetched."""
    assert await open_chat_model("none", tmp_path, ProviderKeys()) is None
    assert list(tmp_path.iterdir()) == []


async def test_a_hosted_model_needs_a_key_or_a_server(tmp_path: Path) -> None:
    """The line names both settings; either one is enough."""
    with pytest.raises(ProviderError, match="OPENAI_API_KEY, or OPENAI_BASE_URL"):
        await open_chat_model("openai:gpt", tmp_path, ProviderKeys())
    for keys in (ProviderKeys(openai_api_key="sk"), ProviderKeys(openai_base_url="http://127.0.0.1:9/v1")):
        model = await open_chat_model("openai:gpt", tmp_path, keys)
        assert model is not None
        assert (model.name, model.kind) == ("openai:gpt", ModelKind.WRITER)


async def test_the_local_models_open_from_the_cache(weights_dir: Path) -> None:
    """Nothing is fetched when the weights are there."""
    heard: list[str] = []
    embedder = await open_embedder(EMBEDDER, weights_dir, lambda label, *_: heard.append(label))
    model = await open_chat_model(
        "local:gemma-3-270m", weights_dir, ProviderKeys(), lambda label, *_: heard.append(label)
    )
    assert model is not None
    assert (embedder.name, embedder.dimension, model.name, model.kind) == (
        EMBEDDER,
        384,
        "local:gemma-3-270m",
        ModelKind.READER,
    )
    assert heard == []


async def test_an_unknown_embedder_is_refused(tmp_path: Path) -> None:
    """Before anything is fetched."""
    with pytest.raises(UnknownModelError):
        await open_embedder("local:e5", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_local_weights_are_those_of_local_models() -> None:
    """`askwire weights` fetches for local models only."""
    assert local_weights_of("local:gemma-3-270m", "openai:gpt", "none", EMBEDDER, "local:x") == [
        "gemma-3-270m",
        "all-minilm-l6-v2",
    ]
