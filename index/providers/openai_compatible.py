"""OpenAI and every server that speaks its protocol."""

from __future__ import annotations

from llama_index.llms.openai_like import OpenAILike

from index.errors import ProviderError
from index.providers.base import ChatModel, ProviderKeys
from index.providers.llama_index_chat import ChatWriter

_OPENAI_URL = "https://api.openai.com/v1"
_CONTEXT_TOKENS = 16_000


def open_openai(model: str, keys: ProviderKeys) -> ChatModel:
    """A chat model at `keys.openai_base_url`, or at OpenAI.

    Raises:
        ProviderError: when neither a key nor another server is given.
    """
    if not keys.openai_api_key and not keys.openai_base_url:
        raise ProviderError(
            f"CHAT_MODEL=openai:{model} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
        )
    llm = OpenAILike(
        model=model,
        api_base=keys.openai_base_url or _OPENAI_URL,
        api_key=keys.openai_api_key or "none",
        is_chat_model=True,
        context_window=_CONTEXT_TOKENS,
        max_retries=2,
        timeout=30.0,
        temperature=0.0,
    )
    return ChatWriter(f"openai:{model}", llm)
