"""The locked requirements are those of pyproject.toml, each by version and checksum: the image is built from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RENEW = "run scripts/lock"


def locked(text: str) -> dict[str, tuple[str, int]]:
    """The version of each package, and how many checksums there are for it."""
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    found: dict[str, tuple[str, int]] = {}
    for entry in filter(None, entries):
        head = re.match(r"([\w.-]+)==([^\s;]+)", entry)
        assert head, entry
        found[canonicalize_name(head[1])] = (head[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)))
    return found


def wanted(requirements: list[str]) -> Iterator[Requirement]:
    """Each requirement, those of askwire's own extras in place of their names."""
    for line in requirements:
        requirement = Requirement(line)
        if requirement.name == "askwire":
            for extra in sorted(requirement.extras):
                yield from wanted(PROJECT["project"]["optional-dependencies"][extra])
        else:
            yield requirement


def faults(text: str) -> list[str]:
    """What pyproject.toml wants and the lock has not."""
    project, have = PROJECT["project"], locked(text)
    every = [
        *project["dependencies"],
        *project["optional-dependencies"]["all"],
        *PROJECT["build-system"]["requires"],
    ]
    found = []
    for requirement in wanted(every):
        version, checksums = have.get(canonicalize_name(requirement.name), ("", 0))
        if not version or not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{requirement} is wanted, {version or 'nothing'} is locked: {RENEW}")
        elif not checksums:
            found.append(f"{requirement.name} has no checksum: {RENEW}")
    return found


def test_the_lock_satisfies_the_project() -> None:
    """Every requirement of askwire, of its extra `all` and of its build is locked at a version that it admits."""
    assert faults(LOCK) == []


def test_every_file_is_known_by_its_checksum() -> None:
    """Each package, also those that others need, has one; and no address of a package index is written down."""
    assert len(locked(LOCK)) > 100
    assert [name for name, (_, checksums) in locked(LOCK).items() if not checksums] == []
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links| @ ", LOCK)


@pytest.mark.parametrize(
    ("pattern", "instead", "fault"),
    [
        (r"^httpx==\S+", "httpx==0.1", "httpx>=0.28 is wanted, 0.1 is locked"),
        (r"^babel==\S+(?: \\\n +--hash=\S+)+\n", "", "babel>=2.17 is wanted, nothing is locked"),
        (r"(?<=^psycopg==)(\S+)(?: \\\n +--hash=\S+)+", r"\1", "psycopg has no checksum"),
    ],
)
def test_a_stale_lock_is_seen(pattern: str, instead: str, fault: str) -> None:
    """A version that is not admitted, a missing package and a missing checksum are each told, with what to run."""
    changed, count = re.subn(pattern, instead, LOCK, flags=re.MULTILINE)
    assert count == 1
    assert faults(changed) == [f"{fault}: {RENEW}"]
