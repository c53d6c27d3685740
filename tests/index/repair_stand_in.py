"""Stands in for a process that checks the vector index, and misbehaves as its embedder's name says."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from index.repair_process import IndexFiles, OnCount, repair_main


def misbehave(files: IndexFiles, on_count: OnCount) -> Sequence[str]:
    """Does what the test wants to see handled."""
    on_count(1, 2)
    behaviour = files.embedder
    if behaviour == "crashes":
        os.abort()
    if behaviour == "crashes at its end":
        sys.stdout.write('{"found": []}\n')
        sys.stdout.flush()
        os.abort()
    if behaviour == "fails":
        raise ValueError
    if behaviour == "breaks off":
        sys.stdout.write('{"found": [')
    if behaviour in {"says nothing", "breaks off"}:
        sys.stdout.flush()
        os._exit(0)
    time.sleep(60)
    return []


if __name__ == "__main__":
    repair_main(misbehave)
