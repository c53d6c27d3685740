"""Hostile PDFs, written object by object (ISO 32000-1)."""

from __future__ import annotations

import zlib

from tests.hostile.case import deflated
from tests.hostile.markup import STORY
from tests.index.sources.test_documents import make_pdf

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>"


def pdf(objects: dict[int, bytes], trailer: bytes = b"", *, start: int | None = None) -> bytes:
    """A file of numbered objects; 1 is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size = max(objects) + 1
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        trailer,
        at if start is None else start,
    )
    return bytes(out)


def stream(data: bytes, filters: bytes = b"", length: int | None = None) -> bytes:
    """A stream with the length that it declares."""
    return b"<</Length %d%s>>\nstream\n" % (len(data) if length is None else length, filters) + data + b"\nendstream"


def text_page(text: str = STORY) -> bytes:
    """What prints lines of text on a page."""
    words = text.split()
    lines = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
    shown = "".join(f"({line}) Tj T* " for line in lines)
    return f"BT /F 12 Tf 14 TL 20 700 Td {shown} ET".encode()


def one_page(contents: bytes, **more: bytes) -> bytes:
    """A PDF of one page with these contents as object 5; `o6=…` and so on are further objects."""
    objects = {1: CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: PAGE, 4: FONT, 5: contents}
    return pdf(objects | {int(name[1:]): body for name, body in more.items()})


def many_pages(count: int = 10_000) -> bytes:
    """A PDF with pages that all print the same contents."""
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    pages = dict.fromkeys(range(10, 10 + count), PAGE)
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf({1: CATALOG, 2: tree, 4: FONT, 5: stream(text_page())} | pages)


def hidden_pages(count: int = 10_000) -> bytes:
    """The same, declared to be one page."""
    return many_pages(count).replace(b"/Count %d" % count, b"/Count 1")


def few_pages_declared_many() -> bytes:
    """One page, declared to be a thousand million."""
    return one_page(stream(text_page())).replace(b"/Count 1>>", b"/Count 1000000000>>")


def recursive_tree() -> bytes:
    """A page tree that is its own branch."""
    return pdf({1: CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})


def bushy_tree(depth: int = 40) -> bytes:
    """Each branch has the next one twice: 2 to the power of 40 pages in a small file."""
    objects = {n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (n + 1, n + 1) for n in range(2, 2 + depth)}
    return pdf(
        {
            1: CATALOG,
            **objects,
            2 + depth: PAGE.replace(b"4 0 R", b"90 0 R").replace(b"5 0 R", b"91 0 R"),
            90: FONT,
            91: stream(text_page()),
        }
    )


def deep_tree(depth: int = 50_000) -> bytes:
    """A page below fifty thousand branches."""
    objects = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 2 + depth)}
    return pdf({1: CATALOG, **objects, 2 + depth: PAGE})


def deep_array(depth: int = 500_000) -> bytes:
    """Brackets within brackets."""
    return one_page(stream(text_page()), o6=b"[" * depth).replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Names 6 0 R")


def bomb_stream(size: int = 1_000_000_000) -> bytes:
    """A page whose contents inflate to a gigabyte."""
    return one_page(stream(deflated(b" " * 10_000_000, size // 10_000_000), b"/Filter/FlateDecode"))


def nested_filters() -> bytes:
    """Contents that are packed in packed in packed."""
    data = deflated(b" " * 1_000_000, 50)
    for _ in range(3):
        data = zlib.compress(data, 9)
    return one_page(stream(data, b"/Filter[" + b"/FlateDecode" * 4 + b"]"))


def many_filters(count: int = 100_000) -> bytes:
    """Contents with a hundred thousand filters."""
    return one_page(stream(b"", b"/Filter[" + b"/ASCIIHexDecode" * count + b"]"))


def predictor_bomb() -> bytes:
    """Parameters of a filter that ask for a row of two thousand million columns."""
    parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 4>>"
    return one_page(stream(zlib.compress(text_page()), parameters))


def recursive_form() -> bytes:
    """A drawing that draws itself, twice."""
    itself = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    form = stream(b"/X Do /X Do ", itself)
    return one_page(stream(text_page() + b" /X Do"), o6=form).replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")


def unicode_bomb() -> bytes:
    """A font whose table of characters names four thousand million of them."""
    table = (
        b"1 begincodespacerange <00> <ffffffff> endcodespacerange "
        b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange"
    )
    font = FONT.replace(b">>", b"/ToUnicode 6 0 R>>")
    return one_page(stream(text_page()), o6=stream(table)).replace(FONT, font)


def broken_table() -> bytes:
    """A good PDF whose table of objects is somewhere else."""
    return make_pdf().replace(b"startxref\n", b"startxref\n9")


def circular_table() -> bytes:
    """A table of objects that names itself as the one before."""
    data = one_page(stream(text_page()))
    at = data.index(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


def circular_object() -> bytes:
    """A length that is the stream's own object."""
    return one_page(b"<</Length 5 0 R>>\nstream\n" + text_page() + b"\nendstream")


def long_stream() -> bytes:
    """A stream that says it is longer than the file."""
    return one_page(stream(text_page(), length=10**15))


def with_script() -> bytes:
    """A PDF that runs a script and a program when it is opened, in a reader that lets it."""
    action = (
        b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))/Next<</S/Launch/F(/bin/sh)"
        b"/Next<</S/URI/URI(http://127.0.0.1:9/)>>>>>>"
    )
    data = one_page(stream(text_page()), o6=action)
    return data.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction 6 0 R")


def scan_of_nothing() -> bytes:
    """Twenty megabytes after the signature that are no PDF."""
    return b"%PDF-1.7\n" + b"1 0 obj << /A " * 1_400_000
