"""How the command line shows things: answers, lists and progress, with rich."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.answer_text import DECLINED, QUOTED
from index.types import Answer, Article, Citation, Evidence, Status

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_answer(answer: Answer, console: Console = out) -> None:
    """The short answer, the quotes it rests on, and where they stand."""
    console.print(_lead(answer))
    for text, marks in answer.sentences[1:]:
        console.print(Text(f"{text} {_marks(marks)}"))
    for citation in answer.citations:
        console.print(Text.assemble(f"  [{citation.n}] ", (f"“{citation.quote}”", "italic")))
        console.print(Text(f"      {origin(citation)}", style="dim"))
    for conflict in answer.conflicts:
        console.print(Text(f"Reports differ: another one says {conflict.value} [{conflict.n}].", style="yellow"))
    if answer.notice:
        console.print(Text(answer.notice, style="dim"))


def origin(item: Citation | Evidence | Article) -> str:
    """Title, source, date and link of an article on one line, as far as they are known."""
    date = item.published_at.strftime("%-d %B %Y") if item.published_at else None
    return " · ".join(part for part in (item.title, item.source, date, item.url) if part)


@contextmanager
def progress() -> Iterator[Any]:
    """A callback `(label, done, total)` that draws a bar on standard error; it vanishes when all is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def report(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
                if not err.is_terminal:
                    err.print(Text(f"{label} …"))
            bars.update(tasks[label], completed=min(done, total), total=total)

        yield report


def _lead(answer: Answer) -> Text:
    if answer.status is Status.DECLINED:
        return Text(DECLINED, style="bold")
    if answer.short_answer is None:
        return Text(QUOTED)
    marks = answer.sentences[0][1] if answer.sentences else (1,)
    return Text.assemble((answer.short_answer, "bold"), f" {_marks(marks)}")


def _marks(marks: tuple[int, ...]) -> str:
    return "".join(f"[{n}]" for n in marks)
