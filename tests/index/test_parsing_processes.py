"""The life of parsing processes: how many there are, whom they answer, and when they end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.errors import SourceError, TooLargeError
from index.parsing import Parsers
from tests.index.parsing_trials import FAULTY, QUICK, children, echo, gone

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def forking() -> AsyncIterator[Parsers]:
    """Faulty parsers with a process for each input."""
    opened = Parsers(QUICK, module=FAULTY)
    yield opened
    await opened.close()


@pytest.fixture
def others() -> set[int]:
    """The processes that other tests have started, such as servers."""
    return set(children())


async def test_nothing_of_one_input_is_left_for_the_next(forking: Parsers) -> None:
    """Each input is parsed in a process of its own, a copy of one that has seen none."""
    assert await forking.parse("mark", b"one", list[str], shown="a.txt") == ["one"]
    assert await forking.parse("mark", b"two", list[str], shown="a.txt") == ["two"]
    one, two = [await forking.parse("pids", b"", list[int], shown="a.txt") for _ in range(2)]
    assert one[0] != two[0]
    assert one[1] == two[1]


async def test_a_slow_input_does_not_hold_up_a_quick_one(forking: Parsers) -> None:
    """Two are parsed at a time; a third waits for its turn, and its own time begins then."""
    await echo(forking)
    slow = asyncio.create_task(forking.parse("sleep", b"", str, shown="slow.pdf"))
    await asyncio.sleep(0.1)
    await echo(forking)
    assert not slow.done()
    more = [asyncio.create_task(forking.parse("sleep", b"", str, shown="slow.pdf")) for _ in range(2)]
    await echo(forking, "after the slow ones")
    for task in (slow, *more):
        with pytest.raises(TooLargeError):
            await task


async def test_a_cancelled_input_answers_nobody(forking: Parsers) -> None:
    """Its process is killed at once, and the next input gets its own result."""
    for _ in range(3):
        await echo(forking, "before")
        task = asyncio.create_task(forking.parse("long_result", b"900000", str, shown="a.txt"))
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.gather(*(echo(forking, f"after {n}") for n in range(3)))


async def test_cancelling_while_a_process_starts_leaves_none(forking: Parsers, others: set[int]) -> None:
    """However early it comes."""
    for steps in (0, 1, 3, 10):
        task = asyncio.create_task(forking.parse("echo", b"x", list[str], shown="a.txt"))
        for _ in range(steps):
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await echo(forking)
    await forking.close()
    assert set(children()) <= others


async def test_a_process_that_died_while_idle_is_replaced(forking: Parsers) -> None:
    """As when the system ran out of memory and took it: the input is read by a new one."""
    _, parent = await forking.parse("pids", b"", list[int], shown="a.txt")
    os.kill(parent, signal.SIGKILL)
    await echo(forking)
    _, parent = await forking.parse("pids", b"", list[int], shown="a.txt")
    os.kill(parent, signal.SIGKILL)
    assert await gone(parent)
    await asyncio.sleep(0.05)
    await echo(forking)


async def test_idle_processes_end() -> None:
    """A bot that reads nothing keeps no process for it, and starts one again when it is needed."""
    parsers = Parsers(QUICK, module=FAULTY, idle=0.2)
    pids = await parsers.parse("pids", b"", list[int], shown="a.txt")
    assert await gone(*pids)
    await echo(parsers)
    await parsers.close()


async def test_closing_gives_up_what_is_parsed(forking: Parsers, others: set[int]) -> None:
    """Whoever waits is told why; nothing is left running; a closed one starts nothing."""
    await echo(forking)
    task = asyncio.create_task(forking.parse("sleep", b"", str, shown="slow.pdf"))
    await asyncio.sleep(0.1)
    await forking.close()
    with pytest.raises(SourceError, match="askwire is stopping"):
        await task
    with pytest.raises(SourceError, match="askwire is stopping"):
        await forking.parse("echo", b"x", list[str], shown="a.txt")
    await forking.close()
    assert set(children()) <= others


@pytest.mark.parametrize("way", ["sleep", "match"])
@pytest.mark.parametrize("fork", [True, False])
async def test_a_process_ends_with_its_parent(way: str, *, fork: bool) -> None:
    """After kill -9 of the parent nothing goes on, not even a parser that sits in one call of a library."""
    code = f"""if True:
        import asyncio
        from index.parsing import Parsers
        from index.parsing_limits import ParsingLimits

        async def main():
            parsers = Parsers(ParsingLimits(seconds=2, fork={fork}), module="{FAULTY}")
            await parsers.parse("echo", b"", list[str], shown="a")
            print("ready", flush=True)
            await parsers.parse("{way}", b"", str, shown="a")

        asyncio.run(main())"""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert parent.stdout
    assert await parent.stdout.readline() == b"ready\n"
    await asyncio.sleep(0.2)
    started = [pid for child in children(parent.pid) for pid in (child, *children(child))]
    assert len(started) == 1 + fork
    parent.kill()
    await parent.wait()
    assert await gone(*started, within=1 if fork and way == "sleep" else 5)


async def test_the_process_stands_apart(forking: Parsers) -> None:
    """Ctrl-C and a stop of the service reach the parent alone, which decides when parsing ends."""
    _, pid = await forking.parse("pids", b"", list[int], shown="a.txt")
    assert os.getsid(pid) == pid
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(pid, number)
    assert (await forking.parse("pids", b"", list[int], shown="a.txt"))[1] == pid


async def test_a_process_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch, others: set[int]) -> None:
    """No interpreter, or one that fails: one line, and no trace of it."""
    parsers = Parsers(QUICK, module="tests.no_such_module")
    with pytest.raises(SourceError, match="no process for it can be started"):
        await parsers.parse("echo", b"", str, shown="a.txt")
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SourceError, match="no process for it can be started"):
        await parsers.parse("echo", b"", str, shown="a.txt")
    await parsers.close()
    assert set(children()) <= others
