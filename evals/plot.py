"""The picture of a measurement: answer-recall by stage, and answers beside their targets, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.intervals import Estimate
from evals.measures import SHARES, AnswerFigures
from evals.report import RECALL_TARGETS
from evals.result import Result
from evals.retrieval_quality import RECALL_AT, StageFigures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK, _QUIET, _RULE, _TARGET = "#1f2933", "#6b7785", "#dfe4ea", "#c0392b"
_BASELINES = ("#b08d57", "#8a8f98")
_STAGES = ("#a9cce3", "#7fb3d5", "#5499c7", "#2e86c1", "#1b4f72")
_COLUMNS = ("#7d9bb5", "#1b4f72", "#e08e45", "#4a7c59")
_MARKERS = ("o", "o", "D", "s")
_SPREAD = 0.68  # of the room between two values of k
_STYLE: dict[Any, Any] = {  # matplotlib names every key in a type of its own
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _RULE,
    "xtick.color": _QUIET,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(result: Result, file: Path) -> None:
    """Writes the picture as a PNG: retrieval of the checking half on the left, answers of all columns on the right."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    panels = [bool(result.stages), bool(result.answers)]
    with mpl.rc_context(_STYLE):
        size = (7.4 * max(sum(panels), 1), 7.0)
        layout = ConstrainedLayoutEngine(rect=(0.01, 0.07, 0.98, 0.92), wspace=0.05)
        figure = Figure(figsize=size, dpi=150, facecolor="white", layout=layout)
        axes = iter(figure.subplots(1, max(sum(panels), 1), squeeze=False)[0])
        if result.stages:
            _draw_stages(next(axes), result.stages)
        if result.answers:
            _draw_answers(next(axes), result.answers)
        footer = "\n".join((*result.run.lines(), "Whiskers: 95 % bootstrap intervals over questions."))
        figure.text(0.012, 0.012, footer, fontsize=7, color=_QUIET, va="bottom", linespacing=1.4)
        figure.savefig(file, format="png")


def _draw_stages(axes: Axes, rows: Sequence[StageFigures]) -> None:
    half = rows[-1].half  # the checking half comes last
    mine = [row for row in rows if row.half == half]
    colours = (*_BASELINES, *_STAGES)
    for number, row in enumerate(mine):
        offset = (number / max(len(mine) - 1, 1) - 0.5) * _SPREAD
        last = row is mine[-1]
        known = [(place + offset, value) for place, k in enumerate(RECALL_AT) if (value := row.recall[k])]
        _whiskers(axes, [x for x, _ in known], [e for _, e in known], colours[number % len(colours)], row.stage, last)
    for k, target in RECALL_TARGETS.items():
        place = RECALL_AT.index(k)
        axes.plot([place - 0.45, place + 0.45], [target, target], color=_TARGET, lw=1.2, ls=(0, (4, 2)), zorder=1)
    for place in range(len(RECALL_AT) - 1):
        axes.axvline(place + 0.5, color=_RULE, lw=0.8, zorder=0)
    axes.set_xticks(range(len(RECALL_AT)), [_recall_label(k) for k in RECALL_AT])
    axes.set_xlim(-0.5, len(RECALL_AT) - 0.5)
    axes.grid(axis="y", color=_RULE, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.legend(loc="lower right", frameon=True, framealpha=0.95, edgecolor=_RULE, fontsize=8.5)
    first = mine[0].recall[RECALL_AT[0]]
    counted = f"{'all' if half == 'all' else half + ' half'}, {first.questions if first else 0} questions"
    _title(axes, "An answer stands in the first k passages", f"answer-recall@k by stage, {counted}; red: target")


def _recall_label(k: int) -> str:
    target = RECALL_TARGETS.get(k)
    return f"@{k}\n(≥ {target:.2f})" if target else f"@{k}"


def _whiskers(
    axes: Axes, places: Sequence[float], values: Sequence[Estimate], colour: str, label: str, last: bool
) -> None:
    heights = [value.value for value in values]
    axes.vlines(places, [v.low for v in values], [v.high for v in values], color=colour, lw=1.6 if last else 1.1)
    axes.plot(
        places, heights, ls="none", marker="o", ms=6.5 if last else 5, color=colour, mec="white", mew=0.6, label=label
    )
    if last:
        for x, value in zip(places, values, strict=True):
            axes.annotate(
                f"{value.value:.2f}",
                (x, value.high),
                (0, 3),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=colour,
                weight="bold",
            )


def _draw_answers(axes: Axes, columns: Sequence[AnswerFigures]) -> None:
    shown = [measure for measure in SHARES if any(column.shares[measure.key] for column in columns)]
    gap = 0.72 / max(len(columns), 1)
    for row, measure in enumerate(shown):
        if row:
            axes.axhline(row - 0.5, color=_RULE, lw=0.8, zorder=0)
        if measure.target is not None:
            axes.plot([measure.target] * 2, [row - 0.44, row + 0.44], color=_TARGET, lw=1.6, zorder=1)
            axes.text(1.13, row, measure.aim, color=_TARGET, fontsize=8, va="center", ha="right")
        for number, column in enumerate(columns):
            value = column.shares[measure.key]
            if value is None:
                continue
            y = row + (number - (len(columns) - 1) / 2) * gap
            colour = _COLUMNS[number % len(_COLUMNS)] if len(columns) > 1 else _COLUMNS[1]
            axes.hlines(y, value.low, value.high, color=colour, lw=1.6)
            axes.plot(value.value, y, marker=_MARKERS[number % 4], ms=5.5, color=colour, mec="white", mew=0.6)
            _label(axes, value, y, colour)
    _finish_answers(axes, [measure.label for measure in shown], columns)


def _label(axes: Axes, value: Estimate, y: float, colour: str) -> None:
    """The figure beside its whisker: on the right, or on the left where the right has no room."""
    right = value.high < 0.92
    place, align = (value.high, "left") if right else (max(value.low, 0.08), "right")
    axes.annotate(
        f"{value.value:.2f}",
        (place, y),
        (5 if right else -5, 0),
        textcoords="offset points",
        va="center",
        ha=align,
        fontsize=7,
        color=colour,
        zorder=1.5,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )


def _finish_answers(axes: Axes, labels: Sequence[str], columns: Sequence[AnswerFigures]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlim(-0.03, 1.14)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.grid(axis="x", color=_RULE, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for number, column in enumerate(columns):
        colour = _COLUMNS[number] if len(columns) > 1 else _COLUMNS[1]
        label = f"{column.label} ({column.answerable} + {column.unanswerable})"
        axes.plot([], [], marker=_MARKERS[number % 4], color=colour, mec="white", ms=6, label=label)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.05), ncols=2, frameon=False, fontsize=8)
    _title(axes, "What the replies are worth", "shares of questions (answerable + unanswerable), quotes or claims")


def _title(axes: Axes, title: str, below: str) -> None:
    axes.set_title(f"{title}\n", loc="left", fontsize=12, weight="bold", pad=8)
    axes.text(0, 1.018, below, transform=axes.transAxes, fontsize=8.5, color=_QUIET, va="bottom")
