"""Requests to one host go one after another, those to different hosts at the same time."""

from __future__ import annotations

import asyncio
import time

import pytest

from index import host_turns
from index.host_turns import HostTurns


async def test_a_host_has_one_at_a_time_in_order() -> None:
    """No two blocks for the same host overlap, and those that wait longest go first."""
    turns, inside, order = HostTurns(0.0), 0, []

    async def visit(number: int) -> None:
        nonlocal inside
        async with turns.turn("a.example"):
            inside += 1
            assert inside == 1
            order.append(number)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*map(visit, range(20)))
    assert order == list(range(20))


async def test_there_is_a_pause_between_two() -> None:
    """It counts from the end of the one before, also when that failed."""
    turns = HostTurns(0.1)

    async def fail() -> None:
        async with turns.turn("a.example"):
            await asyncio.sleep(0.05)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    end = time.monotonic()
    async with turns.turn("a.example"):
        assert time.monotonic() - end >= 0.09


async def test_other_hosts_do_not_wait() -> None:
    """A slow host holds nobody else up."""
    turns = HostTurns(5.0)
    async with turns.turn("a.example"), asyncio.timeout(0.5), turns.turn("b.example"):
        pass


async def test_one_that_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    """A cancelled wait holds nothing."""
    turns = HostTurns(0.0)
    async with turns.turn("a.example"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), turns.turn("a.example"):
                pass
    async with asyncio.timeout(0.5), turns.turn("a.example"):
        pass


async def test_hosts_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million hosts take no memory; those in use, or asked a moment ago, are kept."""
    monkeypatch.setattr(host_turns, "_KEPT_HOSTS", 10)
    turns = HostTurns(0.0)
    async with turns.turn("kept.example"):
        for number in range(100):
            async with turns.turn(f"{number}.example"):
                pass
        assert "kept.example" in turns._hosts
        assert len(turns._hosts) <= 11
