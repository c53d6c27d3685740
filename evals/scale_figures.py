"""The figures of the scale trial: their file, the laws that they follow, and the table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from evals.newsset import DataError

EMBEDDED, SERVER = "embedded", "server"
_FITTED = ("chunks_per_second", "disk_mb", "first_answer_s", "p50_ms", "p95_ms", "resident_mb", "servers_mb")

Laws: TypeAlias = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Size:
    """The figures at one size. Times in ms and s, memory and disk in MB.

    `chunks_per_second` is of the ingest up to this size from the one before, without the time of embedding.
    `servers_mb` is the memory of PostgreSQL and Chroma, whose files are in `disk_mb`; without servers it is 0.
    """

    chunks: int
    articles: int
    chunks_per_second: float
    disk_mb: float
    first_answer_s: float
    p50_ms: float
    p95_ms: float
    resident_mb: float
    peak_mb: float
    servers_mb: float = 0.0
    mode: str = EMBEDDED


def growth_laws(measured: Sequence[Size]) -> dict[str, tuple[float, float]]:
    """For each figure, a and b of figure = a · (chunks / 1,000)^b, by least squares of the logarithms."""
    if len(measured) < 2:
        return {}
    chunks = np.log([size.chunks / 1000 for size in measured])
    laws = {}
    for name in _FITTED:
        figures = [getattr(size, name) for size in measured]
        if min(figures) > 0:
            slope, start = np.polyfit(chunks, np.log(figures), 1)
            laws[name] = (float(np.exp(start)), float(slope))
    return laws


def by_mode(measured: Sequence[Size]) -> dict[str, list[Size]]:
    """The sizes of each mode, the smallest first."""
    modes = dict.fromkeys(size.mode for size in measured)
    return {mode: sorted((s for s in measured if s.mode == mode), key=lambda s: s.chunks) for mode in modes}


def write_figures(file: Path, measured: Sequence[Size]) -> None:
    """Writes JSON: a row a size, and the laws of each mode."""
    laws = {mode: growth_laws(sizes) for mode, sizes in by_mode(measured).items()}
    file.write_text(json.dumps({"sizes": [asdict(size) for size in measured], "laws": laws}, indent=1), "utf-8")


def read_figures(files: Sequence[Path]) -> list[Size]:
    """The sizes in such files.

    Raises:
        DataError: when one cannot be read, or holds something else.
    """
    measured: list[Size] = []
    for file in files:
        try:
            measured += [Size(**row) for row in json.loads(file.read_text("utf-8"))["sizes"]]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DataError(f"{file} holds no figures of the scale trial.") from error
    return measured


def table(measured: Sequence[Size]) -> str:
    """Markdown: a row a size, and the laws of each mode below."""
    head = "| mode | chunks | articles | retrieval p50 / p95 ms | chunks/s in | memory MB | disk MB | first answer |"
    modes = by_mode(measured)
    rows = [_row(size) for sizes in modes.values() for size in sizes]
    told = [
        f"{mode}: {name} = {a:.3g} · (chunks / 1,000)^{b:.2f}"
        for mode, sizes in modes.items()
        for name, (a, b) in growth_laws(sizes).items()
    ]
    return "\n".join([head, "|---" * 8 + "|", *rows, "", *told])


def _row(size: Size) -> str:
    memory = f"{size.resident_mb:,.0f} (peak {size.peak_mb:,.0f})"
    if size.servers_mb:
        memory += f" + servers {size.servers_mb:,.0f}"
    return (
        f"| {size.mode} | {size.chunks:,} | {size.articles:,} | {size.p50_ms:.0f} / {size.p95_ms:.0f} "
        f"| {size.chunks_per_second:.0f} | {memory} | {size.disk_mb:,.0f} | {size.first_answer_s:.1f} s |"
    )
