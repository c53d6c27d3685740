"""JSON lines: one article a line, read as a stream, so a file may be larger than memory.

A line is `{"id"?, "url"?, "title", "source"?, "author"?, "language"?, "published_at"?, "updated_at"?, "text"}`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.metadata import author_name, language_code, later_update, parse_time, shown_name, site_name, web_link
from index.sources.textclean import normalize_line, shorten, text_in_place
from index.types import Article

MAX_LINE = 2_000_000  # bytes
_SKIP = 1_000_000
_TITLE_LIMIT = 300


class Lines(Protocol):
    """A source of lines, as binary files are."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line with its end, or its first `size` bytes; empty at the end."""
        ...


OnError = Callable[[SourceError], None]


def read_lines(stream: Lines, name: str, on_error: OnError | None = None) -> Iterator[Article]:
    """Each line's article as it is read; empty lines are passed over.

    Args:
        stream: the unpacked lines, in UTF-8.
        name: the file's name for messages.
        on_error: gets the error of a bad line, and reading goes on; without it the error is raised.

    Raises:
        UnreadableError: a line is no such object (the error names it and the fault), or the gzip is damaged.
        TooLargeError: a line is over 2 MB.
    """
    number = 0
    while True:
        number += 1
        try:
            line = _next_line(stream, name, number)
            if line is None:
                return
            if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            article = line_article(line, f"{shown_name(name)}, line {number:,}")
        except SourceError as error:
            if on_error is None:
                raise
            on_error(error)
            if isinstance(error, _StreamEndedError):
                return
        else:
            yield article


class _StreamEndedError(UnreadableError):
    """Nothing after this point can be read."""


def line_article(line: bytes, where: str) -> Article:
    """The article of one line; `where` names it in messages.

    Raises:
        UnreadableError: not an object with a title and a text.
    """
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{where}: not UTF-8. Save the file as UTF-8.") from error
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{where}: not valid JSON. Each line must hold one JSON object.") from error
    if not isinstance(record, dict):
        raise UnreadableError(f"{where}: not a JSON object. Each line must hold one, with a title and a text.")
    url = web_link(record.get("url"))
    published = parse_time(record.get("published_at"))
    return Article(
        id=_identifier(record.get("id"), where),
        title=shorten(normalize_line(_required(record, "title", where)), _TITLE_LIMIT),
        text=text_in_place(_required(record, "text", where)),
        url=url,
        source=_source(record.get("source")) or site_name(url),
        published_at=published,
        updated_at=later_update(published, parse_time(record.get("updated_at"))),
        author=author_name(record.get("author")),
        language=language_code(record.get("language")),
    )


def _next_line(stream: Lines, name: str, number: int) -> bytes | None:
    try:
        line = stream.readline(MAX_LINE + 1)
        if len(line) <= MAX_LINE:
            return line or None
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIP)
    except (OSError, EOFError, zlib.error) as error:
        raise _StreamEndedError(f"{shown_name(name)} is damaged after line {number - 1:,}. Pack it anew.") from error
    raise TooLargeError(f"{shown_name(name)}, line {number:,}: over {MAX_LINE // 1_000_000} MB. Split the article.")


def _required(record: dict[object, object], key: str, where: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not normalize_line(value):
        raise UnreadableError(f'{where}: "{key}" is missing, empty or not a text.')
    return value


def _identifier(value: object, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableError(f'{where}: "id" must be a text or a whole number.')
    name = normalize_line(str(value))
    if len(name) > 200:  # noqa: PLR2004 - the limit stands in the message
        raise UnreadableError(f'{where}: "id" is longer than 200 characters.')
    return name


def _source(value: object) -> str | None:
    return shorten(normalize_line(value)) or None if isinstance(value, str) else None
