"""The picture of the scale trial: each figure by the number of chunks; servers are dashed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.scale_figures import EMBEDDED, by_mode

if TYPE_CHECKING:
    from evals.scale_figures import Size

_STEEP = "memory and disk, MB"
_PANELS = (
    ("retrieval, ms", (("p50_ms", "p50"), ("p95_ms", "p95"))),
    ("chunks a second, without embedding", (("chunks_per_second", ""),)),
    (_STEEP, (("resident_mb", "memory"), ("disk_mb", "disk"), ("servers_mb", "servers' memory"))),
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
        axes.set(xscale="log", title=title, xlabel="chunks")
        if title == _STEEP:
            axes.set_yscale("log")
        else:
            axes.set_ylim(bottom=0, top=1.25 * axes.get_ylim()[1])  # room for the legend
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter("{x:,.0f}")
        axes.grid(visible=True, which="major", color="#dfe4ea")
        if len(axes.lines) > 1:
            axes.legend(framealpha=0.9, edgecolor="none", fontsize="small", ncols=2)
    figure.savefig(file)
