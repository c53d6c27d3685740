"""`python -m tests.secret_scan`: fails when a tracked file, or any version of one, holds what looks like a secret.

What is known to be none stands in allowed.tsv beside this file, by its fingerprint and with the reason.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.secret_scan.finding import Finding, findings
from tests.secret_scan.tracked import past_lines, tracked_lines

ROOT = Path(__file__).parents[2]
ALLOWED = Path(__file__).with_name("allowed.tsv")


def allowed(table: Path = ALLOWED) -> dict[str, str]:
    """The reason why each fingerprint is let through."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row["fingerprint"]: row["reason"] for row in csv.DictReader(file, dialect="excel-tab")}


def unknown(lines: Iterable[tuple[str, str]], known: Iterable[str]) -> list[Finding]:
    """What looks like a secret and is not known to be none; a line that comes twice is looked at once."""
    return [found for found in findings(_once(lines)) if found.fingerprint not in known]


def _once(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, line in lines:
        if line and line not in seen:
            seen.add(line)
            yield place, line


def _every_line(root: Path) -> Iterator[tuple[str, str]]:
    yield from tracked_lines(root)
    yield from past_lines(root)


def main() -> int:
    """0 when there is none; else each is named by its kind, its place and its fingerprint, never by its value."""
    found = unknown(_every_line(ROOT), allowed())
    for one in found:
        sys.stdout.write(f"{one.place}: {one.kind}, fingerprint {one.fingerprint}\n")
    if found:
        sys.stdout.write(
            "These look like secrets. Take a real one back where it is from, since the history keeps it; put the "
            f"fingerprint of what is none into {ALLOWED.relative_to(ROOT)}, with the reason.\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
