"""The key under which is kept what a model wrote for messages."""

from __future__ import annotations

from collections.abc import Sequence

from index.summaries.cache import key_of
from index.summaries.types import ChatMessage


def window_key(messages: Sequence[ChatMessage], model: str, prompt: str) -> str:
    """The same for the same messages with the same words, model and prompt; it tells none of the words."""
    return key_of(model, prompt, *(f"{m.message_id}\0{m.author}\0{m.text}" for m in messages))
