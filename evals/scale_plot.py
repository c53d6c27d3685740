"""The picture of the scale trial: each figure by the number of chunks, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.scale import Size

_PANELS = (
    ("retrieval, ms", (("p50_ms", "p50"), ("p95_ms", "p95"))),
    ("chunks a second, without embedding", (("chunks_per_second", ""),)),
    ("memory and disk, MB", (("resident_mb", "memory"), ("disk_mb", "disk"))),
    ("start to first answer, s", (("first_answer_s", ""),)),
)
_COLOURS = ("#1b4f72", "#e08e45")


def draw_scale(measured: Sequence[Size], file: Path) -> None:
    """Writes the picture as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 6.4), dpi=150, layout="constrained")
    chunks = [size.chunks for size in measured]
    for axes, (title, lines) in zip(figure.subplots(2, 2).flat, _PANELS, strict=True):
        for (name, label), colour in zip(lines, _COLOURS, strict=False):
            axes.plot(chunks, [getattr(size, name) for size in measured], "o-", color=colour, label=label)
        axes.set(xscale="log", yscale="log", title=title, xlabel="chunks")
        axes.grid(visible=True, which="major", color="#dfe4ea")
        if len(lines) > 1:
            axes.legend(frameon=False)
    figure.savefig(file)
