"""PDF and Word documents, made here byte by byte."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest
from fpdf import FPDF

from index.errors import TooLargeError, UnreadableError
from index.sources import documents
from index.sources.documents import docx_article, pdf_article

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


def locked_pdf(password: str) -> bytes:
    """A PDF that opens with `password`."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf()))
    writer.encrypt(password, algorithm="RC4-128")
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
    assert pdf_article(locked_pdf(""), "a.pdf").title == TITLE


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is on pages, before any is read."""
    monkeypatch.setattr(documents, "MAX_PAGES", 2)
    with pytest.raises(TooLargeError, match="more than 2 pages"):
        pdf_article(make_pdf(pages=3), "a.pdf")


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


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    """The first paragraph is the title; a table's row is a line."""
    article = docx_article(make_docx(TITLE, "", "First.", "Second.", rows=(("Dead", "0"), ("Hurt", "1"))), "a.docx")
    assert article.title == TITLE
    assert article.text == "First.\n\nSecond.\n\nDead | 0\n\nHurt | 1"
    assert article.published_at is None


def test_an_empty_word_document_is_refused() -> None:
    """There is nothing to answer from."""
    with pytest.raises(UnreadableError, match="is empty"):
        docx_article(make_docx(), "a.docx")


def repacked(document: bytes, name: str, content: bytes) -> bytes:
    """The document with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("size", [15_000_000, 120_000_000])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(size: int) -> None:
    """By its size, and below that by how much it swells."""
    with pytest.raises(TooLargeError, match="unpacks to far too much"):
        docx_article(repacked(make_docx(TITLE), "word/media/image1.png", bytes(size)), "a.docx")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">
<!ENTITY f SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>Before &c; &f; after the entities</w:t></w:r></w:p></w:body></w:document>"""


def test_entities_of_a_word_document_are_not_expanded() -> None:
    """Neither laughs that grow nor a file of this machine come into the text."""
    try:
        text = docx_article(repacked(make_docx(TITLE), "word/document.xml", LAUGHS), "a.docx").text
    except UnreadableError:
        return
    assert "haha" not in text
    assert "root:" not in text


@pytest.mark.parametrize("content", [b"", b"<broken", b"<a/>", b"\xff\xfe\x00"])
def test_a_damaged_word_document_is_one_clear_error(content: bytes) -> None:
    """A broken part inside never ends in a traceback."""
    with pytest.raises(UnreadableError):
        docx_article(repacked(make_docx(TITLE), "word/document.xml", content), "a.docx")


def test_a_cut_word_document_is_one_clear_error() -> None:
    """A half download is damaged."""
    with pytest.raises(UnreadableError, match="damaged Word document"):
        docx_article(make_docx(TITLE)[:2000], "a.docx")
