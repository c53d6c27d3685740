"""How fast the bot speaks, and to whom it waits."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.ratelimit import ONCE, RateLimiter


class Telegram:
    """Takes requests; the first `floods` into a chat are answered with 429."""

    def __init__(self, floods: dict[int, int] | None = None, retry_after: float = 1) -> None:
        self.taken: list[tuple[int | None, float]] = []
        self._floods = floods or {}
        self._retry_after = retry_after

    async def call(self, chat: int | None) -> bool:
        if chat is not None and self._floods.get(chat, 0) > 0:
            self._floods[chat] -= 1
            raise RetryAfter(self._retry_after)  # type: ignore[arg-type]  # a part of a second keeps the test short
        self.taken.append((chat, time.monotonic()))
        return True


async def request(
    limiter: RateLimiter, telegram: Telegram, chat: int | None, endpoint: str = "sendMessage", once: bool = False
) -> Any:
    data = {} if chat is None else {"chat_id": chat}
    return await limiter.process_request(telegram.call, (chat,), {}, endpoint, data, ONCE if once else None)


async def test_a_chat_that_must_wait_waits_alone() -> None:
    """A 429 in one chat holds up that chat until Telegram takes the message, and no other chat."""
    limiter, telegram = RateLimiter(), Telegram({1: 2}, retry_after=0.2)
    started = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(request(limiter, telegram, 1))
        await asyncio.sleep(0.05)
        tasks.create_task(request(limiter, telegram, 2))
        tasks.create_task(request(limiter, telegram, 1))
    assert [chat for chat, _ in telegram.taken] == [2, 1, 1]
    assert telegram.taken[0][1] - started < 0.2
    assert telegram.taken[1][1] - started >= 0.4


@pytest.mark.parametrize("endpoint", ["sendMessageDraft", "sendChatAction"])
async def test_fleeting_requests_are_not_repeated(endpoint: str) -> None:
    """A draft or a typing action that Telegram refuses is given up at once, and while its chat must wait."""
    limiter, telegram = RateLimiter(), Telegram({1: 1}, retry_after=5)
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await request(limiter, telegram, 1, endpoint)
    assert telegram.taken == []
    async with asyncio.timeout(1):
        await request(limiter, telegram, 1)  # a reply does not wait for it


async def test_a_group_keeps_messages_for_replies() -> None:
    """Of the twenty messages that a group takes a minute, changes of a message leave eight for replies."""
    limiter, telegram = RateLimiter(), Telegram()
    for _ in range(12):
        await request(limiter, telegram, -1, "editMessageText", once=True)
    with pytest.raises(RetryAfter):
        await request(limiter, telegram, -1, "editMessageText", once=True)
    async with asyncio.timeout(1):
        for _ in range(8):
            await request(limiter, telegram, -1)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await request(limiter, telegram, -1)


async def test_private_chats_have_no_minute() -> None:
    """The limit of groups does not hold in private chats."""
    limiter, telegram = RateLimiter(messages_per_second=1000), Telegram()
    async with asyncio.timeout(2):
        for _ in range(50):
            await request(limiter, telegram, 1)
    assert len(telegram.taken) == 50


async def test_the_whole_bot_speaks_at_one_pace() -> None:
    """More messages than Telegram takes in a second are spread over more seconds."""
    limiter, telegram = RateLimiter(messages_per_second=20), Telegram()
    started = time.monotonic()
    await asyncio.gather(*(request(limiter, telegram, chat) for chat in range(1, 31)))
    assert telegram.taken[-1][1] - started >= 0.45


async def test_a_request_into_no_chat_is_given_up() -> None:
    """Where no chat waits for it, a request that is refused five times raises."""

    async def refuse() -> bool:
        raise RetryAfter(0)

    with pytest.raises(RetryAfter):
        await RateLimiter().process_request(refuse, (), {}, "setMyCommands", {}, None)


async def test_groups_that_are_silent_are_forgotten() -> None:
    """The limits of many groups do not pile up."""
    limiter, telegram = RateLimiter(messages_per_second=10_000), Telegram()
    for chat in range(1, 1200):
        await request(limiter, telegram, -chat)
        limiter._groups[-chat]._level = 0
    assert len(limiter._groups) <= 513
