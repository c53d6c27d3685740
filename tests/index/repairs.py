"""Repairs of the vector index without a process of their own, for damage that crashes nobody; and what asks for one."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from index import mending, rebuilding
from index.errors import StoreError
from index.mending import mend_index
from index.probe import DamagedIndexError
from index.rebuilding import build_index
from index.repair_process import IndexFiles, OnCount, RepairStoppedError


def repair_here(
    module: str, files: IndexFiles, on_count: OnCount, stop: threading.Event | None, *, niced: bool = False
) -> list[str] | None:
    """Does in this process what `run_repair` does in another one."""
    if stop and stop.is_set():
        raise RepairStoppedError("stopped")
    try:
        return {mending.MODULE: mend_index, rebuilding.MODULE: build_index}[module](files, on_count)
    except (DamagedIndexError, StoreError):
        return None


def broken_off(data: Path) -> None:
    """Leaves an index as a process does that died within a write, a while after Chroma last wrote its graph."""
    mark = data / "index.dirty"
    mark.touch()
    for graph in data.glob("chroma-*/*/*.*"):
        os.utime(graph, ns=(0, mark.stat().st_mtime_ns - 10**9))
