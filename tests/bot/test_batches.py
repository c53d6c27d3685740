"""`--batch`: a line in, a line out, in order, whatever a line holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.batches import BatchLine, read_batch
from tests.bot.command import Askwire

ARTICLES = [
    {"id": "old", "title": "Lake walk", "published_at": "2023-01-08", "text": "Forty people walked around the lake."},
    {"id": "new", "title": "Lake walk", "published_at": "2024-06-02", "text": "Seventy people walked around the lake."},
]
QUESTION = "How many people walked around the lake?"
LINES = [
    json.dumps({"id": "a", "question": QUESTION, "asked_at": "2024-06-03"}),
    json.dumps({"id": 2, "question": QUESTION, "asked_at": "2023-01-09T08:00:00+02:00"}),
    "",
    json.dumps({"id": "empty", "question": "  ?"}),
    "{not json",
    "[1]",
    json.dumps({"id": "none"}),
    json.dumps({"id": "long", "question": "lake " * 1000}),
    json.dumps({"id": "date", "question": QUESTION, "asked_at": "yesterday"}),
    '{"id": "half", "question": "lake \\ud800"}',
    json.dumps({"question": QUESTION}),
]
IDS = ["a", 2, "empty", None, None, "none", "long", "date", "half", None]
FAULTS = {
    2: "The question is empty. Ask something like: How many rockets hit?",
    3: "batch.jsonl, line 5: not valid JSON.",
    4: "batch.jsonl, line 6: not a JSON object.",
    5: 'batch.jsonl, line 7: it needs a "question" that is a text.',
    7: 'batch.jsonl, line 9: "asked_at" is no date like 2025-01-31.',
}


@pytest.fixture(scope="module")
def askwire(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """A collection of two stories that only differ in their number and date, and a batch file."""
    command = Askwire(tmp_path_factory.mktemp("batches"))
    (command.folder / "two.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    (command.folder / "batch.jsonl").write_text("\n".join(LINES))
    assert command("add", "two.jsonl").code == 0
    return command


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_line_gets_an_error_and_the_rest_go_on(askwire: Askwire, command: str) -> None:
    """Each line that is not empty has its line of output with its own id, in order; nothing stops at a fault."""
    done = askwire(command, "--batch", "batch.jsonl")
    assert (done.code, done.err) == (0, "")
    assert [line["id"] for line in done.json] == IDS
    faults = {at: line["error"] for at, line in enumerate(done.json) if "error" in line}
    assert faults.pop(6).startswith("The question has 4,999 characters;")
    assert faults == FAULTS
    assert all(list(line) == ["id", "question", "error"] for line in done.json if "error" in line)
    assert all(line["evidence"] for line in done.json if "error" not in line)


def test_a_batch_line_is_the_json_answer(askwire: Askwire) -> None:
    """A line of a batch has the same keys as `ask --json`."""
    alone = askwire("ask", QUESTION, "--json").json[0]
    first = askwire("ask", "--batch", "batch.jsonl").json[0]
    assert list(first) == list(alone)


def test_asked_at_prefers_the_news_of_its_time(askwire: Askwire) -> None:
    """The same question asked in two years finds each year's story first."""
    first, second = askwire("search", "-k", "1", "--batch", "batch.jsonl").json[:2]
    assert [line["evidence"][0]["article_id"] for line in (first, second)] == ["new", "old"]


def test_asked_at_is_utc(tmp_path: Path) -> None:
    """A time without a zone is UTC, one with a zone is turned into it."""
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(LINES))
    first, second = list(read_batch(path))[:2]
    assert first == BatchLine("a", QUESTION, datetime(2024, 6, 3, tzinfo=UTC))
    assert second == BatchLine(2, QUESTION, datetime(2023, 1, 9, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file or directory"), (b"\xff\xfe\x00", "it is not UTF-8 text")],
    ids=["missing", "not UTF-8"],
)
def test_a_batch_that_cannot_be_read_is_a_clear_fault(askwire: Askwire, content: bytes | None, reason: str) -> None:
    """A missing file, or one that is no text, is one line and exit code 1."""
    if content is not None:
        (askwire.folder / "bad.jsonl").write_bytes(content)
    assert askwire("ask", "--batch", "bad.jsonl").fault == f"bad.jsonl cannot be read: {reason}."
