"""The file of a backup: a tar archive of a manifest and a copy of the database, which is checked when it is read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from index.config import DATABASE
from index.errors import UnreadableError

FORMAT = 1
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1 << 20  # bytes
_BLOCK = 1 << 20
OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows of each table, and the size in bytes and the SHA-256 of the database's copy."""

    made_at: str  # UTC, ISO 8601
    askwire: str  # the version that made it
    schema: str
    counts: dict[str, int]
    bytes: int
    sha256: str
    format: int = FORMAT


def write_archive(target: Path, database: Path, manifest: Manifest) -> None:
    """Writes a new file that only this user may read, and sees it to the disk.

    Raises:
        OSError: when it cannot be written.
    """
    text = json.dumps(asdict(manifest), indent=2).encode()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar, database.open("rb") as copy:
            tar.addfile(_member(_MANIFEST, len(text)), io.BytesIO(text))
            tar.addfile(_member(DATABASE, manifest.bytes), copy)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(archive: Path) -> Manifest:
    """What a backup says of itself.

    Raises:
        UnreadableError: when it is missing, damaged, no backup, or a newer askwire's.
    """
    with _opened(archive) as tar, _content(tar, _MANIFEST) as file:
        try:
            values = json.loads(file.read(_LARGEST_MANIFEST))
            if values["format"] != FORMAT:
                raise UnreadableError(f"The backup {archive} is a newer askwire's. Update askwire, then restore.")
            return Manifest(**values)
        except (TypeError, KeyError) as error:
            raise ValueError("no manifest") from error


def extract_database(archive: Path, manifest: Manifest, target: Path, on_bytes: OnBytes) -> None:
    """Copies the database out of a backup into a new file, and checks each byte of it.

    Raises:
        UnreadableError: when the backup is damaged.
        OSError: when `target` cannot be written.
    """
    digest, done = hashlib.sha256(), 0
    with target.open("xb") as out:
        for block in _blocks(archive):
            out.write(block)
            digest.update(block)
            done += len(block)
            on_bytes(done)
        out.flush()
        os.fsync(out.fileno())
    if (done, digest.hexdigest()) != (manifest.bytes, manifest.sha256):
        raise damaged(archive)


def damaged(archive: Path) -> UnreadableError:
    """The error of a backup that cannot be used."""
    return UnreadableError(f"The backup {archive} is damaged or cut off. Nothing was restored: use another backup.")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _blocks(archive: Path) -> Iterator[bytes]:
    with _opened(archive) as tar, _content(tar, DATABASE) as file:
        while block := file.read(_BLOCK):
            yield block


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """Nothing is unpacked by the names in it: a backup that was tampered with can write nowhere."""
    try:
        file = archive.open("rb")
    except OSError as error:
        raise UnreadableError(f"The backup {archive} cannot be read: {error.strerror}.") from error
    with file:
        try:
            with tarfile.open(fileobj=file, mode="r:") as tar:
                yield tar
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise damaged(archive) from error


def _content(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        content = tar.extractfile(tar.getmember(name))
    except KeyError as error:
        raise ValueError("not in the archive") from error
    if content is None:
        raise ValueError("no file")
    return content


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
