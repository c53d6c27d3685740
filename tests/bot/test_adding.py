"""`askwire add`: many sources in one command."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from bot.adding import add_sources
from index.news_index import NewsIndex
from index.types import PUBLIC
from tests.bot.harness import QUOTE
from tests.index.sources.test_documents import PARAGRAPH, TITLE, make_pdf


def text_file(folder: Path, number: int) -> str:
    """A story of its own."""
    path = folder / f"story-{number}.txt"
    path.write_text(f"Report {number}\n\n{QUOTE} This is report number {number} of many from town {number * 7}.")
    return str(path)


async def test_many_files_are_told_in_their_order(
    news: NewsIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is one line, in the order of the command; the faulty ones go to standard error."""
    names = [text_file(tmp_path, number) for number in range(12)]
    (tmp_path / "empty.txt").write_text("")
    faults = await add_sources(news, [*names[:6], str(tmp_path / "empty.txt"), *names[6:], str(tmp_path / "no.pdf")])
    said = capsys.readouterr()
    assert faults == 2
    lines = said.out.splitlines()
    assert [line.partition("  ")[2] for line in lines[:-1]] == [f"Report {number}" for number in range(12)]
    assert lines[-1] == "12 added, 2 could not be read."
    assert said.err.splitlines() == [
        "askwire: empty.txt is empty.",
        "askwire: no.pdf does not exist. Check the path.",
    ]
    assert await news.count(PUBLIC) == 12


async def test_a_bulk_file_is_read_as_it_is_added(
    news: NewsIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON lines stay a stream, and its bad line costs only itself, between files that are read in a process."""
    lines = [json.dumps({"id": f"a{n}", "title": f"Title {n}", "text": f"{QUOTE} Number {n}."}) for n in range(100)]
    lines[50] = "{broken"
    (tmp_path / "bulk.jsonl").write_text("\n".join(lines))
    (tmp_path / "a.pdf").write_bytes(make_pdf())
    assert await add_sources(news, [str(tmp_path / "a.pdf"), str(tmp_path / "bulk.jsonl"), text_file(tmp_path, 1)]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "101 added, 1 could not be read."
    assert said.err.startswith("askwire: bulk.jsonl, line 51: not valid JSON.")
    (pdf,) = [article for article in await news.articles(PUBLIC, limit=200) if article.title == TITLE]
    stored = await news.article(pdf.id, PUBLIC)
    assert stored is not None
    assert stored.text == PARAGRAPH


async def test_an_endless_file_is_refused(news: NewsIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A device or a pipe has no size to look at beforehand: reading stops at the limit."""
    assert await add_sources(news, ["/dev/zero"]) == 1
    assert "zero is over 20 MB" in capsys.readouterr().err
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(f"Report\n\n{QUOTE}"))
    writer.start()
    assert await add_sources(news, [str(pipe)]) == 0
    writer.join()
    assert capsys.readouterr().out.endswith("  Report\n")


async def test_nothing_is_parsed_in_this_process(
    news: NewsIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser of files is never called here, whatever the type; only JSON lines are read here."""

    def parse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("index.sources.files.read_file", parse)
    monkeypatch.setattr("index.sources.documents.pdf_article", parse)
    (tmp_path / "a.pdf").write_bytes(make_pdf())
    assert await add_sources(news, [str(tmp_path / "a.pdf"), text_file(tmp_path, 1)]) == 0
