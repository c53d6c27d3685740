"""The tables of a measurement."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from evals.report import markdown, print_report
from evals.result import commit_of
from tests.evals.builders import make_result, make_scored


def printed(*, unsupported: tuple[str, ...] = (), notice: str | None = None) -> str:
    """A report as it goes to a file."""
    replies = [
        make_scored("1", unsupported=unsupported, notice=notice),
        make_scored("2", golds=None, status="declined"),
    ]
    console = Console(file=io.StringIO())
    print_report(make_result(replies), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_report_shows_figures_with_intervals_and_targets() -> None:
    """Stages and answers stand in their tables, beneath what was measured."""
    text = printed()
    assert "made-up: 3 articles in 9 chunks, 1 answerable and 1 unanswerable questions" in text
    assert "lexical alone (BM25)" in text
    assert "1.00–1.00" in text
    assert "gold answer in the reply" in text
    assert "≥ 0.60" in text
    assert "FAULT" not in text


def test_the_report_names_each_fault_and_notice() -> None:
    """A claim that no quote holds is named with its question, and a model that failed is not passed over."""
    text = printed(unsupported=("28", "[x]"), notice="The language model is down.")
    assert "FAULT 1: no cited quote holds 28, [x]" in text
    assert "1 replies came with a notice, such as: The language model is down." in text


def test_quotes_that_are_not_verbatim_are_faults_of_askwire_alone() -> None:
    """A baseline quotes nothing and is not judged by it."""
    replies = [make_scored("1", quotes=2), make_scored("1", system="llama-index", unsupported=("x",))]
    assert make_result(replies).faults == ["1: 1 of 2 quotes are not verbatim"]


def test_the_markdown_tables_are_whole() -> None:
    """Every row has as many cells as its heading."""
    text = markdown(make_result([make_scored("1"), make_scored("2", golds=None, status="declined")]))
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert [table[0].split("|")[1].strip() for table in tables] == ["questions", "answers"]
    for table in tables:
        assert len({line.count("|") for line in table}) == 1
    assert "| checking | fused | 0.000 (0.00–0.00) | 1.000 (1.00–1.00) |" in text
    assert "askwire, checking half (1 + 1)" in text


def test_the_json_has_every_figure_and_every_question() -> None:
    """Errors can be looked at one by one."""
    record = json.loads(json.dumps(make_result([make_scored("1")]).as_json()))
    assert record["run"]["data"] == "made-up"
    assert record["retrieval"][0]["recall"]["3"]["value"] == 1.0
    assert record["answers"][0]["shares"]["f1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "questions": 1}
    assert record["questions"]["answers"][0]["short_answer"] == "27"
    assert record["questions"]["retrieval"][0]["rank"] == 2


def test_outside_a_checkout_no_commit_is_named(tmp_path: Path) -> None:
    """An unpacked copy has none."""
    assert commit_of(tmp_path) is None
    (tmp_path / ".git").mkdir()
    assert commit_of(tmp_path) is None
