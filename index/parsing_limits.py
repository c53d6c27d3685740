"""What one input may cost in a parsing process, and what a parser may not do there at all."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

_NEVER = (  # audit events, by their beginnings: https://docs.python.org/3/library/audit_events.html
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.truncate",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "shutil.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_GRACE = 1.2  # the parent kills a slow parser; one whose parent is gone ends so many times later


@dataclass(frozen=True, slots=True)
class ParsingLimits:
    """Bounds of one input: times in seconds, sizes in bytes.

    `memory` is address space, and like the CPU time is bounded where the system can; `result` is the size of what was
    read, as JSON. With `fork` each input is parsed in a copy of the process that ends with it, where the system can.
    """

    seconds: float = 30.0
    memory: int = 1_500_000_000
    result: int = 120_000_000
    fork: bool = True

    @property
    def forks(self) -> bool:
        """Whether each input has a process of its own; not on macOS, whose libraries may break in a copy."""
        return self.fork and hasattr(os, "fork") and sys.platform != "darwin"


@contextlib.contextmanager
def time_limited(limits: ParsingLimits) -> Iterator[None]:
    """Lets the system end this process when the block takes too long, even within one long call of a library."""
    seconds = limits.seconds * _GRACE
    if sys.platform == "win32":
        timer = threading.Timer(seconds, os._exit, [1])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit("RLIMIT_CPU", math.ceil(used.ru_utime + used.ru_stime + seconds))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def confine(limits: ParsingLimits) -> None:
    """Bound memory, and refuse connections, programs and writing of files for the rest of this process."""
    _limit("RLIMIT_AS", limits.memory)
    _limit("RLIMIT_FSIZE", 0)
    _limit("RLIMIT_CORE", 0)
    sys.addaudithook(_refuse)


def _limit(name: str, value: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    kind = getattr(resource, name, None)
    if kind is not None:
        _, most = resource.getrlimit(kind)
        with contextlib.suppress(ValueError, OSError):  # macOS knows some limits by name alone
            resource.setrlimit(kind, (value, most))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_NEVER):
        raise PermissionError(f"a parser asked for {event}")
    if event == "open" and len(arguments) == 3 and isinstance(arguments[2], int) and arguments[2] & _WRITES:  # noqa: PLR2004 - path, mode, flags
        raise PermissionError("a parser asked for a file to write to")
