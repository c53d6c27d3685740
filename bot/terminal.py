"""How the command line shows things: answers, lists and progress, with rich."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.answer_text import DECLINED, QUOTED, RELATED, long_date
from index.differing_reports import differing_reports
from index.disagreement_text import disagreement_lines
from index.types import Answer, Article, Citation, Evidence, Related, Status

OnProgress = Callable[[str, int, int], None]

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 chunk, 2 chunks."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tolerate_any_text() -> None:
    """Lets no odd byte of the input and no narrow encoding of the output end a command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_json(value: Any) -> None:
    """One line of JSON on standard output, escaped where the encoding cannot hold all text."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not utf8) + "\n")
    sys.stdout.flush()


def print_answer(answer: Answer, console: Console = out) -> None:
    """The short answer, the quotes it rests on with the answering words in bold, and where they stand."""
    differing = [Text(line, style="yellow") for line in disagreement_lines(answer)]
    for line in differing if differing_reports(answer).leads else [_lead(answer), *differing]:
        console.print(line)
    for text, marks in answer.sentences[1:]:
        console.print(Text(f"{text} {_marks(marks)}"))
    for citation in answer.citations:
        quote = Text(citation.quote, style="italic")
        quote.stylize("bold", *(citation.answer_span or (0, 0)))
        console.print(Text.assemble(f"  [{citation.n}] ", ("“", "italic"), quote, ("”", "italic")))
        console.print(Text(f"      {origin(citation)}", style="dim"))
    if answer.related:
        console.print(RELATED)
    for related in answer.related:
        console.print(Text(f"  - {origin(related)}"))
    if answer.notice:
        console.print(Text(answer.notice, style="dim"))


def origin(item: Citation | Evidence | Article | Related) -> str:
    """Title, source, date and link of an article on one line, as far as they are known."""
    parts = [item.title, item.source, long_date(item.published_at)]
    if isinstance(item, Citation):
        parts.append(f"updated {long_date(item.updated_at)}" if item.updated_at else None)
        parts.append(f"also in {', '.join(item.also)}" if item.also else None)
    return " · ".join(part for part in (*parts, item.url) if part)


def bars_of(*columns: ProgressColumn) -> Progress:
    """Bars on standard error that vanish at the end; none at all when nobody watches."""
    # What goes to standard output is drawn above the bars, unless it goes to a file.
    return Progress(*columns, console=err, transient=True, redirect_stdout=out.is_terminal, disable=not err.is_terminal)


@contextmanager
def progress() -> Iterator[OnProgress]:
    """A callback `(label, done, total)` that draws a bar on standard error, from the first call till all is done."""
    bars = bars_of(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}

    def report(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = bars.add_task(label, total=total)
            bars.start()
            if not err.is_terminal:
                err.print(Text(f"{label} …"))
        bars.update(tasks[label], completed=min(done, total), total=total)
        if bars.finished:
            bars.stop()

    try:
        yield report
    finally:
        bars.stop()


def _lead(answer: Answer) -> Text:
    if answer.status is Status.DECLINED:
        return Text(DECLINED, style="bold")
    if answer.short_answer is None:
        return Text(QUOTED)
    marks = answer.sentences[0][1] if answer.sentences else (1,)
    words = answer.short_answer[:1].upper() + answer.short_answer[1:]
    return Text.assemble((words, "bold"), f" {_marks(marks)}")


def _marks(marks: tuple[int, ...]) -> str:
    return "".join(f"[{n}]" for n in marks)
