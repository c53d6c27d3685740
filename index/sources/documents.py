"""PDF and Word documents, read within bounds of pages, text and unpacked size."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.metadata import shown_name
from index.sources.plaintext import text_article
from index.sources.textclean import normalize_line
from index.types import Article

if TYPE_CHECKING:
    from docx.document import Document
    from pypdf import PdfReader

MAX_PAGES = 2_000
MAX_UNPACKED = 100_000_000  # bytes, all parts of a .docx together
MAX_RATIO = 200  # unpacked to packed size; XML packs about 10:1
MAX_TEXT = 20_000_000  # characters

_FULL_LINE = 0.6  # a printed line of at least this share of the page's longest one runs on into the next


def pdf_article(data: bytes, name: str) -> Article:
    """The article in a PDF: its printed lines joined to paragraphs, titled by its metadata or first line.

    The metadata's title counts only when the first page prints it, because most writers leave a stale one.

    Raises:
        UnreadableError: damaged, locked by a password, or scanned pages without text.
        TooLargeError: more than 2,000 pages or 20 million characters.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        _check_pdf(reader, name)
        pages = list(_pdf_pages(reader, name))
        title = normalize_line((reader.metadata and reader.metadata.title) or "")
    except SourceError:
        raise
    except Exception as error:  # a damaged PDF makes pypdf raise nearly anything
        raise UnreadableError(f"{shown_name(name)} is a damaged PDF. Save it anew and try again.") from error
    if not re.search(r"\w", "".join(pages)):
        raise UnreadableError(
            f"{shown_name(name)} has no text: it is probably a scan. Run text recognition (OCR) on it first."
        )
    text = "\n\n".join(pages)
    if title and title.casefold() in normalize_line(pages[0]).casefold():
        text = _without_title(text, title)
    return text_article(text, name)


def docx_article(data: bytes, name: str) -> Article:
    """The article in a Word document: its paragraphs and tables in order, titled by the first line.

    Raises:
        UnreadableError: damaged, or without text.
        TooLargeError: unpacks to more than 100 MB, or to 200 times its size.
    """
    from docx import Document

    try:
        _check_zip(data, name)
        text = "\n\n".join(_docx_lines(Document(io.BytesIO(data))))
    except SourceError:
        raise
    except Exception as error:  # a damaged document makes zipfile, lxml and python-docx raise nearly anything
        raise UnreadableError(f"{shown_name(name)} is a damaged Word document. Save it anew and try again.") from error
    return text_article(text, name)


def _check_pdf(reader: PdfReader, name: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(f"{shown_name(name)} is locked by a password. Save it without one and try again.")
    if len(reader.pages) > MAX_PAGES:
        raise TooLargeError(f"{shown_name(name)} has more than {MAX_PAGES:,} pages. Split it and try again.")


def _pdf_pages(reader: PdfReader, name: str) -> Iterator[str]:
    room = MAX_TEXT
    for page in reader.pages:
        text = page.extract_text()
        room -= len(text)
        if room < 0:
            raise TooLargeError(f"{shown_name(name)} has more than {MAX_TEXT:,} characters. Split it and try again.")
        if text.strip():
            yield _join_lines(text)


def _join_lines(page: str) -> str:
    """Printed lines joined to paragraphs, words that were hyphenated at a line's end made whole."""
    lines = [line.strip() for line in page.splitlines()]
    width = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and line:
            hyphenated = re.search(r"[a-z]-$", joined[-1]) and line[0].islower()
            joined[-1] = joined[-1][:-1] + line if hyphenated else f"{joined[-1]} {line}"
        else:
            joined.append(line)
        runs_on = bool(line) and len(line) >= _FULL_LINE * width
    return "\n".join(joined)


def _without_title(text: str, title: str) -> str:
    """The text with `title` on a line of its own at the top, taken out of where the page printed it."""
    printed = re.search(r"\s+".join(map(re.escape, title.split())), text, re.IGNORECASE)
    return f"{title}\n\n{text[: printed.start()]}{text[printed.end() :]}" if printed else text


def _check_zip(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 10_000):
        raise TooLargeError(f"{shown_name(name)} unpacks to far too much. Save it as plain text and try again.")


def _docx_lines(document: Document) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows)
        elif block.text.strip():
            yield block.text
