"""Hostile archives: Word documents and books that unpack to too much, lie about it, or name files of the machine."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from tests.hostile import markup
from tests.hostile.case import deflated
from tests.index.sources.test_documents import make_docx

WORD = "word/document.xml"
CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">{doctype}<metadata
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ferries {call}</dc:title></metadata><manifest>{items}</manifest>
<spine>{spine}</spine></package>"""


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """An archive of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(document: bytes, name: str, content: bytes) -> bytes:
    """A Word document with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(document)) as old:
        return zipped({part: old.read(part) for part in old.namelist()} | {name: content})


def book(chapters: Mapping[str, bytes], *, package: bytes = b"", more: Mapping[str, bytes] = {}) -> bytes:
    """A book of these chapters, whose names the package document gives as they are."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    entries = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book.opf": package or PACKAGE.format(doctype="", call="", items=items, spine=spine).encode(),
        **chapters,
        **more,
    }
    return zipped(entries)


def word(xml: bytes) -> bytes:
    """A Word document with this main part."""
    return with_part(make_docx("A title"), WORD, xml)


def word_with(name: str, content: bytes) -> bytes:
    """A good Word document with one part more."""
    return with_part(make_docx("Ferry Marta runs aground", markup.STORY), name, content)


def entity_book(way: str) -> bytes:
    """A book whose chapter declares entities."""
    return book({"one.xhtml": markup.xhtml(way)})


def entity_package(way: str) -> bytes:
    """A book whose package document declares entities."""
    items = '<item id="c0" href="one.xhtml" media-type="application/xhtml+xml"/>'
    text = PACKAGE.format(doctype="", call=markup.CALLS[way], items=items, spine='<itemref idref="c0"/>')
    return book({"one.xhtml": markup.page("")}, package=(markup.DOCTYPES[way] + text).encode())


def nested_book() -> bytes:
    """A chapter below a tower of elements."""
    return book({"one.xhtml": markup.nested_page()})


def swelling_book(size: int = 20_000_000) -> bytes:
    """A chapter of one letter, repeated."""
    return book({"one.xhtml": b"<html><body><p>" + b"a" * size})


def many_files(count: int = 12_000) -> bytes:
    """A Word document with a great many empty parts."""
    document = make_docx("A title")
    out = io.BytesIO(document)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(count):
            archive.writestr(f"x{number}", b"")
    return out.getvalue()


def nested_archive() -> bytes:
    """A bomb in an archive in an archive …, as a part of a Word document."""
    inner = zipped({"zeros": bytes(20_000_000)})
    for _ in range(5):
        inner = zipped({f"{n}.zip": inner for n in range(8)})
    return word_with("word/embeddings/more.zip", inner)


def lying(size: int = 200_000_000, declared: int = 1000) -> bytes:
    """A Word document whose main part declares 1,000 bytes and inflates to 200 MB."""
    packed = deflated(b" " * 1_000_000, size // 1_000_000)[2:-4]
    return _patched({WORD: (packed, declared)})


def overlapping(count: int = 400, size: int = 2_000_000) -> bytes:
    """Hundreds of entries that all mean the same packed bytes (https://www.bamsoftware.com/hacks/zipbomb/)."""
    whole = _patched({WORD: (deflated(bytes(size), 1)[2:-4], size)})
    start = whole.index(b"PK\x01\x02")
    central = whole[start : whole.index(b"PK\x05\x06")]
    entries = central * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return whole[:start] + entries + end


def climbing_book() -> bytes:
    """A book whose chapters are called as files of the machine, inside the archive and outside."""
    names = ("../../../../etc/passwd", "/etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd")
    chapter = f"<html><body><p>{markup.STORY}</p></body></html>".encode()
    return book({"one.xhtml": chapter, names[0]: chapter, names[1]: b"", names[2]: b""}, more={names[3]: b"x"})


def link_book() -> bytes:
    """A book whose chapter is a symbolic link to a file of the machine."""
    out = io.BytesIO(book({"one.xhtml": markup.page("")}))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("two.xhtml")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def locked_word() -> bytes:
    """A Word document whose parts say that they are encrypted."""
    data = bytearray(make_docx("A title"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def twice() -> bytes:
    """Two parts of the same name: a good one, and entities."""
    out = io.BytesIO(make_docx("Ferry Marta runs aground", markup.STORY))
    with zipfile.ZipFile(out, "a") as archive:
        archive.NameToInfo.clear()  # or it would warn
        archive.writestr(WORD, markup.word_xml("laughs"))
    return out.getvalue()


def _patched(entries: Mapping[str, tuple[bytes, int]]) -> bytes:
    """An archive of packed bytes, each with the size that it declares."""
    local, central = bytearray(), bytearray()
    for name, (packed, size) in entries.items():
        fields = (20, 0, 8, 0, 0x21, 0, len(packed), size, len(name), 0)
        central += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields[:5], *fields[5:9], 0, 0, 0, 0, 0, len(local))
        central += name.encode()
        local += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name.encode() + packed
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(central), len(local), 0)
    return bytes(local + central + end)
