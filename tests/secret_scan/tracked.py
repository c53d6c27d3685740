"""The lines of the files that git tracks, and those of every version that a commit ever had."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

_MOST = 5_000  # characters; no line of ours is longer, and patterns take long over one that is


def tracked_lines(root: Path) -> Iterator[tuple[str, str]]:
    """The lines of the tracked files as they are now, each with its file and number."""
    for name in _git(root, "ls-files", "-z").decode().split("\0"):
        path = root / name
        if name and path.is_file():
            for number, line in _lines(path.read_bytes()):
                yield f"{name}:{number}", line


def past_lines(root: Path) -> Iterator[tuple[str, str]]:
    """The lines of every version of every file that leads to the commit that is checked out, each version once."""
    named = dict(
        line.split(" ", 1) for line in _git(root, "rev-list", "--objects", "HEAD").decode().splitlines() if " " in line
    )
    contents = _git(root, "cat-file", "--batch", given="\n".join(named).encode())
    at = 0
    while at < len(contents):
        end = contents.index(b"\n", at)
        name, kind, size = contents[at:end].decode().split()
        at = end + 1 + int(size)
        if kind == "blob":
            for number, line in _lines(contents[end + 1 : at]):
                yield f"{named[name]}:{number} in blob {name[:12]}", line
        at += 1


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        for start in range(0, len(line), _MOST):
            yield number, line[start : start + _MOST].strip()


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    return subprocess.run(["git", *words], cwd=root, input=given, capture_output=True, check=True).stdout
