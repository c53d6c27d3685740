"""Telegram's limits on how fast a bot may speak: 30 messages a second in all, 20 a minute in a group.

(core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this) A chat that is told to wait waits alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

log = structlog.get_logger(__name__)

ONCE = 0  # as `rate_limit_args`: one attempt, for what need not be shown
_TRIES_WITHOUT_CHAT = 5
_GROUP_RATE, _GROUP_SECONDS = 20, 60
_GROUPS_KEPT = 512
_KEPT_FREE = 8  # messages of a group's minute that are kept for replies
_MARGIN = 0.1  # seconds
_FLEETING = {"sendChatAction", "sendMessageDraft"}  # tried once
_UNCOUNTED = {*_FLEETING, "editMessageReplyMarkup", "deleteMessage"}

Result = bool | dict[str, Any] | list[dict[str, Any]]


class RateLimiter(BaseRateLimiter[int]):
    """Waits its turn and, when Telegram says so, longer: requests into a chat are repeated until Telegram takes them.

    With `rate_limit_args=ONCE` a request is tried once and raises RetryAfter when it is not its turn; typing actions
    and drafts cost no budget and aren't repeated either. `on_flood` hears of each request that Telegram puts off.
    """

    def __init__(self, messages_per_second: float = 30, on_flood: Callable[[str], None] = lambda _: None) -> None:
        self._on_flood = on_flood
        self._all = AsyncLimiter(messages_per_second, 1)
        self._groups: dict[int, AsyncLimiter] = {}
        self._free_at: dict[object, float] = {}

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Runs one request of the Bot API within the limits.

        Raises:
            RetryAfter: for a request that is made once; for one into no chat, after five tries.
        """
        chat = data.get("chat_id")
        fleeting, counted = endpoint in _FLEETING, endpoint not in _UNCOUNTED
        once = fleeting or rate_limit_args == ONCE
        paused = (chat, endpoint) if fleeting else chat  # a reply does not wait for what need not be shown
        tries = 0
        while True:
            if once:
                self._check_turn(chat, paused, counted=counted)
            if chat is not None:
                await self._turn(chat, counted=counted)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                tries += 1
                self._on_flood(endpoint)
                wait = _seconds(error) + _MARGIN
                self._free_at[paused] = asyncio.get_running_loop().time() + wait
                log.info("Telegram asks to wait", chat=chat, wait_s=wait, method=endpoint)
                if once or (chat is None and tries >= _TRIES_WITHOUT_CHAT):
                    raise
                if chat is None:
                    await asyncio.sleep(wait)

    async def _turn(self, chat: object, *, counted: bool) -> None:
        while (wait := self._paused(chat)) > 0:  # noqa: ASYNC110 - a time to wait for, not an event
            await asyncio.sleep(wait)
        if not counted:
            return
        if group := self._group(chat):
            await group.acquire()
        await self._all.acquire()

    def _check_turn(self, chat: object, paused: object, *, counted: bool) -> None:
        """Raises RetryAfter while a chat is paused, or when few of a group's messages are left."""
        group = self._group(chat) if counted else None
        wait = max(self._paused(chat), self._paused(paused))
        if wait > 0 or (group and not group.has_capacity(_KEPT_FREE + 1)):
            raise RetryAfter(max(1, round(wait)))

    def _paused(self, chat: object) -> float:
        """Seconds until a chat may be spoken to again."""
        wait = self._free_at.get(chat, 0.0) - asyncio.get_running_loop().time()
        if wait <= 0:
            self._free_at.pop(chat, None)
        return wait

    def _group(self, chat: object) -> AsyncLimiter | None:
        if not isinstance(chat, int) or chat > 0:
            return None
        if len(self._groups) > _GROUPS_KEPT:
            self._groups = {key: one for key, one in self._groups.items() if not one.has_capacity(one.max_rate)}
        return self._groups.setdefault(chat, AsyncLimiter(_GROUP_RATE, _GROUP_SECONDS))


def _seconds(error: RetryAfter) -> float:
    """The time that Telegram names: seconds, or a timedelta, as the library's setting has it."""
    after = error.retry_after
    return after if isinstance(after, int | float) else after.total_seconds()
