"""Files by their bytes: text, Markdown, HTML, PDF, DOCX, EPUB, JSON lines, Telegram's export.

A name is never used as a path.
"""

from __future__ import annotations

import gzip
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.archives import Archive
from index.sources.decoding import decode_text
from index.sources.documents import docx_article, pdf_article
from index.sources.epub import CONTAINER, epub_articles
from index.sources.file_types import FileType, file_type, refused
from index.sources.jsonl import Lines, OnError, read_lines
from index.sources.metadata import shown_name
from index.sources.pages import page_article
from index.sources.plaintext import text_article
from index.sources.telegram_export import OnPassedOver, export_articles
from index.types import Article

MAX_FILE = 20_000_000  # bytes
MAX_UPLOADED_LINES = 100_000_000  # bytes of an uploaded .jsonl.gz, unpacked
MAX_UPLOADED_ARTICLES = 50_000
MAX_EXPORT = 2_000_000_000  # bytes of a chat export on disk

_START = 4096


def read_file(data: bytes, name: str, on_passed_over: OnPassedOver | None = None) -> list[Article]:
    """The articles in a file's bytes: one, or one a line, a message or a chapter.

    What the bytes are counts first, then the name's ending; text under an unknown ending is plain text.

    Args:
        data: the whole file.
        name: its name, for the ending and for messages.
        on_passed_over: gets the number of a chat's messages that gave no article.

    Raises:
        UnreadableError: empty, damaged, locked, or without an article's text.
        UnsupportedError: binary, a feed, or a type that askwire does not read.
        TooLargeError: over 20 MB, more than 50,000 articles, or unpacks to far too much.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(_too_large(name))
    if not data.strip():
        raise UnreadableError(f"{shown_name(name)} is empty.")
    kind = file_type(data, name)
    if kind is FileType.JSON_LINES:
        articles = _bounded(read_lines(_bounded_lines(data, name), name), name)
        if not articles:
            raise UnreadableError(f"{shown_name(name)} is empty: no line holds an article.")
        return articles
    if kind is FileType.JSON:
        return _bounded(export_articles(io.BytesIO(data), name, on_passed_over), name)
    if kind is FileType.ARCHIVE:
        return epub_articles(data, name) if CONTAINER in Archive(data, name) else [docx_article(data, name)]
    return [_one_article(kind, data, name)]


def read_articles(
    path: Path, on_error: OnError | None = None, on_passed_over: OnPassedOver | None = None
) -> Iterator[Article]:
    """The articles in a file on disk; JSON lines, packed or not, and Telegram's export are streamed.

    Args:
        path: a file of any type that `read_file` reads.
        on_error: gets the error of each bad line, and reading goes on; without it the first one is raised.
        on_passed_over: gets the number of a chat's messages that gave no article.

    Raises:
        SourceError: as `read_file`; UnreadableError also when the file is missing, a folder or not permitted.
    """
    try:
        yield from _from_disk(path, on_error, on_passed_over)
    except SourceError as error:
        if on_error is None:
            raise
        on_error(error)


def _from_disk(path: Path, on_error: OnError | None, on_passed_over: OnPassedOver | None) -> Iterator[Article]:
    name = path.name
    try:
        if path.is_dir():
            raise UnreadableError(f"{shown_name(name)} is a folder. Name the files in it.")
        size = path.stat().st_size
        with path.open("rb") as stream:
            kind = file_type(stream.read(_START), name)
            stream.seek(0)
            if kind is FileType.JSON_LINES:
                yield from read_lines(_unpacked(stream), name, on_error)
                return
            if kind is FileType.JSON and 0 < size <= MAX_EXPORT:
                yield from export_articles(stream, name, on_passed_over)
                return
            if size > MAX_FILE:
                raise TooLargeError(_too_large(name, MAX_EXPORT if kind is FileType.JSON else MAX_FILE))
            data = stream.read()
    except FileNotFoundError as error:
        raise UnreadableError(f"{shown_name(name)} does not exist. Check the path.") from error
    except OSError as error:
        raise UnreadableError(f"{shown_name(name)} cannot be read: {error.strerror or 'unknown fault'}.") from error
    yield from read_file(data, name, on_passed_over)


def _one_article(kind: FileType, data: bytes, name: str) -> Article:
    if kind is FileType.PDF:
        return pdf_article(data, name)
    if kind is FileType.HTML:
        return page_article(data, None, name=name)
    if kind in (FileType.TEXT, FileType.MARKDOWN):
        return text_article(decode_text(data, name), name, markdown=kind is FileType.MARKDOWN)
    raise refused(kind, name)


def _bounded(articles: Iterator[Article], name: str) -> list[Article]:
    taken = list(itertools.islice(articles, MAX_UPLOADED_ARTICLES + 1))
    if len(taken) > MAX_UPLOADED_ARTICLES:
        raise TooLargeError(
            f"{shown_name(name)} holds more than {MAX_UPLOADED_ARTICLES:,} articles. Split it and try again."
        )
    return taken


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


def _too_large(name: str, limit: int = MAX_FILE) -> str:
    return f"{shown_name(name)} is over {limit // 1_000_000:,} MB. Split it and try again."
