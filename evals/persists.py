"""Chroma's persists as one sees them from outside: it rewrites a collection's graph every so many records.

The order in Chroma 1.5.9 (`rust/segment/src/local_hnsw.rs`): the files of the graph, then its map of ids, then in
SQLite up to which record they go. A process that is killed between the first and the last was amid a persist.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_LOOK_EVERY_S = 0.0005
_CLOCK_TICK_NS = 20_000_000  # the times of files are those of the system's last tick
_DATABASE = "chroma.sqlite3"


def wait_for_persist(data_dir: Path, ended: Callable[[], bool], timeout_s: float) -> int | None:
    """Waits until a file of a graph changes; a moment just before, in ns since 1970. None when `ended`, or none did."""
    before = _changes(data_dir)
    looked = time.time_ns()
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        now = _changes(data_dir)
        if any(before.get(path, changed) != changed for path, changed in now.items()):
            return looked - _CLOCK_TICK_NS
        before |= now
        looked = time.time_ns()
        if ended():
            return None
        time.sleep(_LOOK_EVERY_S)
    return None


def unrecorded(data_dir: Path) -> int:
    """How many records the graph in use lacks according to Chroma's own database; of a process that is dead."""
    lacking = 0
    for database in data_dir.glob(f"chroma-*/{_DATABASE}"):
        with tempfile.TemporaryDirectory() as folder:
            for file in database.parent.glob(f"{_DATABASE}*"):
                shutil.copy(file, folder)
            connection = sqlite3.connect(Path(folder) / _DATABASE)
            try:
                lacking = max(lacking, _lacking(connection))
            except sqlite3.DatabaseError:
                continue
            finally:
                connection.close()
    return lacking


def changed_since(data_dir: Path, moment_ns: int) -> bool:
    """Whether a file of a graph was written to after a moment."""
    return any(changed >= moment_ns for changed in _changes(data_dir).values())


def _lacking(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        """SELECT (SELECT max(seq_id) FROM embeddings_queue) - coalesce(max_seq_id.seq_id, 0)
           FROM segments LEFT JOIN max_seq_id ON max_seq_id.segment_id = segments.id
           WHERE segments.scope = 'VECTOR'"""
    ).fetchone()
    return int(row[0] or 0) if row else 0


def _changes(data_dir: Path) -> dict[Path, int]:
    """The files of all graphs with the time of their last change, in ns."""
    found: dict[Path, int] = {}
    for pattern in ("*.bin", "*.pickle"):
        for path in data_dir.glob(f"chroma-*/*/{pattern}"):
            try:
                found[path] = path.stat().st_mtime_ns
            except FileNotFoundError:
                continue
    return found
