"""ZIP archives that a document may be (DOCX, EPUB), unpacked within bounds and in memory only.

What an entry declares of its size is not believed: it is inflated in small pieces and counted. Python's own `read()`
inflates an entry whole before it cuts it to the declared size, so a lying header would be a bomb.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.metadata import shown_name

MAX_ENTRIES = 10_000
MAX_UNPACKED = 100_000_000  # bytes, all entries together
MAX_RATIO = 200  # unpacked to packed size; XML packs about 10:1

_PIECE = 65_536
_CENTRAL_HEADER = b"PK\x01\x02"
_ENCRYPTED = 0x1  # APPNOTE.TXT 4.4.4, bit 0
_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


class Archive:
    """An archive's entries by name. Names are keys and never paths of this machine.

    Args:
        data: the archive.
        name: the file's name for messages.

    Raises:
        UnreadableError: no archive, damaged, or locked; also from `read`.
        TooLargeError: more than 10,000 entries, or unpacks to more than 100 MB or to 200 times its size; also from
            `read`.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._room = MAX_UNPACKED
        # The directory is counted before it is read, because each entry of it takes memory.
        if data.count(_CENTRAL_HEADER) > MAX_ENTRIES:
            raise self._too_large()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {info.filename: info for info in self._zip.infolist()}
        except Exception as error:  # zipfile raises many kinds for a damaged archive
            raise self._damaged() from error
        declared = sum(info.file_size for info in self._entries.values())
        if declared > MAX_UNPACKED or declared > MAX_RATIO * max(len(data), 10_000):
            raise self._too_large()

    def __contains__(self, entry: str) -> bool:
        return entry in self._entries

    @property
    def names(self) -> list[str]:
        """The entries' names in the archive's order."""
        return list(self._entries)

    def read(self, entry: str) -> bytes:
        """The bytes of an entry.

        Raises:
            UnreadableError: no such entry, damaged, or locked by a password.
            TooLargeError: all that was read from the archive is over 100 MB.
        """
        info = self._entries.get(entry)
        if info is None:
            raise self._damaged()
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableError(
                f"{shown_name(self._name)} is locked by a password. Save it without one and try again."
            )
        # Other methods are not inflated in pieces; neither DOCX nor EPUB may use them.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged()
        out = bytearray()
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_PIECE):
                    out += piece
                    if len(out) > self._room:
                        raise self._too_large()
        except SourceError:
            raise
        except (OSError, EOFError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
            raise self._damaged() from error
        self._room -= len(out)
        return bytes(out)

    def xml(self, entry: str) -> bytes:
        """The bytes of an entry that is XML and declares no entities, which could grow or name files.

        Raises:
            UnreadableError: as `read`, and when it declares entities.
            TooLargeError: as `read`.
        """
        data = self.read(entry)
        if any(entity in data for entity in _ENTITIES):
            raise self._damaged()
        return data

    def _damaged(self) -> UnreadableError:
        return UnreadableError(f"{shown_name(self._name)} is damaged. Save it anew and try again.")

    def _too_large(self) -> TooLargeError:
        return TooLargeError(f"{shown_name(self._name)} unpacks to far too much. Save it as plain text and try again.")


def entry_beside(entry: str, reference: str) -> str:
    """The name of the entry that a reference within `entry` means: relative to its folder, without a fragment."""
    path = unquote(reference.partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry), path))
