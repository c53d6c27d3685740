"""Telegram's limits on how fast a bot may speak."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import AIORateLimiter

_MAX_RETRIES = 5


class RateLimiter(AIORateLimiter):
    """Waits as Telegram asks, up to five times; typing actions cost no budget and aren't repeated."""

    def __init__(self) -> None:
        super().__init__(max_retries=_MAX_RETRIES)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Runs one request of the Bot API within the limits."""
        if endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
