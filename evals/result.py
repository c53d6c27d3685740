"""All that a measurement found, and its form as JSON."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.answer_quality import Scored
from evals.measures import AnswerFigures
from evals.retrieval_quality import Found, StageFigures

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured, and on what; `commit` is None outside a checkout."""

    data: str
    articles: int
    chunks: int
    answerable: int
    unanswerable: int
    model: str
    embedder: str
    date: str
    commit: str | None
    python: str
    cores: int

    def lines(self) -> tuple[str, str]:
        """What was measured, and when and where, each in one line."""
        what = (
            f"{self.data}: {self.articles:,} articles in {self.chunks:,} chunks, {self.answerable} answerable and "
            f"{self.unanswerable} unanswerable questions"
        )
        commit = f", commit {self.commit}" if self.commit else ""
        where = f"{self.date}{commit}, {self.model}, {self.embedder}, {self.cores} cores, Python {self.python}"
        return what, where


@dataclass(frozen=True, slots=True)
class Result:
    """A run with its figures, and what they were counted from."""

    run: Run
    stages: Sequence[StageFigures] = ()
    answers: Sequence[AnswerFigures] = ()
    found: Sequence[Found] = ()
    scored: Sequence[Scored] = ()

    @property
    def faults(self) -> list[str]:
        """What no reply may have, one line each: quotes that are not verbatim, claims that no quote holds."""
        lines = []
        for item in self.scored:
            if item.system != "askwire":
                continue
            if item.verbatim < item.quotes:
                lines.append(f"{item.id}: {item.quotes - item.verbatim} of {item.quotes} quotes are not verbatim")
            if item.unsupported:
                lines.append(f"{item.id}: no cited quote holds {', '.join(item.unsupported)}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Every figure, and each question's row; times in ms, shares from 0 to 1."""
        return {
            "run": asdict(self.run),
            "retrieval": [asdict(row) for row in self.stages],
            "answers": [asdict(column) for column in self.answers],
            "questions": {
                "retrieval": [asdict(item) for item in self.found],
                "answers": [asdict(item) for item in self.scored],
            },
        }


def describe_run(data: str, totals: tuple[int, int], questions: tuple[int, int], model: str, embedder: str) -> Run:
    """A run of today on this machine; `totals` are articles and chunks, `questions` answerable and unanswerable."""
    return Run(
        data=data,
        articles=totals[0],
        chunks=totals[1],
        answerable=questions[0],
        unanswerable=questions[1],
        model=model,
        embedder=embedder,
        date=datetime.now(UTC).date().isoformat(),
        commit=commit_of(_ROOT),
        python=platform.python_version(),
        cores=os.cpu_count() or 1,
    )


def commit_of(root: Path) -> str | None:
    """The commit checked out there, with "+" when files differ from it; None where there is no checkout."""
    if not (root / ".git").exists():
        return None
    commands = (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    try:
        commit, changed = (
            subprocess.run(["git", "-C", root, *command], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603, S607 – fixed words
            for command in commands
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{commit}+" if changed else commit
