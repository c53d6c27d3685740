"""A news set on disk: articles, dated questions with gold answers, questions without an answer in the articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

ARTICLES = "articles.jsonl.gz"
TUNING, CHECKING, ALL = "tuning", "checking", "all"
HALVES = (TUNING, CHECKING, ALL)  # in the order of the tables


class DataError(Exception):
    """A file that a measurement needs is missing or wrong; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question; `answers` is None when the articles cannot answer it.

    `half` is "tuning" or "checking", or "all" where a file is not split. `supported_by` are the ids of articles
    that hold an answer, as far as they are known.
    """

    id: str
    question: str
    answers: tuple[str, ...] | None
    asked_at: datetime | None
    half: str
    supported_by: tuple[str, ...] = ()


def read_questions(folder: Path) -> list[EvalQuestion]:
    """The answerable and the unanswerable questions of a news set.

    Answerable are those with a supporting article, or all when the file doesn't tell. Weeks go to the two halves in
    turn, so that no story is in both.

    Raises:
        DataError: when there are no questions, or a line is wrong.
    """
    found = [q for record, q in _questions(folder / "questions.jsonl") if record.get("supported_by", True)]
    if not found:
        raise DataError(f"{folder / 'questions.jsonl'} holds no question that the articles answer.")
    if (folder / "unanswerable.jsonl").exists():
        found += [question for _, question in _questions(folder / "unanswerable.jsonl")]
    weeks = sorted({_week(question.id) for question in found})
    halves = {week: (TUNING, CHECKING)[number % 2] for number, week in enumerate(weeks)}
    return [replace(question, half=halves[_week(question.id)]) for question in found]


def read_question_file(path: Path) -> list[EvalQuestion]:
    """Anybody's own questions, `{"question", "answers", "asked_at"?, "id"?}` a line; they are not split into halves.

    Raises:
        DataError: when there is no question, or a line is wrong.
    """
    found = [question for _, question in _questions(path)]
    if not found:
        raise DataError(f"{path} holds no question.")
    return found


def _questions(path: Path) -> Iterator[tuple[dict[str, object], EvalQuestion]]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: it must be a file of JSON lines in UTF-8.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield record, _question(record)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            form = '{"question": text, "answers": [texts] or null, "asked_at"?: "2025-01-31", "id"?: text}'
            raise DataError(f"{path}, line {number:,}: write {form}.") from error


def _question(record: dict[str, object]) -> EvalQuestion:
    text, asked_at = record["question"], record.get("asked_at")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("no question")
    support = record.get("supported_by")
    return EvalQuestion(
        id=str(record.get("id", text)),
        question=text,
        answers=_answers(record.get("answers")),
        asked_at=_time(str(asked_at)) if asked_at else None,
        half=ALL,
        supported_by=tuple(str(article) for article in support) if isinstance(support, list) else (),
    )


def _answers(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    answers = [value] if isinstance(value, str) else value
    if not isinstance(answers, list) or not answers:
        raise ValueError("neither answers nor null")
    return tuple(str(answer) for answer in answers)


def _time(text: str) -> datetime:
    """A time in UTC; one without a zone is taken to be."""
    time = datetime.fromisoformat(text)
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _week(question_id: str) -> str:
    return question_id.partition("_")[0]
