"""The picture of the scale trial: each figure by the number of chunks, both axes logarithmic; servers are dashed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.scale_figures import EMBEDDED, by_mode

if TYPE_CHECKING:
    from evals.scale_figures import Size

_PANELS = (
    ("retrieval, ms", (("p50_ms", "p50"), ("p95_ms", "p95"))),
    ("chunks a second, without embedding", (("chunks_per_second", ""),)),
    ("memory and disk, MB", (("resident_mb", "memory"), ("disk_mb", "disk"), ("servers_mb", "servers' memory"))),
    ("start to first answer, s", (("first_answer_s", ""),)),
)
_COLOURS = ("#1b4f72", "#e08e45", "#5b8c5a")


def draw_scale(measured: Sequence[Size], file: Path) -> None:
    """Writes the picture as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 6.4), dpi=150, layout="constrained")
    modes = by_mode(measured)
    for axes, (title, lines) in zip(figure.subplots(2, 2).flat, _PANELS, strict=True):
        for mode, sizes in modes.items():
            for (name, label), colour in zip(lines, _COLOURS, strict=False):
                told = [(size.chunks, figure_of) for size in sizes if (figure_of := getattr(size, name)) > 0]
                full = ", ".join(filter(None, (label, mode if len(modes) > 1 else "")))
                style = "o-" if mode == EMBEDDED else "s--"
                if told:
                    axes.plot(*zip(*told, strict=True), style, color=colour, label=full)
        axes.set(xscale="log", yscale="log", title=title, xlabel="chunks")
        axes.grid(visible=True, which="major", color="#dfe4ea")
        if len(axes.lines) > 1:
            axes.legend(frameon=False)
    figure.savefig(file)
