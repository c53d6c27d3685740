"""Work on the vector index in a process of its own: opening a damaged one can crash, building one holds up others.

The parent's side is `run_repair`, the other one `repair_main`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from index.database import DatabasePlace, place_in, place_text
from index.errors import StoreError

OnCount = Callable[[int, int], None]
_QUIET_S = 300.0  # a process that tells of no progress for so long hangs
_LOOK_EVERY_S = 0.05
_NICENESS = 10
_LOCK = "askwire.repair.lock"


class RepairStoppedError(StoreError):
    """The repair was told to stop; what it had done so far is thrown away."""


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """What such a process is given: the Chroma directory, the catalog's database, and what the vectors were made by."""

    folder: Path
    database: DatabasePlace
    embedder: str
    dimension: int


def run_repair(
    module: str, files: IndexFiles, on_count: OnCount, stop: threading.Event | None, *, niced: bool = False
) -> list[str] | None:
    """Runs `python -m module` over the index and hears of its progress; blocking.

    Returns what it found, or None when it failed, crashed, or told nothing for five minutes.

    Raises:
        RepairStoppedError: when `stop` was set.
    """
    values = [str(files.folder), files.embedder, str(files.dimension)]
    command = [sys.executable, "-P", "-m", module, *values, str(_NICENESS if niced else 0)]
    stopped = stop or threading.Event()
    found: list[str] | None = None
    with subprocess.Popen(  # noqa: S603 – our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        heard = _Watch(process, stopped)
        try:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 – pipes
            with contextlib.suppress(OSError):  # it has ended already
                # Not among the arguments, which every user of the machine can read: it may hold a password.
                os.write(process.stdin.fileno(), f"{place_text(files.database)}\n".encode())
            for line in process.stdout:
                heard.now()
                message = json.loads(line)
                if "done" in message:
                    on_count(message["done"], message["total"])
                else:
                    found = message["found"]
        except ValueError:
            found = None  # cut off in the middle of a line
        finally:
            heard.end()
            process.kill()
    if stopped.is_set():
        raise RepairStoppedError("The repair of the vector index was stopped; it begins again at the next start.")
    return found if heard.code == 0 else None


class _Watch:
    """Kills a process that hangs, or that is to stop."""

    def __init__(self, process: subprocess.Popen[str], stop: threading.Event) -> None:
        self._process, self._stop = process, stop
        self._heard = time.monotonic()
        self._ended = threading.Event()
        self.code: int | None = None
        self._thread = threading.Thread(target=self._watch, name="repair watch", daemon=True)
        self._thread.start()

    def now(self) -> None:
        """Notes a sign of life."""
        self._heard = time.monotonic()

    def end(self) -> None:
        """Takes the exit code of a process whose output has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.code = self._process.wait(timeout=10)
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            if self._stop.is_set() or time.monotonic() - self._heard > _QUIET_S:
                self._process.kill()
                return


def repair_main(work: Callable[[IndexFiles, OnCount], Sequence[str]]) -> None:
    """The process's side: does `work` and tells what it found; ends when its parent does.

    A process whose parent was killed may live for another moment, so that only one at a time goes at the files.
    """
    folder, embedder, dimension, niceness = sys.argv[1:]
    database = place_in(_first_line())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if niceness != "0" and hasattr(os, "nice"):
        os.nice(int(niceness))
    files = IndexFiles(Path(folder), database, embedder, int(dimension))
    with FileLock(files.folder.parent / _LOCK):
        found = work(files, lambda done, total: _tell({"done": done, "total": total}))
        _tell({"found": list(found)})


def _tell(message: dict[str, object]) -> None:
    print(json.dumps(message), flush=True)  # noqa: T201 – it is what the parent listens to


def _first_line() -> str:
    """What the parent sends; not by Python's own reader, whose lock would break the end of the process."""
    line = b""
    while not line.endswith(b"\n"):
        if not (more := os.read(sys.stdin.fileno(), 4096)):
            os._exit(1)  # the parent has ended
        line += more
    return line.decode().removesuffix("\n")


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)
