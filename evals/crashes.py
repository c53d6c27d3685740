"""`python -m evals crashes`: the process that writes to an index is killed again and again; is anything lost?"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.crash_articles import Told
from evals.crash_checks import Entry
from evals.persists import changed_since, unrecorded, wait_for_persist

_AT_FULL_SIZE = 0.15  # of the kills are at the full number of chunks
_EARLY = 0.2  # of the random kills come while the process still opens, checks or repairs
_LIVES_S = (0.05, 4.0)  # how long the others write before they are killed
_PERSIST_WITHIN_S = 180.0
_LINE_WITHIN_S = 900.0
_READY_TARGET_S = 60.0


@dataclass(slots=True)
class CrashResult:
    """What a trial ended with. Times are in s; `faults` name what was lost, doubled or not found."""

    early: int = 0
    random: int = 0
    in_persist: int = 0  # kills that fell amid a persist of Chroma's
    beside_persist: int = 0  # aimed at one, which was over before
    chunks: int = 0
    articles: int = 0
    acknowledged: int = 0
    rebuilt: int = 0
    ready_s: list[float] = field(default_factory=list)
    ready_full_s: list[float] = field(default_factory=list)  # of those starts with all chunks
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """All kills."""
        return self.early + self.random + self.in_persist + self.beside_persist


class Trial:
    """One data directory, and what is known from outside about what is in it."""

    def __init__(self, folder: Path, seed: int, persist_every: int) -> None:
        self.persist_every = persist_every
        self.data = folder / "data"
        self._journal, self._ledger = folder / "journal.jsonl", folder / "ledger.json"
        self._journal.touch()
        self._entries: dict[int, Entry] = {}
        self._read = 0
        self.chance = random.Random(seed)  # noqa: S311 – no secret
        self.result = CrashResult()
        self.delay_s = 0.02  # between the beginning of a persist and a kill that is aimed at it

    @contextlib.asynccontextmanager
    async def life(self, chunks: int) -> AsyncIterator[asyncio.subprocess.Process]:
        """A process that opens the index and writes to it; killed at the end of the block, if it still lives."""
        self.take_in()
        rows = [{"number": number, **_row(entry)} for number, entry in self._entries.items()]
        self._ledger.write_text(json.dumps(rows), "utf-8")
        values = (self.data, self._ledger, self._journal, chunks, self.chance.randrange(10**6), time.time())
        sync = [] if self.persist_every == 1000 else [self.persist_every]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "evals.crash_process", *map(str, [*values, *sync])),
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            self.kill(process)
            await process.wait()

    def kill(self, process: asyncio.subprocess.Process) -> None:
        """Kills the process; every second time with those that it started, as a power failure does."""
        if process.returncode is None:
            whole_group = self.chance.random() < 0.5
            with contextlib.suppress(ProcessLookupError):  # it was killed just before
                (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)

    async def until_filled(self, process: asyncio.subprocess.Process, *, full: bool = False) -> None:
        """Waits until the process has opened the index, checked it and filled it up; notes what it found."""
        checked = await _line(process, "checked")
        self.result.ready_s.append(checked["ready_s"])
        if full:
            self.result.ready_full_s.append(checked["ready_s"])
        self.result.rebuilt += any("Rebuilding" in label for label in checked["repairs"])
        self.result.faults += [f"after kill {self.result.kills}: {fault}" for fault in checked["faults"]]
        filled = await _line(process, "filled")
        self.result.chunks, self.result.articles = filled["chunks"], filled["articles"]

    def take_in(self) -> None:
        """Reads what was acknowledged since the last time."""
        with self._journal.open("rb") as journal:
            journal.seek(self._read)
            for line in journal:
                if not line.endswith(b"\n"):
                    break  # the process was killed in the middle of it
                self._read += len(line)
                event, number, told = json.loads(line)
                self.result.acknowledged += event != "removing"
                self._entries[number] = Entry(Told(*told), removing=event == "removing", gone=event == "removed")


async def _line(process: asyncio.subprocess.Process, what: str) -> dict[str, Any]:
    assert process.stdout is not None
    async with asyncio.timeout(_LINE_WITHIN_S):
        line = await process.stdout.readline()
    if not line:
        raise AssertionError(f"the process ended with {await process.wait()} before it had {what}")
    told: dict[str, Any] = json.loads(line)
    assert told["is"] == what
    return told


def _row(entry: Entry) -> dict[str, object]:
    return {"told": list(entry.told), "removing": entry.removing, "gone": entry.gone}


async def try_crashes(kills: int, aimed: int, chunks: int, *, seed: int = 1, persist_every: int = 1000) -> CrashResult:
    """Kills a writing process `kills` times, until `aimed` of them fell amid a persist of Chroma's.

    The index grows to `chunks` on the way. After each kill a fresh process checks everything that was acknowledged.

    Raises:
        AssertionError: when a process ends by itself.
        TimeoutError: when one does nothing for a quarter of an hour.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), seed, persist_every)
        result = trial.result
        while result.kills < kills or result.in_persist < aimed:
            share = min(1.0, result.kills / (kills * (1 - _AT_FULL_SIZE)))
            target = max(1, int(chunks * share))  # the first life is to acknowledge something too
            missing, left = aimed - result.in_persist, max(1, kills - result.kills)
            if trial.chance.random() < missing / left:
                await _kill_in_persist(trial, target, full=share >= 1.0)
            else:
                await _kill_at_random(trial, target, full=share >= 1.0)
            _show(result, kills)
        await _end_in_order(trial, chunks)
    return result


