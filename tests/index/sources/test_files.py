"""A file is what its bytes are; every broken one ends in one clear line."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError, TooLargeError, UnreadableError, UnsupportedError
from index.sources import files
from index.sources.files import read_articles, read_file
from tests.index.sources.test_documents import PARAGRAPH, TITLE, make_docx, make_pdf

HTML = (
    f"<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><article><p>{PARAGRAPH}</p>"
    "<p>The government promised to find those who fired the rockets.</p></article></body></html>"
)
LINE = json.dumps({"title": TITLE, "text": PARAGRAPH}).encode() + b"\n"


def zipped(name: str) -> bytes:
    """An archive with one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"{TITLE}\n\n{PARAGRAPH}".encode(), "a.txt"),
        (f"{TITLE}\n\n{PARAGRAPH}".encode(), "a.TXT"),
        (f"{TITLE}\n\n{PARAGRAPH}".encode(), "README"),
        (f"{TITLE}\n\n{PARAGRAPH}".encode(), "a.log"),
        (f"{TITLE}\n\n{PARAGRAPH}".encode("utf-16"), "a.txt"),
        (f"# {TITLE}\n\n{PARAGRAPH}".encode(), "a.md"),
        (HTML.encode(), "a.html"),
        (HTML.encode(), "a.txt"),
        (b"\xef\xbb\xbf" + HTML.encode(), "a.htm"),
        (HTML.encode("utf-16"), "a.html"),
        (make_pdf(), "a.pdf"),
        (make_pdf(), "a.txt"),
        (make_docx(TITLE, PARAGRAPH), "a.docx"),
        (make_docx(TITLE, PARAGRAPH), "a.pdf"),
        (LINE, "a.jsonl"),
        (LINE, "a.ndjson"),
        (gzip.compress(LINE), "a.jsonl.gz"),
        (gzip.compress(LINE), "a.JSONL"),
    ],
)
def test_every_type_is_read_by_its_bytes(data: bytes, name: str, tmp_path: Path) -> None:
    """The name's ending misleads nobody, and reading from disk gives the same."""
    (article,) = read_file(data, name)
    assert article.title == TITLE
    assert article.text.startswith(PARAGRAPH)
    path = tmp_path / name
    path.write_bytes(data)
    assert list(read_articles(path)) == [article]


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.pdf", "a.jsonl", "a.docx", "a"])
def test_an_empty_file_is_called_empty(data: bytes, name: str) -> None:
    """Nothing in it is said so, whatever the type should be."""
    with pytest.raises(UnreadableError, match=r"is empty|not UTF-8"):
        read_file(data, name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (zipped("xl/workbook.xml"), "a.xlsx"),
        (zipped("mimetype"), "a.epub"),
        (zipped("a.txt"), "a.docx"),
        (b"<?xml version='1.0'?><note/>", "a.xml"),
        (b"{\\rtf1\\ansi Three rockets}", "a.rtf"),
        (b"{\\rtf1\\ansi Three rockets}", "a.txt"),
        (b"a,b\n1,2\n", "a.csv"),
    ],
)
def test_an_unknown_type_is_refused_with_the_types_that_are_read(data: bytes, name: str) -> None:
    """The error tells what could be sent instead."""
    with pytest.raises(
        UnsupportedError, match=r"askwire reads text, Markdown, HTML, PDF, DOCX, EPUB, JSON lines and Telegram"
    ):
        read_file(data, name)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (
            b"<?xml version='1.0'?><rss><channel/></rss>",
            "a.xml",
            r"a\.xml is a feed.*/feeds and the address.*askwire feeds add",
        ),
        (b"<rss><channel/></rss>", "a.txt", "is a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "a.atom", "is a feed"),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), "a.rss", "is a feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "feed.json", "is a feed"),
        (b"<opml version='2.0'/>", "a.opml", r"a\.opml is a list of feeds.*with /feeds.*askwire feeds import"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- mine -->\n<opml/>", "a.xml", "is a list of feeds"),
        (b'{"a": 1}', "a.json", r"a\.json is JSON, but not Telegram's chat export.*\.jsonl"),
        (b"<!DOCTYPE html><html><head><title>Exported Data</title></head></html>", "messages.html", "format JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "a.doc", r"old Office type.*\.docx or PDF"),
    ],
)
def test_a_file_that_is_no_article_is_refused_with_the_way_to_use_it(data: bytes, name: str, message: str) -> None:
    """A feed, a list of feeds, or a wrong kind of export: the error names the right command or format."""
    with pytest.raises(SourceError, match=message) as error:
        read_file(data, name)
    assert "\n" not in str(error.value)


