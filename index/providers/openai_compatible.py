"""OpenAI and every server that speaks its protocol."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.llms.openai_like import OpenAILike

from index.providers.base import ChatModel, Embedder, Prompt, ProviderKeys
from index.providers.hosted_embedder import HostedEmbedder
from index.providers.http_clients import blocking_http_client, http_client
from index.providers.llama_index_chat import ChatWriter, End, Piece
from index.providers.retrying import OWN_SERVER, Limits

_OPENAI_URL = "https://api.openai.com/v1"
_CONTEXT_TOKENS = 16_000
_THINKING_TOKENS = 4_000
_EMBEDDING_BATCH = 128
_ENDS = {"length": End.LIMIT, "content_filter": End.DECLINED}
# Models before the thinking ones, which alone let the temperature be chosen.
_PLAIN_MODELS = ("gpt-3", "gpt-4", "chatgpt-4")


class _OpenAI:
    """Chat completions, streamed."""

    def __init__(self, model: str, keys: ProviderKeys, limits: Limits) -> None:
        # A client of our own can be closed; the library's would outlive the event loop.
        self._client = http_client(limits, redirects=True)
        self._at_openai = keys.openai_base_url is None
        self._thinks = self._at_openai and not model.startswith(_PLAIN_MODELS)
        self._llm = OpenAILike(
            model=model,
            api_base=keys.openai_base_url or _OPENAI_URL,
            api_key=keys.openai_api_key or "none",
            is_chat_model=True,
            context_window=_CONTEXT_TOKENS,
            max_retries=0,
            timeout=limits.read_s,
            async_http_client=self._client,  # type: ignore[call-arg]  # its base class takes it
            temperature=1.0 if self._thinks else 0.0,
        )

    async def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> AsyncIterable[ChatResponse]:
        """Asks once. Servers of one's own are asked in the protocol's oldest words, which all of them know."""
        options: dict[str, Any] = {"stop": list(prompt.stop)} if prompt.stop and not self._thinks else {}
        if self._at_openai:
            options["max_completion_tokens"] = prompt.max_tokens + (_THINKING_TOKENS if self._thinks else 0)
            options["stream_options"] = {"include_usage": True}
        else:
            options["max_tokens"] = prompt.max_tokens
        return await self._llm.astream_chat(messages, **options)

    def read(self, part: ChatResponse) -> Piece:
        """What one chunk holds; a refusal has its own field beside the content."""
        choices = part.raw.choices if part.raw else []
        tokens, sent = (part.additional_kwargs.get(name) for name in ("completion_tokens", "prompt_tokens"))
        if not choices:
            return Piece(tokens=tokens, prompt_tokens=sent)
        if choices[0].delta.refusal:
            return Piece(end=End.DECLINED, tokens=tokens, prompt_tokens=sent)
        reason = choices[0].finish_reason
        return Piece(part.delta or "", _ENDS.get(reason, End.WHOLE) if reason else None, tokens, sent)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def open_openai(model: str, keys: ProviderKeys, limits: Limits | None = None) -> ChatModel:
    """A chat model at `keys.openai_base_url`, or at OpenAI."""
    bounds = limits or (OWN_SERVER if keys.openai_base_url else Limits())
    return ChatWriter(f"openai:{model}", _OpenAI(model, keys, bounds), bounds)


def open_openai_embedder(model: str, keys: ProviderKeys, limits: Limits | None = None) -> Embedder:
    """An embedding model at `keys.openai_base_url`, or at OpenAI; blocking.

    Raises:
        ProviderError: when it does not embed.
    """
    from llama_index.embeddings.openai import OpenAIEmbedding

    bounds = limits or (OWN_SERVER if keys.openai_base_url else Limits())
    client = blocking_http_client(bounds, redirects=True)
    embedding = OpenAIEmbedding(
        model_name=model,
        api_base=keys.openai_base_url or _OPENAI_URL,
        api_key=keys.openai_api_key or "none",
        embed_batch_size=_EMBEDDING_BATCH,
        max_retries=0,
        timeout=bounds.read_s,
        http_client=client,
    )
    return HostedEmbedder(f"openai:{model}", embedding, bounds, client.close)
