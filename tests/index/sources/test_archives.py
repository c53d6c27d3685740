"""An archive is unpacked within bounds, whatever its headers claim, and its names are no paths."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import suppress

import pytest

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources import archives
from index.sources.archives import Archive, entry_beside


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def lying(size: int, declared: int) -> bytes:
    """An entry of `size` zeros whose headers declare fewer, with a checksum of the declared ones."""
    data = bytearray(zipped({"a.xml": bytes(size)}))
    checksum = zlib.crc32(bytes(declared))
    for header, crc_at in ((0, 14), (data.index(b"PK\x01\x02"), 16)):
        struct.pack_into("<L", data, header + crc_at, checksum)
        struct.pack_into("<L", data, header + crc_at + 8, declared)
    return bytes(data)


def test_entries_are_read_by_their_names() -> None:
    """Names, membership and bytes are the archive's own."""
    archive = Archive(zipped({"a.xml": b"<a/>", "b/c.txt": b"words"}), "a.zip")
    assert archive.names == ["a.xml", "b/c.txt"]
    assert "b/c.txt" in archive
    assert archive.read("b/c.txt") == b"words"
    assert archive.xml("a.xml") == b"<a/>"


def test_declared_sizes_are_refused_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """In all, and by how much the archive would swell."""
    with pytest.raises(TooLargeError, match=r"a\.zip unpacks to far too much"):
        Archive(zipped({"a": bytes(15_000_000)}), "a.zip")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(TooLargeError):
        Archive(zipped({"a": bytes(range(250)) * 3, "b": bytes(range(250)) * 3}), "a.zip")


def test_a_header_that_declares_too_little_is_no_bomb() -> None:
    """The entry is inflated in pieces and ends where it was said to; `ZipFile.read` would take all of it at once."""
    data = lying(60_000_000, 100)
    tracemalloc.start()
    archive = Archive(data, "a.zip")
    with suppress(SourceError):
        assert len(archive.read("a.xml")) <= 100
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_what_is_really_unpacked_counts_over_all_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading an entry again, or another one, ends at the bound."""
    archive = Archive(zipped({"a": bytes(range(200)) * 3}), "a.zip")
    monkeypatch.setattr(archive, "_room", 1000)
    assert len(archive.read("a")) == 600
    with pytest.raises(TooLargeError):
        archive.read("a")


def test_too_many_entries_are_refused_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry costs memory, so they are counted first."""
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    Archive(zipped({str(n): b"" for n in range(3)}), "a.zip")
    with pytest.raises(TooLargeError):
        Archive(zipped({str(n): b"" for n in range(4)}), "a.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packing_methods_are_refused(method: int) -> None:
    """They cannot be unpacked in pieces, and no document uses them."""
    with pytest.raises(UnreadableError, match=r"a\.zip is damaged"):
        Archive(zipped({"a": b"words"}, method), "a.zip").read("a")


def test_a_locked_entry_is_refused() -> None:
    """The first flag bit says that an entry is encrypted."""
    data = bytearray(zipped({"a": b"words"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableError, match="locked by a password"):
        Archive(bytes(data), "a.zip").read("a")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_xml_that_declares_entities_is_refused(encoding: str) -> None:
    """They could grow without end or name a file of this machine."""
    xml = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode(encoding)
    with pytest.raises(UnreadableError):
        Archive(zipped({"a": xml}), "a.zip").xml("a")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(200), zipped({"a": b"words" * 50})[:-30]],
    ids=["nothing", "a beginning", "no entry", "cut off"],  # the bytes hold the time: they are no name for a test
)
def test_a_damaged_archive_is_one_clear_error(data: bytes) -> None:
    """Cut or broken, it never ends in a traceback."""
    with pytest.raises(UnreadableError, match=r"a\.zip is damaged"):
        Archive(data, "a.zip")


def test_a_damaged_or_missing_entry_is_one_clear_error() -> None:
    """A wrong checksum, and a name that is not there."""
    data = bytearray(zipped({"a": b"words" * 50}, zipfile.ZIP_STORED))
    data[40] ^= 0xFF
    archive = Archive(bytes(data), "a.zip")
    for name in ("a", "b"):
        with pytest.raises(UnreadableError, match=r"a\.zip is damaged"):
            archive.read(name)


@pytest.mark.parametrize(
    ("entry", "reference", "meant"),
    [
        ("OEBPS/a.opf", "b.xhtml", "OEBPS/b.xhtml"),
        ("OEBPS/a.opf", "../b%20c.xhtml#part", "b c.xhtml"),
        ("a.opf", "text/./b.xhtml?x=1", "text/b.xhtml"),
        ("OEBPS/a.opf", "/word/document.xml", "word/document.xml"),
        ("a.opf", "../../etc/passwd", "../../etc/passwd"),
        ("a.opf", "//etc/passwd", "etc/passwd"),
    ],
)
def test_a_reference_is_a_name_within_the_archive(entry: str, reference: str, meant: str) -> None:
    """It is looked up among the entries and nowhere else; one that climbs out is simply not there."""
    assert entry_beside(entry, reference) == meant
