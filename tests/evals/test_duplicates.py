"""The measurement of duplicates, on made-up articles."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from evals import duplicates
from evals.duplicates import CUT, LABELS, read_labels, resemblance, run_duplicates
from evals.made_copies import COPIES, CUTS, OTHER_STORIES
from index.near_duplicates import is_copy, is_cut
from index.types import Article
from tests.index.wire_reports import TEXT, TITLE, paragraphs

REPORT = Article(id="report", title=TITLE, text=TEXT)
STORIES = {
    "report": TEXT,
    "carried": f"SPLIT (AP) — {TEXT}",
    "cut": paragraphs(0, 1, 2, 3),
    "other": TEXT.replace("12 people", "17 people"),
}
TITLES = {"cut": "Ferry aground off Split"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A news set of four articles and the labels of three pairs."""
    rows = [
        {
            "id": name,
            "title": TITLES.get(name, TITLE),
            "text": text,
            "url": f"https://{name}.example/a",
            "published_at": f"2024-05-0{day}",
        }
        for day, (name, text) in enumerate(STORIES.items(), start=1)
    ]
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    labels = tmp_path / "labels.tsv"
    labels.write_text("# a note\nreport\tcarried\tcopy\ncut\treport\tcut\nreport\tother\tdifferent\n", "utf-8")
    monkeypatch.setattr(duplicates, "LABELS", labels)
    return tmp_path


async def test_figures_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pairs of a set are decided as they are labelled; a pair that is merged without a label is shown."""
    assert await run_duplicates(folder) == 1
    printed = capsys.readouterr().out
    assert "addresses: 4, keys: 4" in printed
    assert "copy                1        1" in printed
    assert "different           1        0       0" in printed
    assert "merged, not looked at: carried cut" in printed
    assert "stories merged falsely: 1" in printed


async def test_without_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what is missing."""
    assert await run_duplicates(tmp_path) == 2
    assert "nothing to measure" in capsys.readouterr().out


def test_labels_are_pairs_of_ids() -> None:
    """Nothing else of the articles is in the repository, and no pair is labelled twice."""
    labels = read_labels(LABELS)
    assert len(labels) == len({frozenset((label.one, label.other)) for label in labels}) >= 150
    assert {label.kind for label in labels} == {"copy", CUT, "different"}
    assert all(len(part) == 12 and int(part, 16) for label in labels for part in (label.one, label.other))


def test_resemblance_is_the_share_of_common_shingles() -> None:
    """Of six and six words with five in a row in common, one shingle of three."""
    assert resemblance("a b c d e f", "a b c d e g") == pytest.approx(1 / 3)
    assert resemblance("", "") == 0.0


@pytest.mark.parametrize("name", [name for name in COPIES if name not in ("another headline", "last paragraph cut")])
def test_made_copies_are_copies(name: str) -> None:
    """Each way changes the text, and leaves the report the same."""
    made = COPIES[name](REPORT)
    assert made is not None
    assert made.text != REPORT.text or name == "words edited"
    assert is_copy(REPORT, made)


def test_made_cuts_are_cuts() -> None:
    """The last third goes, the rest stays as it is."""
    made = CUTS["last third cut"](REPORT)
    assert made is not None
    assert REPORT.text.startswith(made.text)
    assert is_cut(made, REPORT)


@pytest.mark.parametrize("name", OTHER_STORIES)
def test_made_stories_are_no_copies(name: str) -> None:
    """Each tells something else."""
    made = OTHER_STORIES[name](REPORT)
    assert made is not None
    assert made.text != REPORT.text
    assert not is_copy(REPORT, made)


def test_what_cannot_be_changed_is_left_out() -> None:
    """A text without a number has no other number."""
    assert OTHER_STORIES["another number"](Article(title="", text="Nobody knows when it began.")) is None
    assert COPIES["last paragraph cut"](REPORT) is not None
    assert COPIES["last paragraph cut"](Article(title="", text="One paragraph.")) is None
