"""The commands of docs/scaling.md, run as they stand there, on a small made-up news set."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from evals import postgres_server as postgres
from evals.newsset import ARTICLES
from evals.scale_figures import EMBEDDED, SERVER, read_figures
from tests.bot.command import ROOT
from tests.end_to_end.shell import Shell, block_of
from tests.index.feed_site import story

CHUNKS = 60
IN_FILES, ON_SERVERS, DRAWN = block_of("docs/scaling.md", "python -m evals scale").splitlines()


def small(line: str) -> str:
    """The line with the news set of `shell`, and an index of a few chunks."""
    return f"{line} --data news --sizes {CHUNKS}"


@pytest.fixture
def shell(weights_dir: Path, tmp_path: Path) -> Shell:
    """A shell beside a news set in `news`, with a cache of its own in which are the models' weights."""
    (tmp_path / "news").mkdir()
    with gzip.open(tmp_path / "news" / ARTICLES, "wt", encoding="utf-8") as file:
        for number in range(12):
            text = "\n\n".join(story(f"{number} {part}", 4) for part in range(2))
            file.write(json.dumps({"id": str(number), "title": f"Title {number}", "text": text}) + "\n")
    asked = [f"What came to the harbour, says the {number} report?" for number in range(8)]
    lines = [json.dumps({"id": str(number), "question": one, "answers": ["x"]}) for number, one in enumerate(asked)]
    (tmp_path / "news" / "questions.jsonl").write_text("\n".join(lines))
    (tmp_path / "cache" / "askwire").mkdir(parents=True)
    (tmp_path / "cache" / "askwire" / "weights").symlink_to(weights_dir / "weights")
    return Shell(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))


@pytest.mark.timeout(240)  # real models, in processes of their own
async def test_files_are_measured(shell: Shell) -> None:
    """The first line writes how large an index in files is, and how quick."""
    assert f"| {EMBEDDED} |" in await shell(small(IN_FILES))
    (size,) = read_figures([shell.folder / "files.json"])
    assert (size.mode, size.chunks >= CHUNKS, size.servers_mb) == (EMBEDDED, True, 0)
    assert min(size.p50_ms, size.first_answer_s, size.chunks_per_second, size.resident_mb) > 0


@pytest.mark.timeout(240)  # two servers and real models
async def test_servers_are_measured(shell: Shell) -> None:
    """The second line starts two servers, and tells what the index, and the servers' memory, are there."""
    if reason := postgres.missing():
        pytest.skip(reason)
    assert f"| {SERVER} |" in await shell(small(ON_SERVERS))
    (size,) = read_figures([shell.folder / "servers.json"])
    assert (size.mode, size.chunks >= CHUNKS) == (SERVER, True)
    assert min(size.p50_ms, size.first_answer_s, size.chunks_per_second, size.servers_mb) > 0


async def test_figures_are_drawn(tmp_path: Path) -> None:
    """The last line measures nothing: it tells and draws the figures of both files, here those of the document."""
    shutil.copy(ROOT / "docs/scale-embedded.json", tmp_path / "files.json")
    shutil.copy(ROOT / "docs/scale-server.json", tmp_path / "servers.json")
    told = (await Shell(tmp_path)(DRAWN)).splitlines()
    document = (ROOT / "docs/scaling.md").read_text("utf-8").splitlines()
    assert len([line for line in told if line.startswith(("| embedded |", "| server |")) and line in document]) == 8
    assert (tmp_path / "scale.png").read_bytes().startswith(b"\x89PNG")


async def test_costs_are_told(tmp_path: Path) -> None:
    """The command in the text tells its tables, and takes prices as the text puts them."""
    text = (ROOT / "docs/scaling.md").read_text("utf-8")
    command, prices = re.findall(r"`(python -m evals scale-costs|--assume [^`]+)`", text)
    shell = Shell(tmp_path)
    told = [line for line in (await shell(command)).splitlines() if line.startswith("|")]
    assert told
    assert [line for line in told if line not in text.splitlines()] == []
    assert "| `ram_dollars` | 3 |" in await shell(f"{command} {prices}")
