"""Books and periodicals: each chapter is an article; locks, bombs and tricks end in one clear error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources import epub
from index.sources.epub import epub_articles
from index.sources.files import read_file
from tests.index.sources.test_archives import zipped
from tests.index.sources.web_pages import LEAD, MORE

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    "<dc:title>The Harbour</dc:title><dc:creator>Jane Doe</dc:creator><dc:creator>John Roe</dc:creator>"
    "<dc:language>en-GB</dc:language><dc:publisher>Quay Press</dc:publisher><dc:date>2021-05-04</dc:date>"
)


def chapter(heading: str, *paragraphs: str, title: str = "") -> str:
    """A chapter's XHTML."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    named = f"<title>{title}</title>" if title else "<title/>"
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
        '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{named}</head><body>{heading}{body}</body></html>'
    )


def book(
    *chapters: str, metadata: str = METADATA, extra: dict[str, bytes] | None = None, properties: str = ""
) -> bytes:
    """An EPUB of these documents in this order."""
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml" {properties if n == 0 else ""}/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{items}'
        f'<item id="css" href="a.css" media-type="text/css"/></manifest><spine><itemref idref="css"/>{spine}'
        '<itemref idref="missing"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER.encode(),
            "OEBPS/content.opf": package.encode(),
            **{f"OEBPS/text/c{n}.xhtml": content.encode() for n, content in enumerate(chapters)},
            **(extra or {}),
        }
    )


FIRST = chapter("<h1>The night of the rockets</h1>", LEAD, MORE)
SECOND = chapter("<h2>Chapter 2</h2>", MORE, LEAD)


def test_each_chapter_is_an_article_of_its_book() -> None:
    """Headings are titles, a short one with the book's; the book is the source; its metadata stand on each."""
    first, second = read_file(book(FIRST, SECOND), "a.epub")
    assert (first.title, second.title) == ("The night of the rockets", "The Harbour: Chapter 2")
    assert first.text == f"{LEAD}\n{MORE}"
    assert {first.source, second.source} == {"The Harbour"}
    assert (first.author, first.language) == ("Jane Doe, John Roe", "en")
    assert first.published_at == datetime(2021, 5, 4, tzinfo=UTC)
    assert (first.url, first.id, first.updated_at) == (None, "", None)


def test_a_book_of_one_chapter_bears_its_own_title() -> None:
    """Its publisher is the source then."""
    (article,) = epub_articles(book(FIRST), "a.epub")
    assert (article.title, article.source) == ("The Harbour", "Quay Press")


def test_short_pages_join_the_next_chapter_and_unnamed_ones_the_last() -> None:
    """A half title, a split chapter and an afterword's signature: no word is lost, and none is an article by itself."""
    parts = (
        chapter("<h1>Part One</h1>", "In which the rockets fall."),
        FIRST,
        chapter("", f"It went on. {MORE}"),
        SECOND,
        chapter("", "Baghdad, 2021."),
    )
    first, second = epub_articles(book(*parts), "a.epub")
    assert first.title == "The night of the rockets"
    assert first.text == f"Part One\nIn which the rockets fall.\n{LEAD}\n{MORE}\nIt went on. {MORE}"
    assert second.text == f"{MORE}\n{LEAD}\nBaghdad, 2021."


def test_a_book_of_short_pages_is_one_article() -> None:
    """Poems of three lines are kept, each below its title."""
    poems = [chapter(f"<h1>Poem {n}</h1>", "A rocket, a river.") for n in range(3)]
    (article,) = epub_articles(book(*poems), "a.epub")
    assert article.text.count("A rocket, a river.") == 3
    assert "Poem 2" in article.text


def test_tables_of_contents_are_left_out() -> None:
    """The navigation document by its property, a page of links by its links."""
    links = "".join(f'<p><a href="c{n}.xhtml">Chapter {n}, in which many things happen</a></p>' for n in range(20))
    (article,) = epub_articles(book(chapter("<h1>Contents</h1>", links), FIRST), "a.epub")
    assert "Contents" not in article.text
    (article,) = epub_articles(book(chapter("<h1>Guide</h1>", MORE), FIRST, properties='properties="nav"'), "a.epub")
    assert "Guide" not in article.text


def test_a_heading_of_several_lines_is_one_title() -> None:
    """A number above a name, as most novels have it."""
    first, _ = epub_articles(book(chapter("<h2>1</h2><h3>Loomings by the sea</h3>", LEAD), SECOND), "a.epub")
    assert (first.title, first.text) == ("1 – Loomings by the sea", LEAD)


def test_a_chapter_without_a_heading_is_titled_by_its_document_or_number() -> None:
    """The document's own title serves unless it is the book's."""
    titled, _ = epub_articles(book(chapter("", LEAD, title="The first night in town"), SECOND), "a.epub")
    assert titled.title == "The first night in town"
    numbered, _ = epub_articles(book(chapter("", LEAD, title="The Harbour"), SECOND), "a.epub")
    assert numbered.title == "The Harbour: Part 1"


def test_entities_notes_and_comments_are_read_as_a_reader_sees_them() -> None:
    """Named characters are put in, a mark that leads to a note is left out, a comment parts no sentence."""
    text = f'Caf&eacute;&nbsp;Bagdad<a epub:type="noteref" href="#n">1</a> opened.<!-- x --> Then it closed. {LEAD}'
    (article,) = epub_articles(book(chapter("<h1>A day</h1>", text)), "a.epub")
    assert article.text.startswith("Café Bagdad opened. Then it closed.")


