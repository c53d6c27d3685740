"""A news set on disk: articles, dated questions with gold answers, questions without an answer in the articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question; `answers` is None when the articles cannot answer it. `half` is "tuning" or "checking"."""

    id: str
    question: str
    answers: tuple[str, ...] | None
    asked_at: datetime | None
    half: str


def read_questions(folder: Path) -> list[EvalQuestion]:
    """The answerable and the unanswerable questions of a news set.

    Answerable are those with a supporting article, or all when the file doesn't tell. Weeks go to the two halves in
    turn, so that no story is in both.
    """
    found = [_question(record) for record in _records(folder / "questions.jsonl") if record.get("supported_by", True)]
    found += [_question(record) for record in _records(folder / "unanswerable.jsonl")]
    weeks = sorted({_week(question.id) for question in found})
    halves = {week: ("tuning", "checking")[number % 2] for number, week in enumerate(weeks)}
    return [EvalQuestion(q.id, q.question, q.answers, q.asked_at, halves[_week(q.id)]) for q in found]


def _records(path: Path) -> list[dict[str, object]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _question(record: dict[str, object]) -> EvalQuestion:
    answers, asked_at = record.get("answers"), record.get("asked_at")
    return EvalQuestion(
        id=str(record.get("id", record["question"])),
        question=str(record["question"]),
        answers=tuple(str(answer) for answer in answers) if isinstance(answers, list) else None,
        asked_at=datetime.fromisoformat(str(asked_at)).replace(tzinfo=UTC) if asked_at else None,
        half="",
    )


def _week(question_id: str) -> str:
    return question_id.partition("_")[0]