async def _kill_at_random(trial: Trial, target: int, *, full: bool) -> None:
    early = trial.chance.random() < _EARLY
    async with trial.life(target) as process:
        if early:
            likely_s = statistics.median(trial.result.ready_s[-5:] or [3.0])
            await asyncio.sleep(trial.chance.uniform(0.5, 1.3 * likely_s))
        else:
            await trial.until_filled(process, full=full)
            await asyncio.sleep(trial.chance.uniform(*_LIVES_S))
        assert process.returncode is None, "the process ended by itself"
        trial.kill(process)
    trial.result.early += early
    trial.result.random += not early


async def _kill_in_persist(trial: Trial, target: int, *, full: bool) -> None:
    async with trial.life(target) as process:
        await trial.until_filled(process, full=full)

        def wait_and_kill() -> int | None:
            ended = lambda: process.returncode is not None  # noqa: E731 – it is asked often
            begun = wait_for_persist(trial.data, ended, _PERSIST_WITHIN_S)
            time.sleep(trial.chance.uniform(0, trial.delay_s))
            trial.kill(process)
            return begun

        begun = await asyncio.to_thread(wait_and_kill)
    assert begun is not None, "Chroma did not persist"
    # Every record that is written before a persist is over stays unrecorded until then.
    hit = changed_since(trial.data, begun) and unrecorded(trial.data) >= trial.persist_every
    trial.result.in_persist += hit
    trial.result.beside_persist += not hit
    trial.delay_s = min(1.0, trial.delay_s * 1.2) if hit else trial.delay_s * 0.7


async def _end_in_order(trial: Trial, chunks: int) -> None:
    """A last check after the last kill, an end in order, and a check of what that left."""
    for _ in range(2):
        async with trial.life(chunks) as process:
            await trial.until_filled(process, full=True)
            process.terminate()
            closed = await _line(process, "closed")
            if not closed["clean"]:
                trial.result.faults.append("closing in order left the mark of a crash")
            await process.wait()
    trial.take_in()
    trial.result.ready_s.pop()  # this start followed no crash
    trial.result.ready_full_s.pop()


async def run_crashes(kills: int, aimed: int, chunks: int) -> int:
    """Tries, prints, and returns 0 when nothing was lost and every start was quick enough."""
    began = time.monotonic()
    result = await try_crashes(kills, aimed, chunks)
    print(f"{result.kills} kills in {(time.monotonic() - began) / 60:.0f} minutes: {result.in_persist} amid a persist")
    print(f"of Chroma's, {result.beside_persist} just beside one, {result.early} while the index was being opened,")
    print(f"{result.random} at random; {result.acknowledged} outcomes were acknowledged, and")
    print(f"{result.articles} articles in {result.chunks} chunks are there in the end; rebuilt {result.rebuilt} times")
    for name, times in (("all starts", result.ready_s), ("starts at full size", result.ready_full_s)):
        print(f"ready after a kill, {name}: median {statistics.median(times):.1f} s, longest {max(times):.1f} s")
    print(f"lost, doubled or not found: {len(result.faults)}")
    for line in result.faults[:50]:
        print(f"  {line}")
    return 0 if not result.faults and max(result.ready_full_s) <= _READY_TARGET_S else 1


def _show(result: CrashResult, kills: int) -> None:
    if sys.stderr.isatty() or result.kills % 10 == 0:
        ready = f"{result.ready_s[-1]:.1f}" if result.ready_s else "-"
        print(
            f"{result.kills} of {kills} kills, {result.in_persist} amid a persist, {result.chunks} chunks, "
            f"ready in {ready} s, {result.rebuilt} rebuilt, {len(result.faults)} faults",
            file=sys.stderr,
            flush=True,
        )
