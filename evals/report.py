"""The tables of a measurement: for the terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from evals.intervals import Estimate
from evals.measures import COSTS, MEASURES, AnswerFigures, Measure
from evals.result import Result
from evals.retrieval_quality import RECALL_AT, StageFigures

# What is aimed at on the checking half, for all stages together.
RECALL_TARGETS = {5: 0.85, 10: 0.90}
_NONE = "–"
_SHOWN_FAULTS = 20
_WIDTH = 120


def print_report(result: Result, console: Console | None = None) -> None:
    """Prints both tables, and the faults that no reply may have."""
    console = console or Console()
    if not console.is_terminal:
        console.width = _WIDTH  # a file or a pipe has none
    for line in result.run.lines():
        console.print(line, style="dim", highlight=False, markup=False)
    for half in dict.fromkeys(row.half for row in result.stages):
        console.print(_stage_table(half, [row for row in result.stages if row.half == half]))
    if result.answers:
        console.print(_answer_table(result.answers))
    _print_faults(result, console)
    console.print("Small figures: 95 % bootstrap interval over questions.", style="dim", highlight=False)


def markdown(result: Result) -> str:
    """The same tables for a README."""
    lines = [*(f"{line}  " for line in result.run.lines()), ""]
    if result.stages:
        lines += _markdown_table(
            ["questions", "retrieval", *(f"recall@{k}" for k in RECALL_AT), "p50 / p95 ms"],
            (
                [row.half, row.stage, *(_inline(row.recall[k], 3) for k in RECALL_AT), _times(row)]
                for row in result.stages
            ),
        )
    if result.answers:
        lines += _markdown_table(
            ["answers", "target", *(f"{column.label} ({_size(column)})" for column in result.answers)],
            (
                *([m.label, m.aim, *(_inline(c.shares[m.key], m.digits) for c in result.answers)] for m in MEASURES),
                *([c.label, _aim_ms(c.target_ms), *(_ms(a.costs[c.key]) for a in result.answers)] for c in COSTS),
            ),
        )
    return "\n".join(lines)


def _stage_table(half: str, rows: Sequence[StageFigures]) -> Table:
    counts = {e.questions for row in rows if (e := row.recall[RECALL_AT[0]])}
    table = Table(title=f"Retrieval, {_half(half)}, {max(counts, default=0)} questions", title_justify="left")
    table.add_column("answer-recall")
    for k in RECALL_AT:
        target = RECALL_TARGETS.get(k)
        table.add_column(f"@{k}\n[dim]≥ {target:.2f}[/dim]" if target else f"@{k}", justify="right")
    table.add_column("ms\n[dim]p50 / p95[/dim]", justify="right")
    for row in rows:
        last = row is rows[-1]
        cells = [_cell(row.recall[k], 3, _reached(row.recall[k], k) if last else None) for k in RECALL_AT]
        table.add_row(row.stage, *cells, _times(row), style="bold" if last else None)
    return table


def _answer_table(columns: Sequence[AnswerFigures]) -> Table:
    table = Table(title="Answers", title_justify="left")
    table.add_column("share of questions, quotes or claims")
    table.add_column("target", justify="right", style="dim")
    for column in columns:
        table.add_column(f"{column.system}\n{column.group}\n[dim]{_size(column)}[/dim]", justify="right")
    for measure in MEASURES:
        cells = [_cell(column.shares[measure.key], measure.digits, _met(measure, column)) for column in columns]
        table.add_row(measure.label, measure.aim, *cells)
    table.add_section()
    for cost in COSTS:
        table.add_row(cost.label, _aim_ms(cost.target_ms), *(_ms(column.costs[cost.key]) for column in columns))
    return table


def _print_faults(result: Result, console: Console) -> None:
    faults = result.faults
    for fault in faults[:_SHOWN_FAULTS]:
        console.print(f"FAULT {fault}", style="red", highlight=False, markup=False)
    if len(faults) > _SHOWN_FAULTS:
        console.print(f"… and {len(faults) - _SHOWN_FAULTS} more", style="red", highlight=False)
    notices = [item.notice for item in result.scored if item.notice]
    if notices:
        console.print(f"{len(notices)} replies came with a notice, such as: {notices[0]}", style="yellow", markup=False)


def _half(half: str) -> str:
    return "all questions" if half == "all" else f"{half} half"


def _size(column: AnswerFigures) -> str:
    return f"{column.answerable} + {column.unanswerable}"


def _cell(value: Estimate | None, digits: int, reached: bool | None) -> str:
    """The value over its interval; green or red beside a target."""
    if value is None:
        return _NONE
    colour = {True: "[green]{}[/green]", False: "[red]{}[/red]", None: "{}"}[reached]
    interval = f"{value.low:.2f}–{value.high:.2f}"
    return colour.format(f"{value.value:.{digits}f}") + f"\n[not bold dim]{interval}[/not bold dim]"


def _inline(value: Estimate | None, digits: int) -> str:
    return _NONE if value is None else f"{value.value:.{digits}f} ({value.low:.2f}–{value.high:.2f})"


def _reached(value: Estimate | None, k: int) -> bool | None:
    return None if value is None or k not in RECALL_TARGETS else value.value >= RECALL_TARGETS[k]


def _met(measure: Measure, column: AnswerFigures) -> bool | None:
    value = column.shares[measure.key]
    return None if value is None or measure.target is None else measure.met(value.value)


def _times(row: StageFigures) -> str:
    return f"{_ms(row.p50_ms)} / {_ms(row.p95_ms)}"


def _ms(value: float | None) -> str:
    return _NONE if value is None else f"{value:,.0f}"


def _aim_ms(target: float | None) -> str:
    return "" if target is None else f"≤ {target:,.0f}"


def _markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    ruled = [heads, ["---"] * len(heads), *rows]
    return [*(f"| {' | '.join(row)} |" for row in ruled), ""]
