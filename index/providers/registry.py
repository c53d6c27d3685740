"""Opens models by name, `provider:model`; imports a provider's file only when it is named."""

from __future__ import annotations

import asyncio
from pathlib import Path

from index.errors import UnknownModelError
from index.providers.base import ChatModel, Embedder, ProviderKeys
from index.providers.weights import LOCAL_WEIGHTS, OnProgress, ensure_weights

NO_MODEL = "none"
LOCAL_CHAT_MODELS = {
    "gemma-3-270m": "gemma-3-270m-q4_k_m.gguf",
    "smollm2-135m-instruct": "SmolLM2-135M-Instruct.Q4_1.gguf",
}
LOCAL_EMBEDDERS = {"all-minilm-l6-v2": 384}


def check_model_names(chat_model: str, embedding_model: str) -> None:
    """Refuses a name that no provider has, before anything is fetched or loaded.

    Raises:
        UnknownModelError: naming the setting and what it may be.
    """
    if chat_model != NO_MODEL:
        provider, model = _split("CHAT_MODEL", chat_model)
        if provider == "local":
            _known("CHAT_MODEL", chat_model, model, list(LOCAL_CHAT_MODELS))
        elif provider != "openai":
            raise UnknownModelError(
                f"CHAT_MODEL={chat_model}: there is no provider {provider!r}. Use local:…, openai:… or none."
            )
    provider, model = _split("EMBEDDING_MODEL", embedding_model)
    if provider != "local":
        raise UnknownModelError(
            f"EMBEDDING_MODEL={embedding_model}: there is no provider {provider!r}. Use local:all-minilm-l6-v2."
        )
    _known("EMBEDDING_MODEL", embedding_model, model, list(LOCAL_EMBEDDERS))


def local_weights_of(*names: str) -> list[str]:
    """The local models among these names, whose weights must be there."""
    return [name.partition(":")[2] for name in names if name.startswith("local:") and name[6:] in LOCAL_WEIGHTS]


async def open_embedder(name: str, cache_dir: Path, on_progress: OnProgress | None = None) -> Embedder:
    """The embedder of this name, its weights fetched when needed.

    Raises:
        ProviderError: as `check_model_names` and `ensure_weights`.
    """
    check_model_names(NO_MODEL, name)

    def load() -> Embedder:
        from index.providers.local_embedder import LocalEmbedder

        files = ensure_weights(name.partition(":")[2], cache_dir, on_progress)
        return LocalEmbedder(name, files["model.onnx"], files["tokenizer.json"])

    return await asyncio.to_thread(load)


async def open_chat_model(
    name: str, cache_dir: Path, keys: ProviderKeys, on_progress: OnProgress | None = None
) -> ChatModel | None:
    """The language model of this name, its weights fetched when needed; None for `none`.

    Raises:
        ProviderError: as `check_model_names` and `ensure_weights`, or when a key is missing.
    """
    if name == NO_MODEL:
        return None
    provider, _, model = name.partition(":")

    def load() -> ChatModel:
        if provider == "openai":
            from index.providers.openai_compatible import open_openai

            return open_openai(model, keys)
        from index.providers.llama_index_chat import CompletionReader
        from index.providers.local_llm import LocalLLM

        files = ensure_weights(model, cache_dir, on_progress)
        return CompletionReader(name, LocalLLM(model, files[LOCAL_CHAT_MODELS[model]]))

    return await asyncio.to_thread(load)


def _split(setting: str, name: str) -> tuple[str, str]:
    provider, colon, model = name.partition(":")
    if not colon or not provider or not model:
        raise UnknownModelError(f"{setting}={name}: write it as provider:model, for example local:gemma-3-270m.")
    return provider, model


def _known(setting: str, name: str, model: str, known: list[str]) -> None:
    if model not in known:
        raise UnknownModelError(f"{setting}={name}: there is no local model {model!r}. Known: {', '.join(known)}.")
