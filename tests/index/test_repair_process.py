"""Checking and building the vector index in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from index import probe, rebuilding, repair_process
from index.catalog import Catalog
from index.database import place_of, place_text
from index.ingest import ingest
from index.providers.fakes import FakeEmbedder
from index.repair_process import IndexFiles, RepairStoppedError, run_repair
from index.store import VectorStore
from index.types import PUBLIC
from tests.index.builders import FERRY, ROCKETS

MODULE = "tests.index.repair_stand_in"


@pytest.fixture
def files(tmp_path: Path, catalog: Catalog, store: VectorStore, embedder: FakeEmbedder) -> IndexFiles:
    """An index that is whole and closed."""
    list(ingest([ROCKETS, FERRY], "public", catalog, store, embedder))
    store.close()
    return IndexFiles(tmp_path / "chroma", place_of(catalog.engine), embedder.name, embedder.dimension)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets processes find the tests' own modules, which are not installed."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def run(files: IndexFiles, behaviour: str, stop: threading.Event | None = None) -> list[str] | None:
    told = IndexFiles(files.folder, files.database, behaviour, files.dimension)
    return run_repair(MODULE, told, lambda *_: None, stop)


def test_the_processes_check_and_build(files: IndexFiles, tmp_path: Path, embedder: FakeEmbedder) -> None:
    """A whole index is found whole, and one that is built holds every vector."""
    counts: list[tuple[int, int]] = []
    assert run_repair(probe.MODULE, files, lambda *count: counts.append(count), None, niced=True) == []
    assert counts[-1] == (2, 2)
    fresh = IndexFiles(tmp_path / "fresh", files.database, files.embedder, files.dimension)
    assert run_repair(rebuilding.MODULE, fresh, lambda *_: None, None) == []
    store = VectorStore(fresh.folder, fresh.embedder, fresh.dimension)
    assert store.search(embedder.embed_query(FERRY.text), PUBLIC, 1)[0][0] == "ferry-1-0"
    store.close()


@pytest.mark.parametrize("behaviour", ["crashes", "crashes at its end", "fails", "says nothing", "breaks off"])
def test_a_process_that_does_not_say_what_it_found_has_found_nothing_good(
    files: IndexFiles, stand_in: None, behaviour: str
) -> None:
    """A crash, an error, silence, and half a line."""
    assert run(files, behaviour) is None


def test_a_process_that_hangs_is_killed(files: IndexFiles, stand_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes without a sign of life are enough; here, half a second."""
    monkeypatch.setattr(repair_process, "_QUIET_S", 0.5)
    started = time.monotonic()
    assert run(files, "hangs") is None
    assert time.monotonic() - started < 20


def test_a_process_can_be_stopped(files: IndexFiles, stand_in: None) -> None:
    """Closing does not wait for a rebuild."""
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(RepairStoppedError, match="begins again at the next start"):
        run(files, "hangs", stop)


def test_a_process_ends_with_its_parent_and_holds_the_files_until_then(files: IndexFiles, stand_in: None) -> None:
    """The next start's processes wait for it, so that two never write to one directory."""
    arguments = [str(files.folder), "hangs", "64"]
    given = f"{place_text(files.database)}\n".encode()
    code = f"""
import subprocess, sys
process = subprocess.Popen(
    [sys.executable, "-P", "-m", {MODULE!r}, *{arguments!r}, "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
)
process.stdin.write({given!r})
process.stdin.flush()
process.stdout.readline()
print(process.pid, flush=True)
process.wait()
"""
    lock = FileLock(files.folder.parent / "askwire.repair.lock")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        with pytest.raises(Timeout):
            lock.acquire(timeout=0)
        os.kill(parent.pid, signal.SIGKILL)
    lock.acquire(timeout=20)
    lock.release()
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(child)


def _wait_until_gone(pid: int) -> None:
    for _ in range(200):
        os.kill(pid, 0)
        time.sleep(0.05)
