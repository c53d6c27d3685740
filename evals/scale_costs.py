"""`python -m evals scale-costs`: what a month costs at three sizes, computed from assumptions that can be replaced."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

_GB = 10**9
_DAYS = 30
_DAY_S = 86_400


def _assumed(value: float, meaning: str) -> Any:
    return field(default=value, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a plan is computed from; the prices, in $, are no quotes."""

    vector_bytes: float = _assumed(2331, "memory of a vector: 1,536 bytes and the graph (measured)")
    disk_bytes: float = _assumed(9083, "disk of a chunk, vectors and indexes included (measured)")
    database_in_memory: float = _assumed(0.1, "share of the disk that the database wants in memory")
    process_gb: float = _assumed(0.8, "memory of one askwire process in GB (measured at 10,000 chunks)")
    copies: float = _assumed(2, "servers that hold each byte")
    backups: float = _assumed(2, "backups that are kept")
    kept_days: float = _assumed(365, "days that an article is kept")
    embedded_per_core: float = _assumed(20, "chunks that a core embeds in a second (measured: 40 on two)")
    questions: float = _assumed(20, "questions of a chat in a day")
    peak: float = _assumed(5, "questions in the busiest minutes, times the day's mean")
    question_core_s: float = _assumed(0.25, "seconds of a core for a question, without a model of its own")
    busy: float = _assumed(0.5, "share of the cores that the busiest minutes may take")
    messages: float = _assumed(3, "messages to Telegram for an answer, edits included")
    tokens_in: float = _assumed(6000, "tokens that a model reads for a question")
    tokens_out: float = _assumed(150, "tokens that it writes")
    ram_dollars: float = _assumed(4.0, "assumed: $ a month for a GB of memory")
    core_dollars: float = _assumed(15.0, "assumed: $ a month for a core")
    disk_dollars: float = _assumed(0.10, "assumed: $ a month for a GB of disk")
    backup_dollars: float = _assumed(0.02, "assumed: $ a month for a GB of backups")
    in_dollars: float = _assumed(0.10, "assumed: $ for a million tokens read")
    out_dollars: float = _assumed(0.40, "assumed: $ for a million tokens written")


@dataclass(frozen=True, slots=True)
class Load:
    """What a deployment has to carry."""

    chunks: int
    chats: int


LOADS = (Load(300_000, 100), Load(10_000_000, 1_000), Load(100_000_000, 10_000))


def needs(load: Load, a: Assumptions) -> dict[str, float]:
    """What it takes, by the names of the table's rows; memory and disk in GB, of all servers together."""
    questions = load.chats * a.questions
    at_peak = questions / _DAY_S * a.peak
    answering = max(2, math.ceil(at_peak * a.question_core_s / a.busy))
    embedding = math.ceil(load.chunks / a.kept_days / _DAY_S / a.embedded_per_core / a.busy)
    disk = load.chunks * a.disk_bytes / _GB
    return {
        "questions a day": questions,
        "questions a second, busiest": at_peak,
        "messages to Telegram a second, busiest": at_peak * a.messages,
        "memory of vectors, GB": load.chunks * a.vector_bytes / _GB * a.copies,
        "memory of the database, GB": disk * a.database_in_memory * a.copies,
        "memory of processes, GB": (answering + embedding) / 2 * a.process_gb,
        "disk, GB": disk * a.copies,
        "backups, GB": disk * a.backups,
        "cores that answer": answering,
        "cores that embed": embedding,
    }


def costs(load: Load, a: Assumptions) -> dict[str, float]:
    """Dollars a month by what they are for; `sum` is the last."""
    need = needs(load, a)
    asked = need["questions a day"] * _DAYS
    parts = {
        "$ memory": sum(gb for name, gb in need.items() if name.startswith("memory")) * a.ram_dollars,
        "$ cores": (need["cores that answer"] + need["cores that embed"]) * a.core_dollars,
        "$ disk and backups": need["disk, GB"] * a.disk_dollars + need["backups, GB"] * a.backup_dollars,
        "$ language model": asked * (a.tokens_in * a.in_dollars + a.tokens_out * a.out_dollars) / 1e6,
    }
    return {**parts, "$ a month": sum(parts.values())}


def costs_table(a: Assumptions, loads: Sequence[Load] = LOADS) -> str:
    """Markdown: a column a size, first what it takes, then what that costs."""
    heads = [f"{load.chunks:,} chunks, {load.chats:,} chats" for load in loads]
    lines = [_row("", heads), "|---" + "|---:" * len(loads) + "|"]
    for rows in ([needs(load, a) for load in loads], [costs(load, a) for load in loads]):
        lines += [_row(name, [_number(row[name]) for row in rows]) for name in rows[0]]
    return "\n".join(lines)


def assumptions_table(a: Assumptions) -> str:
    """Markdown: a row an assumption, with the name that replaces it."""
    rows = [_row(f"`{f.name}`", [f"{getattr(a, f.name):,g}", f.metadata["meaning"]]) for f in fields(a)]
    return "\n".join([_row("name", ["value", "what it is"]), "|---|---:|---|", *rows])


def with_values(a: Assumptions, given: Sequence[str]) -> Assumptions:
    """The assumptions with some replaced, each as `name=value`.

    Raises:
        ValueError: when there is no such one, or the value is no number above 0.
    """
    values: dict[str, Any] = {}
    for one in given:
        name, _, value = one.partition("=")
        if name not in {f.name for f in fields(a)} or not value:
            raise ValueError(f"{one}: write NAME=NUMBER, with a name of the table of assumptions.")
        try:
            values[name] = float(value)
        except ValueError:
            raise ValueError(f"{one}: {value} is no number.") from None
        if not 0 < values[name] < math.inf:
            raise ValueError(f"{one}: a number above 0 is needed.")
    return replace(a, **values)


async def run_scale_costs(assume: Sequence[str]) -> int:
    """Prints both tables; 2 when an assumption is not understood."""
    try:
        assumptions = with_values(Assumptions(), assume)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{assumptions_table(assumptions)}\n\n{costs_table(assumptions)}")
    return 0


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == round(value) else f"{value:.1f}"
