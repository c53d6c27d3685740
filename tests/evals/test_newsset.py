"""Reading a news set."""

from __future__ import annotations

import json
from pathlib import Path

from evals.newsset import read_questions


def write(path: Path, *records: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def test_no_week_is_in_both_halves(tmp_path: Path) -> None:
    """What is tuned on one half cannot have seen the other's stories."""
    records: list[dict[str, object]] = [
        {"id": f"2025010{week}_{n}", "question": "Who?", "answers": ["x"], "supported_by": ["a"]}
        for week in range(6)
        for n in range(3)
    ]
    write(tmp_path / "questions.jsonl", *records)
    weeks = {(question.id.split("_")[0], question.half) for question in read_questions(tmp_path)}
    assert len(weeks) == 6
    assert {half for _, half in weeks} == {"tuning", "checking"}


def test_unsupported_questions_are_left_out_and_unanswerable_ones_kept(tmp_path: Path) -> None:
    """A question whose answer is in no article is no fair question; one known to have none asks for a refusal."""
    write(
        tmp_path / "questions.jsonl",
        {"id": "1_1", "question": "Who?", "answers": ["x"], "supported_by": [], "asked_at": "2025-01-01"},
        {"id": "1_2", "question": "When?", "answers": ["y"], "supported_by": ["a"], "asked_at": "2025-01-01"},
    )
    write(tmp_path / "unanswerable.jsonl", {"id": "2_1", "question": "Why?", "answers": None})
    found = {question.id: question.answers for question in read_questions(tmp_path)}
    assert found == {"1_2": ("y",), "2_1": None}


def test_a_plain_file_of_questions_and_answers_is_enough(tmp_path: Path) -> None:
    """Anybody's own questions can be measured: neither ids nor dates are needed."""
    write(tmp_path / "questions.jsonl", {"question": "Who?", "answers": ["x"]})
    (question,) = read_questions(tmp_path)
    assert (question.answers, question.asked_at) == (("x",), None)
