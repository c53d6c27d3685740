"""PDF documents, made here byte by byte; and the builder of Word documents."""

from __future__ import annotations

import io
import time
import tracemalloc
import zlib

import docx
import pypdf
import pytest
from fpdf import FPDF

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources import documents
from index.sources.documents import pdf_article

TITLE = "Three rockets hit the embassy"
PARAGRAPH = (
    "Three rockets fell near the embassy in Baghdad on Sunday evening, a police officer said. "
    "Nobody was killed, and one person was lightly hurt in the canteen, according to the agency."
)


def make_pdf(*, title: str | None = None, pages: int = 1, blank: bool = False) -> bytes:
    """A PDF with a headline and a paragraph on each page."""
    pdf = FPDF()
    if title:
        pdf.set_title(title)
    pdf.set_font("Helvetica", size=12)
    for _ in range(pages):
        pdf.add_page()
        if not blank:
            pdf.multi_cell(0, 8, TITLE, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(8)
            pdf.multi_cell(0, 8, PARAGRAPH)
    return bytes(pdf.output())


def locked_pdf(password: str, algorithm: str = "RC4-128") -> bytes:
    """A PDF that opens with `password`."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf()))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_docx(*paragraphs: str, rows: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A Word document of paragraphs, with a table at the end."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for left, right in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = left, right
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdfs_printed_lines_become_sentences() -> None:
    """The first line is the title and each sentence stands on one line, so it can be quoted."""
    article = pdf_article(make_pdf(), "a.pdf")
    assert article.title == TITLE
    assert article.text == PARAGRAPH


def test_a_pdfs_metadata_title_counts_when_the_page_prints_it() -> None:
    """A stale title of another document is passed over."""
    assert pdf_article(make_pdf(title="rockets hit the EMBASSY"), "a.pdf").title == "rockets hit the EMBASSY"
    assert pdf_article(make_pdf(title="Microsoft Word - draft7.doc"), "a.pdf").title == TITLE


def test_words_hyphenated_at_a_lines_end_are_made_whole() -> None:
    """A word that the printer cut is found by search again; a short line ends its paragraph."""
    page = "The govern-\nment said so.\n\nA short line\nThe ministry of the interior has spoken"
    assert (
        documents._join_lines(page)
        == "The govern-\nment said so.\n\nA short line\nThe ministry of the interior has spoken"
    )
    wide = "It was the decision of the whole govern-\nment to do so."
    assert documents._join_lines(wide) == "It was the decision of the whole government to do so."


def test_a_pdf_of_many_pages_is_read_to_its_last() -> None:
    """All pages are one article."""
    assert pdf_article(make_pdf(pages=3), "a.pdf").text.count("Three rockets fell") == 3


def test_a_pdf_without_text_is_called_a_scan() -> None:
    """The error says what to do about pages that are pictures."""
    with pytest.raises(UnreadableError, match=r"a\.pdf has no text: .*OCR"):
        pdf_article(make_pdf(blank=True), "a.pdf")


def test_a_locked_pdf_is_refused_and_one_with_an_empty_password_is_read() -> None:
    """Only what a reader could open without being asked is opened."""
    with pytest.raises(UnreadableError, match="locked by a password"):
        pdf_article(locked_pdf("secret"), "a.pdf")
    for algorithm in ("RC4-128", "AES-128", "AES-256"):
        assert pdf_article(locked_pdf("", algorithm), "a.pdf").title == TITLE


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is on pages, before any is read."""
    monkeypatch.setattr(documents, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="more than 2 pages"):
        pdf_article(make_pdf(pages=3), "a.pdf")


PAGE_OBJECT = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)


def raw_pdf(page: bytes, *, count: int = 1, kids: int = 1, root: bytes = b"") -> bytes:
    """A PDF whose pages all show the same content stream, written by hand; `count` is what it declares."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (4 + n) for n in range(kids)) + b"] /Count %d >>" % count,
        page,
        *[PAGE_OBJECT] * kids,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(data: bytes, filters: int = 1) -> bytes:
    """A stream object, packed so many times."""
    for _ in range(filters):
        data = zlib.compress(data, 9)
    names = b" ".join([b"/FlateDecode"] * filters)
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(data), names, data)


@pytest.mark.parametrize("count", [10_000, 10, -1, 10**12])
def test_a_pdf_of_10000_pages_is_refused_quickly(count: int) -> None:
    """Whatever number it declares, no page is read."""
    data = raw_pdf(stream(b"BT (Rockets) Tj ET"), count=count, kids=10_000)
    began = time.perf_counter()
    with pytest.raises(TooLargeError, match="more than 2,000 pages"):
        pdf_article(data, "a.pdf")
    assert time.perf_counter() - began < 30


@pytest.mark.parametrize("filters", [1, 2])
def test_a_pdf_that_swells_is_refused(filters: int) -> None:
    """A small stream that unpacks to 150 MB ends at the library's bound, however often it is packed."""
    data = raw_pdf(stream(bytes(150_000_000), filters))
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="unpacks to far too much"):
        pdf_article(data, "a.pdf")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000


@pytest.mark.parametrize(
    "page",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b"<</A" * 50_000,
        stream(b"BT " + b"[" * 100_000),
        stream(b"BT " + b"<</A " * 50_000),
        stream(b"q " * 100_000),
        b"3 0 R",
        b"<< /Length 999999999999 >>\nstream\nx",
    ],
)
def test_nesting_without_end_in_a_pdf_is_one_clear_error(page: bytes) -> None:
    """Deep arrays and dictionaries, in objects and in a page's content."""
    with pytest.raises(SourceError, match=r"a\.pdf (is a damaged PDF|has no text|holds a page that unpacks)"):
        pdf_article(raw_pdf(page), "a.pdf")


def test_a_pdf_whose_pages_refer_to_themselves_is_one_clear_error() -> None:
    """A circle in the tree of pages comes to an end."""
    circle = raw_pdf(stream(b"")).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(UnreadableError):
        pdf_article(circle, "a.pdf")


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is looked at before each page."""
    monkeypatch.setattr(documents, "MAX_SECONDS", -1.0)
    with pytest.raises(TooLargeError, match="takes too long to read"):
        pdf_article(make_pdf(), "a.pdf")


def test_a_pdf_of_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is on characters over all pages."""
    monkeypatch.setattr(documents, "MAX_TEXT", 300)
    with pytest.raises(TooLargeError, match="more than 300 characters"):
        pdf_article(make_pdf(pages=2), "a.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"garbage " * 100, make_pdf()[:400], make_pdf()[:-900]]
)
def test_a_damaged_pdf_is_one_clear_error(data: bytes) -> None:
    """Cut or broken files never end in a traceback."""
    with pytest.raises(UnreadableError, match=r"a\.pdf (is a damaged PDF|has no text)"):
        pdf_article(data, "a.pdf")
