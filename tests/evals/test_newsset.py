"""Reading a news set."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evals.newsset import DataError, read_question_file, read_questions
from tests.evals.builders import write_lines


def test_no_week_is_in_both_halves(tmp_path: Path) -> None:
    """What is tuned on one half cannot have seen the other's stories."""
    records: list[dict[str, object]] = [
        {"id": f"2025010{week}_{n}", "question": "Who?", "answers": ["x"], "supported_by": ["a"]}
        for week in range(6)
        for n in range(3)
    ]
    write_lines(tmp_path / "questions.jsonl", *records)
    weeks = {(question.id.split("_")[0], question.half) for question in read_questions(tmp_path)}
    assert len(weeks) == 6
    assert {half for _, half in weeks} == {"tuning", "checking"}


def test_unsupported_questions_are_left_out_and_unanswerable_ones_kept(tmp_path: Path) -> None:
    """A question whose answer is in no article is no fair question; one known to have none asks for a refusal."""
    write_lines(
        tmp_path / "questions.jsonl",
        {"id": "1_1", "question": "Who?", "answers": ["x"], "supported_by": [], "asked_at": "2025-01-01"},
        {"id": "1_2", "question": "When?", "answers": ["y"], "supported_by": ["a"], "asked_at": "2025-01-01"},
    )
    write_lines(tmp_path / "unanswerable.jsonl", {"id": "2_1", "question": "Why?", "answers": None})
    found = {question.id: (question.answers, question.supported_by) for question in read_questions(tmp_path)}
    assert found == {"1_2": (("y",), ("a",)), "2_1": (None, ())}


def test_a_plain_file_of_questions_and_answers_is_enough(tmp_path: Path) -> None:
    """Anybody's own questions can be measured: neither ids nor dates are needed, and they are not split."""
    path = write_lines(
        tmp_path / "mine.jsonl",
        {"question": "Who?", "answers": ["x"]},
        {"question": "Where?", "answers": "y"},
        {"question": "Why?", "answers": None},
    )
    assert [(q.answers, q.asked_at, q.half) for q in read_question_file(path)] == [
        (("x",), None, "all"),
        (("y",), None, "all"),
        (None, None, "all"),
    ]


@pytest.mark.parametrize("written", ["2025-01-31", "2025-01-31T00:00:00Z", "2025-01-31T02:00:00+02:00"])
def test_a_time_is_in_utc_unless_it_names_its_zone(tmp_path: Path, written: str) -> None:
    """A question is asked at one instant, however that is written."""
    path = write_lines(tmp_path / "mine.jsonl", {"question": "Who?", "answers": ["x"], "asked_at": written})
    assert read_question_file(path)[0].asked_at == datetime(2025, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"answers": ["x"]}',
        '{"question": "", "answers": ["x"]}',
        '{"question": "Who?", "answers": []}',
        '{"question": "Who?", "answers": 3}',
        '{"question": "Who?", "answers": ["x"], "asked_at": "yesterday"}',
    ],
)
def test_a_wrong_line_is_named_with_the_form_it_should_have(tmp_path: Path, line: str) -> None:
    """A question that cannot be read never counts silently as one without an answer."""
    path = tmp_path / "mine.jsonl"
    path.write_text(f'{{"question": "Who?", "answers": ["x"]}}\n\n{line}\n', "utf-8")
    with pytest.raises(DataError, match=r'mine\.jsonl, line 3: write \{"question": text'):
        read_question_file(path)


def test_no_file_and_no_question_are_said(tmp_path: Path) -> None:
    """A measurement over nothing is refused."""
    with pytest.raises(DataError, match="cannot be read"):
        read_question_file(tmp_path / "none.jsonl")
    write_lines(tmp_path / "questions.jsonl")
    with pytest.raises(DataError, match="holds no question"):
        read_questions(tmp_path)
    with pytest.raises(DataError, match="holds no question"):
        read_question_file(tmp_path / "questions.jsonl")
