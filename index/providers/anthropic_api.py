"""Anthropic's models; installed with the extra `anthropic`."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from typing import Any

from anthropic import AsyncAnthropic, Timeout
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, LLMMetadata
from llama_index.llms.anthropic import Anthropic

from index.providers.base import ChatModel, Prompt, ProviderKeys
from index.providers.llama_index_chat import ChatWriter, End, Piece
from index.providers.retrying import Limits

_URL = "https://api.anthropic.com"
_CONTEXT_TOKENS = 200_000
_ENDS = {
    "max_tokens": End.LIMIT,
    "model_context_window_exceeded": End.LIMIT,
    "refusal": End.DECLINED,
}


class _LLM(Anthropic):
    """llama-index's class over a client that has both time-outs and can be closed."""

    def __init__(self, model: str, client: AsyncAnthropic) -> None:
        super().__init__(model=model, api_key=client.api_key, base_url=str(client.base_url))
        self._client.close()
        self._aclient = client

    @property
    def metadata(self) -> LLMMetadata:
        """The name, and a context as all of these models have; its own refuses names newer than itself."""
        return LLMMetadata(context_window=_CONTEXT_TOKENS, is_chat_model=True, model_name=self.model)

    @property
    def _model_kwargs(self) -> dict[str, Any]:
        """Without a temperature: Anthropic's library takes none, and neither do its new models."""
        return {name: value for name, value in super()._model_kwargs.items() if name != "temperature"}


class _Anthropic:
    """The Messages API, streamed."""

    def __init__(self, model: str, key: str | None, base_url: str, limits: Limits) -> None:
        self._client = AsyncAnthropic(
            api_key=key,
            base_url=base_url,
            timeout=Timeout(limits.read_s, connect=limits.connect_s),
            max_retries=0,
        )
        self._llm = _LLM(model, self._client)

    async def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> AsyncIterable[ChatResponse]:
        """Asks once."""
        options: dict[str, Any] = {"stop_sequences": list(prompt.stop)} if prompt.stop else {}
        stream: AsyncIterable[ChatResponse] = await self._llm.astream_chat(
            messages, max_tokens=prompt.max_tokens, **options
        )
        return stream

    def read(self, part: ChatResponse) -> Piece:
        """What one event holds; the event before the last tells why the reply ended."""
        told = part.message.additional_kwargs
        reason = told.get("stop_reason")
        usage = told.get("usage") or {}
        return Piece(
            part.delta or "",
            _ENDS.get(reason, End.WHOLE) if reason else None,
            usage.get("output_tokens") if reason else None,
            usage.get("input_tokens"),
        )

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.close()


def open_anthropic(model: str, keys: ProviderKeys, limits: Limits | None = None, base_url: str = _URL) -> ChatModel:
    """A chat model of Anthropic."""
    bounds = limits or Limits()
    return ChatWriter(f"anthropic:{model}", _Anthropic(model, keys.anthropic_api_key, base_url, bounds), bounds)
