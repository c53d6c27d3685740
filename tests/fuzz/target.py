"""What is fuzzed: good inputs, and what is done with changed ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Good inputs, and what is done with changed ones; `run` raises for a fault of ours only."""

    seeds: tuple[bytes, ...]
    run: Callable[[bytes], None]


def one_line(error: Exception) -> None:
    """Looks at an error that people see.

    Raises:
        ValueError: it is not one line.
    """
    if len(str(error).splitlines()) != 1:
        raise ValueError("the error is not one line") from error
