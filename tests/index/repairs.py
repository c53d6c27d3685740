"""Repairs of the vector index without a process of their own: quick, and only for damage that crashes nobody."""

from __future__ import annotations

import threading

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
