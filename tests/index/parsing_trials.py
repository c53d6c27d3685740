"""What the tests of parsing processes share: faulty parsers with small limits, and a look at the system's processes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from pathlib import Path

from index.parsing import Parsers
from index.parsing_limits import ParsingLimits

FAULTY = "tests.index.faulty_parsers"
QUICK = ParsingLimits(seconds=1.0, memory=700_000_000, result=1_000_000)


async def echo(parsers: Parsers, text: str = "well") -> None:
    """The parsers still work."""
    assert await parsers.parse("echo", text.encode(), list[str], shown="a.txt") == [text]


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def gone(*pids: int, within: float = 5) -> bool:
    """Whether these processes end in time."""
    end = time.monotonic() + within
    while any(map(is_alive, pids)):
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02)
    return True


def children(parent: int | None = None) -> list[int]:
    """The processes that a process, by default this one, has started and not yet seen the end of."""
    pid = parent or os.getpid()
    return [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