def test_a_damaged_archive_is_damaged() -> None:
    """A cut zip is no unknown type."""
    with pytest.raises(UnreadableError, match="damaged"):
        read_file(make_docx(TITLE)[:3000], "a.docx")


def test_a_page_without_an_article_is_refused() -> None:
    """A saved page of menus is not indexed as junk."""
    with pytest.raises(UnreadableError, match=r"a\.html has too little text"):
        read_file(b"<html><body><a href=x>Home</a></body></html>", "a.html")


def test_a_file_over_20_mb_is_refused(tmp_path: Path) -> None:
    """In memory and on disk, before it is read."""
    with pytest.raises(TooLargeError, match=r"a\.txt is over 20 MB"):
        read_file(b"x" * 20_000_001, "a.txt")
    path = tmp_path / "b.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(TooLargeError, match=r"b\.txt is over 20 MB"):
        next(read_articles(path))


def test_an_uploaded_gzip_bomb_of_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small upload cannot unpack to endless articles."""
    monkeypatch.setattr(files, "MAX_UPLOADED_LINES", 100_000)
    with pytest.raises(TooLargeError):
        read_file(gzip.compress(LINE * 1000), "a.jsonl.gz")


def test_an_upload_of_too_many_articles_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny lines cannot fill the memory either."""
    monkeypatch.setattr(files, "MAX_UPLOADED_ARTICLES", 10)
    assert len(read_file(LINE * 10, "a.jsonl")) == 10
    with pytest.raises(TooLargeError, match="more than 10 articles"):
        read_file(LINE * 11, "a.jsonl")


def test_lines_on_disk_are_streamed_whatever_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bulk file over the limit of other files gives its first article before its last line is read."""
    monkeypatch.setattr(files, "MAX_FILE", 1000)
    path = tmp_path / "bulk.jsonl.gz"
    path.write_bytes(gzip.compress(LINE * 500 + b"broken\n" + LINE))
    errors: list[SourceError] = []
    assert sum(1 for _ in read_articles(path, errors.append)) == 501
    assert [str(error).partition(":")[0] for error in errors] == ["bulk.jsonl.gz, line 501"]
    assert next(read_articles(path)).title == TITLE


def test_lines_without_an_article_are_an_empty_file() -> None:
    """An upload of blank lines is not silently taken as nothing."""
    with pytest.raises(UnreadableError, match="is empty"):
        read_file(gzip.compress(b"\n\n"), "a.jsonl.gz")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    """The error says which, and what to do."""
    with pytest.raises(UnreadableError, match=r"gone\.txt does not exist"):
        next(read_articles(tmp_path / "gone.txt"))
    with pytest.raises(UnreadableError, match=r"gone\.jsonl does not exist"):
        next(read_articles(tmp_path / "gone.jsonl"))
    with pytest.raises(UnreadableError, match="is a folder"):
        next(read_articles(tmp_path))
    with pytest.raises(UnreadableError, match="cannot be read"):
        next(read_articles(tmp_path / ("x" * 300)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    """A missing permission is told as such."""
    path = tmp_path / "a.txt"
    path.write_text("hello", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableError, match=r"a\.txt cannot be read: Permission denied"):
        next(read_articles(path))


def test_errors_are_handed_over_when_asked(tmp_path: Path) -> None:
    """A bad file among many does not end a bulk load."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    errors: list[SourceError] = []
    assert list(read_articles(path, errors.append)) == []
    assert list(read_articles(tmp_path / "gone.txt", errors.append)) == []
    assert len(errors) == 2


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "/etc/passwd", "C:\\boot.ini", "a\0b.txt", "\u202egpj.txt", "", "x" * 5000],
)
def test_a_name_is_never_a_path(name: str) -> None:
    """Whatever the name, the bytes are what is read."""
    assert read_file(f"{TITLE}\n{PARAGRAPH}".encode(), name)[0].text == PARAGRAPH


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\x1f\x8b\x08\x00", b"\xff\xfe", b"{", b'{"messages":[']
    ),
    st.sampled_from(
        ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.epub", "a.json", "a.jsonl", "a.jsonl.gz", "a.bin"]
    ),
)
@settings(deadline=None, max_examples=150)
def test_no_bytes_end_in_anything_but_articles_or_a_clear_error(data: bytes, start: bytes, name: str) -> None:
    """Random bytes under every beginning and name give an article with words or one line of error."""
    try:
        articles = read_file(start + data, name)
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017 - one of two good ends
    else:
        assert all(article.title and article.text for article in articles)
