"""Word documents: what their reader sees, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.errors import TooLargeError, UnreadableError, UnsupportedError
from index.sources import word_text
from index.sources.documents import docx_article
from tests.index.sources.test_documents import TITLE, make_docx


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


def word_xml(body: str) -> bytes:
    """A document's main part."""
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()


def text_of(body: str) -> str:
    """The text of a document with this body below a title."""
    title = "<w:p><w:r><w:t>A title</w:t></w:r></w:p>"
    return docx_article(repacked(make_docx(TITLE), "word/document.xml", word_xml(title + body)), "a.docx").text


SPAN = '<w:gridSpan w:val="2000000000"/>'


def run(text: str, kind: str = "t") -> str:
    """A run of text."""
    return f"<w:r><w:{kind}>{text}</w:{kind}></w:r>"


def cell(*content: str, properties: str = "") -> str:
    """A table's cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def table(*cells: str) -> str:
    """A table of one row."""
    return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"


def paragraph(*content: str) -> str:
    """A paragraph."""
    return f"<w:p>{''.join(content)}</w:p>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:sdt><w:sdtContent>{paragraph(run('In a control.'))}</w:sdtContent></w:sdt>", "In a control."),
        (paragraph(f"<w:ins>{run('Put in.')}</w:ins><w:del>{run('Gone.', 'delText')}</w:del>"), "Put in."),
        (paragraph(f"<w:moveFrom>{run('Here.')}</w:moveFrom><w:moveTo>{run('There.')}</w:moveTo>"), "There."),
        (paragraph(run("A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:noBreakHyphen/><w:t>D")), "A\tB\nC-D"),
        (paragraph(f"<w:hyperlink>{run('Linked')}</w:hyperlink>", run(" PAGE ", "instrText")), "Linked"),
        (
            paragraph(
                f"<mc:AlternateContent><mc:Choice>{run('New.')}</mc:Choice>"
                f"<mc:Fallback>{run('Old.')}</mc:Fallback></mc:AlternateContent>"
            ),
            "New.",
        ),
        (table(cell(paragraph(run("0")), properties=SPAN), cell(paragraph(run("0")))), "0 | 0"),
        (table(cell(table(cell(paragraph(run("in"))))), cell(paragraph(run("out")))), "in | out"),
    ],
)
def test_a_documents_text_is_what_its_reader_sees(body: str, text: str) -> None:
    """Controls, insertions and links are read; deletions, codes and doubles are not; a span of cells is no bomb."""
    assert text_of(body) == text


def test_the_main_part_is_found_by_its_relation() -> None:
    """Some programs name it otherwise, and a workbook has none."""
    relations = (
        b'<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    renamed = repacked(make_docx(TITLE), "_rels/.rels", relations)
    moved = repacked(renamed, "word/document2.xml", word_xml("<w:p><w:r><w:t>Moved.</w:t></w:r></w:p>"))
    assert docx_article(moved, "a.docx").text == "Moved."
    with pytest.raises(UnsupportedError, match="document of another type"):
        docx_article(renamed, "a.docx")
    with pytest.raises(UnsupportedError, match="document of another type"):
        docx_article(repacked(make_docx(TITLE), "_rels/.rels", relations.replace(b"/word/", b"xl/")), "a.docx")


@pytest.mark.parametrize(
    "xml", [b"<a>" * 100_000, word_xml("<w:p>" * 5000), word_xml("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>")]
)
def test_nesting_without_end_is_a_damaged_document(xml: bytes) -> None:
    """The parser's own bound on depth holds."""
    with pytest.raises(UnreadableError):
        docx_article(repacked(make_docx(TITLE), "word/document.xml", xml), "a.docx")


def test_a_long_documents_tree_is_never_held_whole() -> None:
    """What was read is dropped, so that memory does not grow with the document."""
    body = paragraph(run("Three rockets fell near the embassy.")) * 5000
    assert max(len(element) for _, element in word_text._walk(word_xml(body), ("end",))) <= 2
    data = repacked(make_docx(TITLE), "word/document.xml", word_xml(body))
    assert docx_article(data, "a.docx").text.count("rockets") == 5000


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


def test_a_word_document_that_declares_entities_is_refused() -> None:
    """Neither laughs that grow nor a file of this machine come into the text; no Word document declares any."""
    with pytest.raises(UnreadableError, match="is damaged"):
        docx_article(repacked(make_docx(TITLE), "word/document.xml", LAUGHS), "a.docx")


@pytest.mark.parametrize("content", [b"", b"<broken", b"<a/>", b"\xff\xfe\x00"])
def test_a_damaged_word_document_is_one_clear_error(content: bytes) -> None:
    """A broken part inside never ends in a traceback."""
    with pytest.raises(UnreadableError):
        docx_article(repacked(make_docx(TITLE), "word/document.xml", content), "a.docx")


def test_a_cut_word_document_is_one_clear_error() -> None:
    """A half download is damaged."""
    with pytest.raises(UnreadableError, match="is damaged"):
        docx_article(make_docx(TITLE)[:2000], "a.docx")