def test_a_chapter_that_is_no_xml_is_read_as_a_page() -> None:
    """Old books are careless with their tags."""
    broken = chapter("<h1>The storm</h1>", f"{LEAD}<br>", f"<b>{MORE}").replace("</html>", "")
    (article,) = epub_articles(book(broken), "a.epub")
    assert LEAD in article.text
    assert MORE in article.text


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", None),
        ("<dc:date opf:event='modification'>2022-01-01</dc:date>", None),
        ("<dc:date opf:event='modification'>2022-01-01</dc:date><dc:date opf:event='publication'>1999-07-01</dc:date>",
         datetime(1999, 7, 1, tzinfo=UTC)),
        ("<dc:date>soon</dc:date>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_date_is_the_publications(date: str, published: datetime | None) -> None:
    """Not that of the file's last change, and not what a program writes for an unknown one."""
    assert epub_articles(book(FIRST, metadata=date), "a.epub")[0].published_at == published


def test_a_book_without_metadata_is_titled_by_its_heading() -> None:
    """Nothing is required of it but text."""
    (article,) = epub_articles(book(FIRST, metadata=""), "a.epub")
    assert (article.title, article.author, article.source) == ("The night of the rockets", None, None)


ENCRYPTED = b"<encryption xmlns='urn:x'><EncryptionMethod Algorithm='%s'/></encryption>"


@pytest.mark.parametrize(
    "entry",
    [
        {"META-INF/rights.xml": b"<rights/>"},
        {"META-INF/sinf.xml": b"<sinf/>"},
        {"META-INF/license.lcpl": b"{}"},
        {"META-INF/encryption.xml": ENCRYPTED % b"http://www.w3.org/2001/04/xmlenc#aes256-cbc"},
    ],
)
def test_a_book_with_copy_protection_is_refused_as_such(entry: dict[str, bytes]) -> None:
    """The reason is named, because the file is not damaged."""
    with pytest.raises(UnreadableError, match=r"a\.epub is locked by copy protection"):
        epub_articles(book(FIRST, extra=entry), "a.epub")


def test_a_book_that_only_hides_its_fonts_is_read() -> None:
    """Obfuscated fonts stand in the same list as real locks."""
    entry = {"META-INF/encryption.xml": ENCRYPTED % b"http://www.idpf.org/2008/embedding"}
    assert len(epub_articles(book(FIRST, SECOND, extra=entry), "a.epub")) == 2


def test_a_chapter_cannot_be_a_file_of_this_machine() -> None:
    """Names that climb out of the archive are not in it."""
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="../../../../../../../etc/passwd" media-type="text/html"/>'
        '<item id="b" href="/etc/passwd" media-type="text/html"/>'
        '<item id="c" href="text/c0.xhtml" media-type="text/html"/>'
        '</manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>'
    )
    (article,) = epub_articles(book(FIRST, extra={"OEBPS/content.opf": package.encode()}), "a.epub")
    assert article.text == f"{LEAD}\n{MORE}"


@pytest.mark.parametrize(
    "change",
    [
        {"META-INF/container.xml": b""},
        {"META-INF/container.xml": b"<container/>"},
        {"META-INF/container.xml": CONTAINER.encode().replace(b"content.opf", b"gone.opf")},
        {"OEBPS/content.opf": b"<package"},
        {"OEBPS/content.opf": b"<!DOCTYPE p [<!ENTITY a 'b'>]><package>&a;</package>"},
        {"OEBPS/content.opf": b"<a>" * 100_000},
        {"OEBPS/text/c0.xhtml": b"\xff\xfe\x00"},
        {"OEBPS/text/c0.xhtml": b""},
        {"OEBPS/text/c0.xhtml": b"<html><body><img src='a.png'/></body></html>"},
    ],
)
def test_a_damaged_or_empty_book_is_one_clear_error(change: dict[str, bytes]) -> None:
    """Broken parts and books of pictures never end in a traceback."""
    with pytest.raises(UnreadableError, match=r"a\.epub") as error:
        epub_articles(book(FIRST, extra=change), "a.epub")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "content",
    [b"<div>" * 100_000, b"<html><body>" + b"<p>" * 300_000, b"<!DOCTYPE html [" + b"<!ENTITY a 'b'>" * 9999 + b"]>"],
)
def test_nesting_without_end_is_no_danger(content: bytes) -> None:
    """It gives some text, or an error of ours."""
    try:
        articles = epub_articles(book(FIRST, extra={"OEBPS/text/c0.xhtml": content}), "a.epub")
    except SourceError:
        return
    assert all(article.text for article in articles)


def test_a_bomb_and_a_book_of_too_much_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the archive declares, and by the characters of all chapters."""
    with pytest.raises(TooLargeError, match="far too much"):
        epub_articles(book(FIRST, extra={"OEBPS/a.css": bytes(50_000_000)}), "a.epub")
    monkeypatch.setattr(epub, "MAX_TEXT", 1000)
    with pytest.raises(TooLargeError, match="more than 1,000 characters"):
        epub_articles(book(FIRST, SECOND), "a.epub")
