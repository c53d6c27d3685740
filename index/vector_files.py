"""Where the vector index lies below the data directory, and what is known about its state from one run to the next."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from index.catalog import Catalog
from index.database import DatabasePlace, place_of

_FOLDER = "chroma_folder"
_FIRST = "chroma-1"
_DELETIONS = "vector_deletions"
_IN_STEP, _CLOSED = "index_in_step", "askwire.closed"
_FEW_DELETIONS = 1000
_MARK = "index.dirty"
_CLOCK_TICK_NS = 20_000_000  # the times of files are those of the system's last tick
_GRAPH_FILES = ("*.bin", "*.pickle")


def graph_changed_amid_write(folder: Path) -> bool:
    """Whether Chroma wrote its graph to these files in the write that was broken off, so that half of it may be there.

    It holds what is new in its database, and rewrites the graph every 1,000 records. An index that a kill met between
    two such times is whole; one that it met within may be damaged in ways that no search shows and a later one crashes
    on.
    """
    try:
        begun = (folder.parent / _MARK).stat().st_mtime_ns - _CLOCK_TICK_NS
    except OSError:
        return False
    return any(file.stat().st_mtime_ns >= begun for pattern in _GRAPH_FILES for file in folder.glob(f"*/{pattern}"))


class NoVectorFiles:
    """Stands in for `VectorIndexFiles` where a server holds the vectors: there is nothing to mark."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def mark_writing(self) -> None:
        """Nothing."""


class VectorIndexFiles:
    """The Chroma directory in use, the mark of an unfinished write, and how many deleted vectors the graph carries."""

    def __init__(self, data_dir: Path, catalog: Catalog) -> None:
        self.data_dir = data_dir
        self._catalog = catalog
        self._dirty = data_dir / _MARK
        self._opening = data_dir / "index.opening"

    @property
    def folder(self) -> Path:
        """The Chroma directory in use."""
        return self.data_dir / (self._catalog.get_meta(_FOLDER) or _FIRST)

    @property
    def database(self) -> DatabasePlace:
        """Where the catalog is."""
        return place_of(self._catalog.engine)

    def fresh_folder(self) -> Path:
        """A directory never used before: no process that outlives another one for a moment writes to the same."""
        return self.data_dir / f"chroma-{secrets.token_hex(4)}"

    def use(self, folder: Path) -> None:
        """Switches over, once all of it is on disk, and deletes every other one."""
        if folder != self.folder:
            flush_tree(folder)
            self._catalog.set_meta(_FOLDER, folder.name)
            self._catalog.set_meta(_DELETIONS, "0")
        self.remove_others()

    def values_of(self, folder: Path) -> dict[str, str]:
        """What the catalog's meta table says when this directory is the one in use, and is new."""
        return {_FOLDER: folder.name, _DELETIONS: "0"}

    def remove_others(self) -> None:
        """Deletes the directories that are not in use, as a crash in the middle of a rebuild leaves them."""
        folder = self.folder
        for other in self.data_dir.glob("chroma-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def mark_writing(self) -> None:
        """Notes on disk that a write is under way."""
        if not self._dirty.exists():
            self._dirty.touch()
            _flush(self.data_dir)

    def mark_whole(self) -> None:
        """Notes that the write came to its end, once all that it changed is on disk."""
        with contextlib.suppress(FileNotFoundError):
            begun = self._dirty.stat().st_mtime_ns - _CLOCK_TICK_NS
            for path in self.folder.rglob("*"):
                with contextlib.suppress(FileNotFoundError):  # what SQLite had beside its file for a moment
                    if path.stat().st_mtime_ns >= begun:
                        _flush(path)
            self._dirty.unlink()

    def note_in_step(self, *, changed: bool) -> None:
        """Notes, as the last thing before both are closed, that the index holds the vectors of this very catalog.

        Where nothing was `changed` the catalog stays the same byte by byte.
        """
        token = self._catalog.get_meta(_IN_STEP)
        if changed or not token:
            token = secrets.token_hex(8)
            self._catalog.set_meta(_IN_STEP, token)
        with contextlib.suppress(OSError):  # the next start then compares the two
            (self.folder / _CLOSED).write_text(token, "utf-8")

    @property
    def in_step(self) -> bool:
        """Whether that was noted last, of this catalog and this directory."""
        token = self._catalog.get_meta(_IN_STEP)
        try:
            return bool(token) and (self.folder / _CLOSED).read_text("utf-8") == token
        except (OSError, ValueError):
            return False

    def take_in_step(self) -> bool:
        """The same, and it is noted no more."""
        noted = self.in_step
        with contextlib.suppress(OSError):
            (self.folder / _CLOSED).unlink()
            _flush(self.folder)
        return noted

    def forget_marks(self) -> None:
        """Takes back what is noted of the directory that was in use before another, whole one."""
        self._dirty.unlink(missing_ok=True)
        self.forget_opening()

    @property
    def was_writing(self) -> bool:
        """Whether the last process ended within a write."""
        return self._dirty.exists()

    @contextlib.contextmanager
    def opening(self) -> Iterator[None]:
        """Notes on disk, for as long as the block lasts, that an index that may be damaged is put right."""
        if self.was_writing:
            self._opening.touch()
            _flush(self.data_dir)
        yield
        self.forget_opening()

    def forget_opening(self) -> None:
        """Notes that this went well, or is not needed any more."""
        self._opening.unlink(missing_ok=True)

    @property
    def died_opening(self) -> bool:
        """Whether the last process ended while it opened the index, as damage that mending did not see can end it."""
        return self._opening.exists()

    def note_deletions(self, count: int) -> None:
        """Counts vectors that were deleted: Chroma's graph keeps their places, in memory and on the way of searches."""
        self._catalog.set_meta(_DELETIONS, str(self._deletions + count))

    @property
    def is_worn(self) -> bool:
        """Whether more than a third of what the graph holds is deleted."""
        return self._deletions > max(_FEW_DELETIONS, self._catalog.totals()[1] // 2)

    @property
    def _deletions(self) -> int:
        return int(self._catalog.get_meta(_DELETIONS) or 0)


def flush_tree(folder: Path) -> None:
    """Sees all files below a directory to the disk, where the system can."""
    for path in (folder, *folder.rglob("*")):
        _flush(path)


def _flush(path: Path) -> None:
    """Sees a file or directory to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
