"""Files by their bytes: text, Markdown, HTML, PDF, DOCX and JSON lines. A name is never used as a path."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError, TooLargeError, UnreadableError, UnsupportedError
from index.sources.decoding import READABLE_TYPES, decode_text
from index.sources.documents import docx_article, pdf_article
from index.sources.jsonl import Lines, OnError, read_lines
from index.sources.metadata import shown_name
from index.sources.pages import page_article
from index.sources.plaintext import text_article
from index.types import Article

MAX_FILE = 20_000_000  # bytes
MAX_UPLOADED_LINES = 100_000_000  # bytes of an uploaded .jsonl.gz, unpacked

_JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_MARKDOWN = (".md", ".markdown")
_NOT_ARTICLES = (".json", ".xml", ".rss", ".atom", ".opml", ".svg", ".rtf", ".csv", ".tsv")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_START = 1024


def read_file(data: bytes, name: str) -> list[Article]:
    """The articles in a file's bytes: one, or one a line for JSON lines.

    What the bytes are counts first, then the name's ending; text under an unknown ending is plain text.

    Raises:
        UnreadableError: empty, damaged, locked, or without an article's text.
        UnsupportedError: binary, or a type that askwire does not read.
        TooLargeError: over 20 MB, or unpacks to far too much.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(_too_large(name))
    if not data.strip():
        raise UnreadableError(f"{shown_name(name)} is empty.")
    if name.lower().endswith(_JSON_LINES):
        articles = list(read_lines(_bounded_lines(data, name), name))
        if not articles:
            raise UnreadableError(f"{shown_name(name)} is empty: no line holds an article.")
        return articles
    return [_one_article(data, name)]


def read_articles(path: Path, on_error: OnError | None = None) -> Iterator[Article]:
    """The articles in a file on disk; JSON lines, packed or not, are streamed whatever their size.

    Args:
        path: a file of any type that `read_file` reads.
        on_error: gets the error of each bad line, and reading goes on; without it the first one is raised.

    Raises:
        SourceError: as `read_file`; UnreadableError also when the file is missing, a folder or not permitted.
    """
    try:
        yield from _from_disk(path, on_error)
    except SourceError as error:
        if on_error is None:
            raise
        on_error(error)


def _from_disk(path: Path, on_error: OnError | None) -> Iterator[Article]:
    name = path.name
    try:
        if path.is_dir():
            raise UnreadableError(f"{shown_name(name)} is a folder. Name the files in it.")
        if name.lower().endswith(_JSON_LINES):
            with path.open("rb") as stream:
                yield from read_lines(_unpacked(stream), name, on_error)
            return
        if path.stat().st_size > MAX_FILE:
            raise TooLargeError(_too_large(name))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"{shown_name(name)} does not exist. Check the path.") from error
    except OSError as error:
        raise UnreadableError(f"{shown_name(name)} cannot be read: {error.strerror or 'unknown fault'}.") from error
    yield from read_file(data, name)


def _one_article(data: bytes, name: str) -> Article:
    ending = name.lower()
    if b"%PDF-" in data[:_START]:
        return pdf_article(data, name)
    if data.startswith(b"PK\x03\x04"):
        _check_is_word(data, name)
        return docx_article(data, name)
    text = decode_text(data, name) if not _HTML.match(data[:_START]) else None
    if text is None or ending.endswith((".html", ".htm", ".xhtml")):
        return page_article(data, None, name=name)
    if ending.endswith(_NOT_ARTICLES) or text.startswith("{\\rtf"):
        raise UnsupportedError(f"{shown_name(name)} is of a type that askwire does not read. {READABLE_TYPES}")
    return text_article(text, name, markdown=ending.endswith(_MARKDOWN))


def _check_is_word(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            parts.getinfo("word/document.xml")
    except KeyError as error:
        raise UnsupportedError(
            f"{shown_name(name)} is an archive or a document of another type. {READABLE_TYPES}"
        ) from error
    except Exception as error:  # zipfile raises many kinds for a damaged archive
        raise UnreadableError(f"{shown_name(name)} is damaged. Save it anew and try again.") from error


def _unpacked(stream: BinaryIO) -> Lines:
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return gzip.GzipFile(fileobj=stream, mode="rb") if packed else stream


def _bounded_lines(data: bytes, name: str) -> Lines:
    return _Bounded(_unpacked(io.BytesIO(data)), MAX_UPLOADED_LINES, _too_large(name))


class _Bounded:
    """A reader of lines that refuses to go past `limit` bytes."""

    def __init__(self, stream: Lines, limit: int, message: str) -> None:
        self._stream = stream
        self._room = limit
        self._message = message

    def readline(self, size: int = -1, /) -> bytes:
        line = self._stream.readline(size)
        self._room -= len(line)
        if self._room < 0:
            raise TooLargeError(self._message)
        return line


def _too_large(name: str) -> str:
    return f"{shown_name(name)} is over {MAX_FILE // 1_000_000} MB. Split it and try again."
