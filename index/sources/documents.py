"""PDF and Word documents, read within bounds of pages, text and unpacked size."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import SourceError, TooLargeError, UnreadableError, UnsupportedError
from index.sources.archives import Archive
from index.sources.decoding import READABLE_TYPES
from index.sources.metadata import shown_name
from index.sources.plaintext import text_article
from index.sources.textclean import normalize_line
from index.sources.word_text import main_part, word_lines
from index.types import Article

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
MAX_SECONDS = 20.0
MAX_TEXT = 20_000_000  # characters

_FULL_LINE = 0.6  # a printed line of at least this share of the page's longest one runs on into the next


def pdf_article(data: bytes, name: str) -> Article:
    """The article in a PDF: its printed lines joined to paragraphs, titled by its metadata or first line.

    The metadata's title counts only when the first page prints it, because most writers leave a stale one.

    Raises:
        UnreadableError: damaged, locked by a password, or scanned pages without text.
        TooLargeError: more than 2,000 pages, 20 million characters, 20 s, or a part that unpacks to far too much.
    """
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        _check_pdf(reader, name)
        pages = list(_pdf_pages(reader, name))
        title = normalize_line((reader.metadata and reader.metadata.title) or "")
    except SourceError:
        raise
    except LimitReachedError as error:
        raise TooLargeError(
            f"{shown_name(name)} holds a page that unpacks to far too much. Save it as plain text and try again."
        ) from error
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
        UnreadableError: damaged, locked, or without text.
        UnsupportedError: an archive of another type.
        TooLargeError: unpacks to more than 100 MB, or to 200 times its size.
    """
    archive = Archive(data, name)
    try:
        part = main_part(archive)
        text = "\n\n".join(word_lines(archive.xml(part))) if part else None
    except SourceError:
        raise
    except Exception as error:  # lxml raises many kinds for a damaged document
        raise UnreadableError(f"{shown_name(name)} is a damaged Word document. Save it anew and try again.") from error
    if text is None:
        raise UnsupportedError(f"{shown_name(name)} is an archive or a document of another type. {READABLE_TYPES}")
    return text_article(text, name)


def _check_pdf(reader: PdfReader, name: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(f"{shown_name(name)} is locked by a password. Save it without one and try again.")
    # What the file declares is asked first: to count a great many pages takes seconds.
    declared = reader.root_object["/Pages"].get_object().get("/Count")  # type: ignore[union-attr]  # a dictionary, or an error that is caught
    if (isinstance(declared, int) and declared > MAX_PAGES) or len(reader.pages) > MAX_PAGES:
        raise TooLargeError(f"{shown_name(name)} has more than {MAX_PAGES:,} pages. Split it and try again.")


def _pdf_pages(reader: PdfReader, name: str) -> Iterator[str]:
    room = MAX_TEXT
    latest = time.monotonic() + MAX_SECONDS
    for page in reader.pages:
        if time.monotonic() > latest:
            raise TooLargeError(f"{shown_name(name)} takes too long to read. Split it, or save it as plain text.")
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
