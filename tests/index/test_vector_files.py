"""What is known about the vector index's files from one run to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import vector_files
from index.catalog import Catalog
from index.vector_files import VectorIndexFiles


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The vector index in files is the same beside any database: one is enough."""
    return tmp_path / "askwire.db"


@pytest.fixture
def files(tmp_path: Path, catalog: Catalog) -> VectorIndexFiles:
    return VectorIndexFiles(tmp_path, catalog)


def test_a_fresh_folder_never_comes_twice(files: VectorIndexFiles) -> None:
    """Not even when the first one was never made: a process that is being killed may still write to it."""
    assert len({files.fresh_folder() for _ in range(50)} | {files.folder}) == 51


def test_the_mark_is_on_disk_before_a_write_and_goes_after_all_else_is(
    files: VectorIndexFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that not even a power failure leaves a half-written index without its mark."""
    flushed: list[str] = []
    monkeypatch.setattr(vector_files, "_flush", lambda path: flushed.append(path.name))
    files.mark_writing()
    assert (files.was_writing, flushed) == (True, [tmp_path.name])
    files.mark_writing()
    assert len(flushed) == 1
    segment = files.folder / "segment"
    segment.mkdir(parents=True)
    (segment / "data.bin").write_bytes(b"1")
    files.mark_whole()
    assert not files.was_writing
    assert set(flushed[1:]) >= {"segment", "data.bin"}


def test_flushing_passes_over_what_cannot_be_flushed(tmp_path: Path) -> None:
    """A file that went meanwhile is no failure; one that is there is flushed."""
    (tmp_path / "there").write_text("1")
    vector_files._flush(tmp_path / "there")
    vector_files._flush(tmp_path / "gone")


def test_switching_over_deletes_the_others_and_counts_deletions_anew(files: VectorIndexFiles, tmp_path: Path) -> None:
    """Deleted vectors are counted over restarts, and a small index is never worn."""
    (tmp_path / "chroma-1").mkdir()
    files.note_deletions(600)
    files.note_deletions(400)
    assert not files.is_worn
    files.note_deletions(1)
    assert files.is_worn
    files.use(files.folder)
    assert files.is_worn
    (tmp_path / "chroma-b").mkdir()
    files.use(tmp_path / "chroma-b")
    assert not files.is_worn
    assert [path.name for path in tmp_path.glob("chroma-*")] == ["chroma-b"]
