"""File names are only shown, and the shapes that patterns choke on are read in no time at ten times the length."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from index.errors import SourceError
from index.sources.reader import SourceReader, open_reader
from tests.hostile import markup, texts
from tests.hostile.world import is_clean

pytestmark = pytest.mark.asyncio(loop_scope="module")
NAMES = [
    "../../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\windows\\win.ini",
    "C:\\Users\\ann\\x.txt",
    "file:///etc/passwd",
    "a\0b.txt",
    "a\nb\x1b[2J.txt",
    "\u202etxt.exe",
    "half\ud800.txt",
    "x" * 5_000 + ".txt",
    "",
    ".",
    "..",
    "...txt",
    "CON",
    "-rf.txt",
    "$(reboot).txt",
    "{name}%s%n.txt",
    "<b>x</b>.txt",
    "нет.txt",
    "👩\u200d👧.txt",
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader() -> AsyncIterator[SourceReader]:
    """A reader of files."""
    async with open_reader() as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES, ids=ascii)
async def test_a_name_is_never_a_path(
    reader: SourceReader, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that is read is the one that was sent; an error shows a clean part of the name, on one line."""
    monkeypatch.chdir(tmp_path)
    (article,) = await reader.file(f"Ferry Marta\n\n{markup.STORY}".encode(), name)
    assert (article.title, article.text) == ("Ferry Marta", markup.STORY)
    with pytest.raises(SourceError) as refusal:
        await reader.file(b"\x89PNG\r\n\x1a\n" + bytes(50), name)
    shown = str(refusal.value)
    assert is_clean(shown)
    assert len(shown.splitlines()) == 1
    assert len(shown) < 300
    assert "etc/" not in shown
    assert "windows\\" not in shown
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", texts.SHAPES)
async def test_a_long_run_is_read_in_no_time(reader: SourceReader, what: str) -> None:
    """200,000 characters of it: a pattern that took time in their square would take minutes."""
    begun = time.monotonic()
    assert len(await reader.file(texts.shape(what, texts.LONG), "a.txt")) == 1
    assert time.monotonic() - begun < 10
