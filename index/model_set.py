"""The models that an index works with, opened and closed together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from index.config import IndexConfig
from index.providers.base import ChatModel, Embedder
from index.providers.registry import (
    check_model_names,
    check_rerank_model,
    open_chat_model,
    open_rerank_model,
)

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ModelSet:
    """What embeds, what writes or reads, and what ranks passages again; None where there is none."""

    embedder: Embedder
    chat_model: ChatModel | None = None
    reranker: ChatModel | None = None

    async def close(self) -> None:
        """Lets go of all connections, also when one fails to close."""
        async with AsyncExitStack() as stack:
            for model in (self.chat_model, self.reranker):
                if model:
                    stack.push_async_callback(model.close)


def check_models(config: IndexConfig) -> None:
    """Refuses what cannot be opened, before anything is fetched or loaded.

    Raises:
        UnknownModelError: when no provider has the name; it says which setting, and what it may be.
        ProviderError: when a package or a key is missing; it says which.
    """
    check_model_names(config.chat_model, config.embedding_model, config.keys)
    check_rerank_model(config.rerank_model, config.keys)


async def open_models(config: IndexConfig, embedder: Embedder, on_progress: OnProgress | None = None) -> ModelSet:
    """Opens those beside the embedder; weights are fetched when needed. Those opened are closed when one fails.

    Raises:
        ProviderError: when a model cannot be opened.
    """
    chat_model = await open_chat_model(config.chat_model, config.cache_dir, config.keys, on_progress)
    try:
        reranker = await open_rerank_model(config.rerank_model, config.cache_dir, config.keys)
    except BaseException:
        await ModelSet(embedder, chat_model).close()
        raise
    return ModelSet(embedder, chat_model, reranker)
