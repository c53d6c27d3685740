"""Google's Gemini models; installed with the extra `gemini`."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from typing import Any

from google.genai.types import FinishReason, GenerateContentResponse
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, ChatResponseAsyncGen, MessageRole
from llama_index.embeddings.google_genai import GoogleGenAIEmbedding
from llama_index.llms.google_genai import GoogleGenAI
from llama_index.llms.google_genai.utils import prepare_chat_params

from index.providers.base import ChatModel, Embedder, Prompt, ProviderKeys
from index.providers.hosted_embedder import HostedEmbedder
from index.providers.http_clients import blocking_http_client, http_client
from index.providers.llama_index_chat import ChatWriter, End, Piece
from index.providers.retrying import Limits

_URL = "https://generativelanguage.googleapis.com"
_CONTEXT_TOKENS = 200_000
_THINKING_TOKENS = 4_000  # most of these models think first, out of the same allowance
_EMBEDDING_BATCH = 100  # the API's own limit
_ENDS = {FinishReason.STOP: End.WHOLE, FinishReason.MAX_TOKENS: End.LIMIT}


class _LLM(GoogleGenAI):
    """llama-index's class with a stream that passes on every response.

    Its own leaves out those without text, and a blocked prompt or a reply that was filtered away has none.
    """

    def __init__(self, model: str, key: str | None, http_options: Any) -> None:
        super().__init__(
            model=model,
            api_key=key,
            max_tokens=_THINKING_TOKENS,
            context_window=_CONTEXT_TOKENS,  # else it is asked for in a blocking call
            max_retries=0,
            http_options=http_options,
        )

    async def _astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseAsyncGen:
        config = {**self._generation_config, **kwargs.pop("generation_config", {})}
        last, chat, _ = await prepare_chat_params(self.model, messages, generation_config=config)
        stream = await self._client.aio.models.generate_content_stream(
            model=self.model, contents=[*chat["history"], last], config=chat["config"]
        )

        async def parts() -> ChatResponseAsyncGen:
            async for response in stream:
                yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT), delta=_text(response), raw=response)

        return parts()

    def close(self) -> None:
        """Closes the connections of blocking calls, which are not used."""
        self._client.close()


class _Gemini:
    """`streamGenerateContent`."""

    def __init__(self, model: str, key: str | None, base_url: str, limits: Limits) -> None:
        self._client = http_client(limits)
        self._llm = _LLM(model, key, _http_options(base_url, limits, httpx_async_client=self._client))

    async def stream(self, messages: Sequence[ChatMessage], prompt: Prompt) -> AsyncIterable[ChatResponse]:
        """Asks once."""
        config = {
            "max_output_tokens": prompt.max_tokens + _THINKING_TOKENS,
            "stop_sequences": list(prompt.stop) or None,
        }
        stream: AsyncIterable[ChatResponse] = await self._llm.astream_chat(messages, generation_config=config)
        return stream

    def read(self, part: ChatResponse) -> Piece:
        """What one response holds; it has no candidate when the prompt was blocked."""
        response: Any = part.raw  # a GenerateContentResponse
        if response.prompt_feedback and response.prompt_feedback.block_reason:
            return Piece(end=End.DECLINED)
        reason = response.candidates[0].finish_reason if response.candidates else None
        usage = response.usage_metadata
        tokens = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0) if usage else None
        sent = usage.prompt_token_count if usage else None
        return Piece(part.delta or "", _ENDS.get(reason, End.DECLINED) if reason else None, tokens, sent)

    async def close(self) -> None:
        """Closes the connections."""
        self._llm.close()
        await self._client.aclose()


def open_gemini(model: str, keys: ProviderKeys, limits: Limits | None = None, base_url: str = _URL) -> ChatModel:
    """A chat model of Google."""
    bounds = limits or Limits()
    return ChatWriter(f"gemini:{model}", _Gemini(model, keys.gemini_api_key, base_url, bounds), bounds)


def open_gemini_embedder(
    model: str, keys: ProviderKeys, limits: Limits | None = None, base_url: str = _URL
) -> Embedder:
    """An embedding model of Google; blocking.

    Raises:
        ProviderError: when it does not embed.
    """
    bounds = limits or Limits()
    client = blocking_http_client(bounds)
    embedding = GoogleGenAIEmbedding(
        model_name=model,
        api_key=keys.gemini_api_key,
        embed_batch_size=_EMBEDDING_BATCH,
        retries=1,
        http_options=_http_options(base_url, bounds, httpx_client=client),
    )
    return HostedEmbedder(f"gemini:{model}", embedding, bounds, client.close)


def _text(response: GenerateContentResponse) -> str:
    """The text of a response, without the model's thoughts."""
    content = response.candidates[0].content if response.candidates else None
    parts = content.parts if content and content.parts else []
    return "".join(part.text for part in parts if part.text and not part.thought)


def _http_options(base_url: str, limits: Limits, **clients: object) -> Any:
    """The library's options as a dict: as its class, llama-index would lose the client.

    The time-out, in ms, also goes to the server as the time for the whole reply.
    """
    return {"base_url": base_url, "timeout": int(limits.total_s * 1000), **clients}
