"""Models of an Ollama server; installed with the extra `ollama`."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.embeddings.ollama import OllamaEmbedding
from llama_index.llms.ollama import Ollama
from ollama import AsyncClient

from index.providers.base import ChatModel, Embedder, Prompt, ProviderKeys
from index.providers.hosted_embedder import HostedEmbedder
from index.providers.http_clients import timeouts
from index.providers.llama_index_chat import ChatWriter, End, Piece
from index.providers.retrying import OWN_SERVER, Limits

_CONTEXT_TOKENS = 8_192
_EMBEDDING_BATCH = 32


class _Ollama:
    """`/api/chat`, streamed as lines of JSON."""

    def __init__(self, model: str, base_url: str, limits: Limits) -> None:
        self._client = AsyncClient(host=base_url, timeout=timeouts(limits))
        self._llm = Ollama(
            model=model,
            base_url=base_url,
            async_client=self._client,
            context_window=_CONTEXT_TOKENS,  # else it is asked for in a blocking call
            temperature=0.0,
            thinking=False,
        )

    async def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> AsyncIterable[ChatResponse]:
        """Asks once."""
        options: dict[str, Any] = {"num_predict": prompt.max_tokens}
        if prompt.stop:
            options["stop"] = list(prompt.stop)
        # llama-index takes options for a model, not for a call.
        llm = self._llm.model_copy(update={"additional_kwargs": options})
        stream: AsyncIterable[ChatResponse] = await llm.astream_chat(messages)
        return stream

    def read(self, part: ChatResponse) -> Piece:
        """What one line holds; the last says that it is."""
        line = part.raw or {}
        if not line.get("done"):
            return Piece(part.delta or "")
        end = End.LIMIT if line.get("done_reason") == "length" else End.WHOLE
        return Piece(part.delta or "", end, line.get("eval_count"), line.get("prompt_eval_count"))

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()  # type: ignore[no-untyped-call]  # the library does not say


def open_ollama(model: str, keys: ProviderKeys, limits: Limits = OWN_SERVER) -> ChatModel:
    """A chat model at `keys.ollama_base_url`."""
    return ChatWriter(f"ollama:{model}", _Ollama(model, keys.ollama_base_url, limits), limits)


class _Embedding(OllamaEmbedding):
    """llama-index's class, which can be closed."""

    def __init__(self, model: str, base_url: str, limits: Limits) -> None:
        super().__init__(
            model_name=model,
            base_url=base_url,
            embed_batch_size=_EMBEDDING_BATCH,
            client_kwargs={"timeout": timeouts(limits)},
        )

    def close(self) -> None:
        """Closes the connections of blocking calls; there are no others."""
        self._client.close()  # type: ignore[no-untyped-call]  # the library does not say


def open_ollama_embedder(model: str, keys: ProviderKeys, limits: Limits = OWN_SERVER) -> Embedder:
    """An embedding model at `keys.ollama_base_url`; blocking.

    Raises:
        ProviderError: when it does not embed.
    """
    embedding = _Embedding(model, keys.ollama_base_url, limits)
    return HostedEmbedder(f"ollama:{model}", embedding, limits, embedding.close)
