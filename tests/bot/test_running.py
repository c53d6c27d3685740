"""Questions that can be stopped."""

from __future__ import annotations

import asyncio

import pytest

from bot.running import Running, StoppedError


async def _wait_for(event: asyncio.Event) -> str:
    await event.wait()
    return "done"


async def test_a_question_runs_to_its_end() -> None:
    """What nobody stops gives its result, and is then forgotten."""
    running, gate = Running(), asyncio.Event()
    gate.set()
    assert await running.run(1, 7, 70, _wait_for(gate)) == "done"
    assert running.of(7, 70) is None
    assert not running.stop(1)


async def test_a_stopped_question_ends_as_stopped() -> None:
    """Stopping ends the work, and is told apart from the end of the bot."""
    running = Running()
    task = asyncio.create_task(running.run(1, 7, 70, _wait_for(asyncio.Event())))
    await asyncio.sleep(0)
    assert running.of(7, 70) == 1
    assert running.asked_by(1, 70)
    assert running.stop(1)
    with pytest.raises(StoppedError):
        await task


async def test_only_ones_own_question_is_found() -> None:
    """A question belongs to its asker and its chat."""
    running = Running()
    task = asyncio.create_task(running.run(1, 7, 70, _wait_for(asyncio.Event())))
    await asyncio.sleep(0)
    assert running.of(7, 71) is None
    assert running.of(8, 70) is None
    assert not running.asked_by(1, 71)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_end_of_the_bot_ends_the_work() -> None:
    """When the handler is cancelled, the work behind it is cancelled, too."""
    running, ended = Running(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            ended.set()

    task = asyncio.create_task(running.run(1, 7, 70, work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(ended.wait(), 1)


async def test_errors_pass_through() -> None:
    """A question that fails raises its own error."""

    async def fail() -> None:
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        await Running().run(1, 7, 70, fail())
