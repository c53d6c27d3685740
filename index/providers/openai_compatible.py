"""OpenAI and every server that speaks its protocol."""

from __future__ import annotations

import httpx
from llama_index.llms.openai_like import OpenAILike

from index.errors import ProviderError
from index.providers.base import ChatModel, ProviderKeys
from index.providers.llama_index_chat import ChatWriter

_OPENAI_URL = "https://api.openai.com/v1"
_CONTEXT_TOKENS = 16_000
_TIMEOUT_S = 30.0


def open_openai(model: str, keys: ProviderKeys) -> ChatModel:
    """A chat model at `keys.openai_base_url`, or at OpenAI.

    Raises:
        ProviderError: when neither a key nor another server is given.
    """
    if not keys.openai_api_key and not keys.openai_base_url:
        raise ProviderError(
            f"CHAT_MODEL=openai:{model} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
        )
    # A client of our own can be closed; the library's would outlive the event loop.
    client = httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=True)
    llm = OpenAILike(
        model=model,
        api_base=keys.openai_base_url or _OPENAI_URL,
        api_key=keys.openai_api_key or "none",
        is_chat_model=True,
        context_window=_CONTEXT_TOKENS,
        max_retries=2,
        timeout=_TIMEOUT_S,
        async_http_client=client,  # type: ignore[call-arg]  # its base class takes it
        temperature=0.0,
    )
    return ChatWriter(f"openai:{model}", llm, on_close=client.aclose)
