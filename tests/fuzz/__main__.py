"""`python -m tests.fuzz`: changes good inputs at random for a while, and keeps what breaks something.

python -m tests.fuzz --seconds 600
python -m tests.fuzz --target pdf --seconds 600 --atheris   (with `pip install atheris`: guided by coverage)
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.mutations import mutated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fuzz.target import Target

FOUND = Path("fuzz-findings")
_SLOW_S = 5.0


@dataclass(frozen=True, slots=True)
class Tried:
    """How many inputs were tried, and the faults: each with the first input that brought it about."""

    inputs: int
    faults: dict[str, bytes]


def try_target(target: Target, dice: random.Random, *, seconds: float = 0.0, inputs: int = 0) -> Tried:
    """Tries changed inputs for so long, or so many."""
    found: dict[str, bytes] = {}
    began, count = time.monotonic(), 0
    while count < inputs or time.monotonic() - began < seconds:
        data = mutated(target.seeds, dice)
        count += 1
        if fault := fault_of(target, data):
            found.setdefault(fault, data)
    return Tried(count, found)


def fault_of(target: Target, data: bytes) -> str | None:
    """What goes wrong with an input, in one line; None when all is well."""
    began = time.process_time()
    try:
        target.run(data)
    except Exception as error:
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
        return f"{type(error).__name__} at {place}"
    taken = time.process_time() - began
    return f"slow ({taken:.0f} s)" if taken > _SLOW_S else None


def guided(name: str, seconds: int) -> None:
    """Lets atheris look for inputs by coverage; it ends the process itself, and keeps an input that fails."""
    import atheris  # not among the dependencies: it is for Linux and macOS alone

    with atheris.instrument_imports(include=["index", "bot", "feedparser", "protego", "pypdf"]):
        from tests.fuzz.targets import TARGETS
    corpus = FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/", str(corpus)], TARGETS[name].run
    )
    atheris.Fuzz()


def changed(names: Sequence[str], seconds: int, seed: int) -> int:
    """Tries changed inputs of these targets, all when none is named, and keeps what fails; how many faults."""
    from tests.fuzz.targets import TARGETS

    faults = 0
    for name in names or TARGETS:
        tried = try_target(TARGETS[name], random.Random(seed), seconds=seconds)
        print(f"{name}: {tried.inputs:,} inputs in {seconds} s, {len(tried.faults)} faults", flush=True)
        for fault, data in tried.faults.items():
            faults += 1
            kept = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            print(f"{name}: {fault}; {kept}")
    print(f"{faults} faults (seed {seed})")
    return faults


def main() -> int:
    """0 when nothing was found; the inputs of what was found are kept in the folder fuzz-findings."""
    arguments = argparse.ArgumentParser(prog="python -m tests.fuzz")
    arguments.add_argument("--seconds", type=int, default=60, help="of each target")
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--target", action="append", default=[], help="only this one; may be given several times")
    arguments.add_argument("--atheris", action="store_true", help="guided by coverage; one target")
    given = arguments.parse_args()
    if given.atheris:
        guided((given.target or ["page"])[0], given.seconds)
    return 1 if changed(given.target, given.seconds, given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
