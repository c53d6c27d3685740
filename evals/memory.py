"""The memory of this process and of others, and whether it grows."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_PROC = Path("/proc")
_STATUS = _PROC / "self" / "status"
_MB = 1024
_FEWEST = 8  # different amounts; a line through fewer is noise


def resident_mb() -> float:
    """The resident memory now, in MB (of 2²⁰ bytes); where the system does not tell, the most it has been."""
    return _told("VmRSS") or peak_mb()


def peak_mb() -> float:
    """The most resident memory since the process's program began, in MB."""
    # Linux hands a process's peak in rusage on to the programs that it starts.
    if told := _told("VmHWM"):
        return told
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MB if sys.platform != "darwin" else peak / _MB**2


def family_mb(processes: Sequence[int]) -> float:
    """The resident memory of processes and all their children, in MB; what they share counts once. Linux only."""
    kept = set(processes)
    parents = {int(folder.name): _parent(folder) for folder in _PROC.glob("[0-9]*")}
    while more := {child for child, parent in parents.items() if parent in kept} - kept:
        kept |= more
    return sum(_field(_PROC / str(process) / "smaps_rollup", "Pss") or 0.0 for process in kept)


def _parent(folder: Path) -> int:
    return int((_field(folder / "status", "PPid") or 0.0) * _MB)


def _told(field: str) -> float | None:
    return _field(_STATUS, field)


def _field(file: Path, field: str) -> float | None:
    """A number of kB in MB; None when the file is not there, or no more."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return next((int(line.split()[1]) / _MB for line in lines if line.startswith(f"{field}:")), None)


def growth(samples: Sequence[tuple[float, float]]) -> float | None:
    """The slope of (amount done, MB) by least squares, in MB a unit; None when there are too few samples.

    The first quarter is left out: there the libraries still take what they keep.
    """
    start = samples[0][0] + (samples[-1][0] - samples[0][0]) / 4 if samples else 0.0
    rest = np.array([pair for pair in samples if pair[0] >= start], dtype=float)
    if len(rest) < _FEWEST or len(np.unique(rest[:, 0])) < _FEWEST:
        return None
    return float(np.polyfit(rest[:, 0], rest[:, 1], 1)[0])
