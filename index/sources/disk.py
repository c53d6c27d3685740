"""Files on this machine's disk: which are read as a stream, and the bytes of the others, as many as a file may have."""

from __future__ import annotations

from pathlib import Path

from index.errors import TooLargeError, UnreadableError
from index.sources.file_types import FileType, file_type
from index.sources.files import MAX_FILE
from index.sources.metadata import shown_name

_START = 4096


def is_bulk(path: Path) -> bool:
    """Whether a file is JSON lines, or a chat's export larger than a file that is read at once; blocking."""
    try:
        if file_type(b"", path.name) is FileType.JSON_LINES:
            return True
        if not path.is_file() or path.stat().st_size <= MAX_FILE:
            return False
        with path.open("rb") as file:
            return file_type(file.read(_START), path.name) is FileType.JSON
    except (OSError, ValueError):
        return False  # told by whoever reads it


def file_bytes(path: Path) -> bytes:
    """What is in a file; blocking.

    Raises:
        UnreadableError: it is missing, a folder or not permitted.
        TooLargeError: it is over 20 MB, or gives bytes without an end.
    """
    name = shown_name(path.name)
    try:
        if path.is_dir():
            raise UnreadableError(f"{name} is a folder. Name the files in it.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise UnreadableError(f"{name} does not exist. Check the path.") from error
    except ValueError as error:  # a NUL in the path
        raise UnreadableError(f"{name} is not a path. Check it.") from error
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {error.strerror or 'unknown fault'}.") from error
    if len(data) > MAX_FILE:
        raise TooLargeError(f"{name} is over {MAX_FILE // 1_000_000} MB. Split it and try again.")
    return data
