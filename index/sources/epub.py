"""Books and periodicals in EPUB (EPUB 3.3, OCF and package document): each chapter that has text is an article.

A chapter, not the book, is what is found and cited: a passage is searched by its article's title, retrieval takes few
passages of one article, and an issue of a newspaper has its stories as chapters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.archives import Archive, entry_beside
from index.sources.decoding import decode_text
from index.sources.markup_text import MarkupText, markup_text
from index.sources.metadata import author_name, language_code, parse_time, shown_name
from index.sources.textclean import normalize_line, normalize_text, shorten
from index.types import Article

CONTAINER = "META-INF/container.xml"
MAX_TEXT = 20_000_000  # characters of a book

_RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
_ENCRYPTION = "META-INF/encryption.xml"
# These hide fonts only (EPUB 3.3 section 4.4; Adobe's older way).
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DOCUMENT_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_EVENT, _CHANGED = "{http://www.idpf.org/2007/opf}event", "modification"
_SHORT = 200  # characters: a title page joins the chapter after it
_CONTENTS_SHARE = 0.7  # of text in links: a table of contents
_FEW_WORDS = 3  # a heading of fewer says too little without the book's title
_FIRST_YEAR = 1400  # programs write the years 1 or 101 for "unknown"
_TITLE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class _Book:
    title: str
    author: str | None
    language: str | None
    publisher: str | None
    published_at: datetime | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    text: str


def epub_articles(data: bytes, name: str) -> list[Article]:
    """The chapters of a book in reading order, titled by their headings, with the book's title as their source.

    Short pages (a half title, a dedication) join the chapter after them, and pages without a heading the one before;
    tables of contents are left out. A book that is one chapter bears the book's own title.

    Raises:
        UnreadableError: damaged, locked (DRM), or without text.
        TooLargeError: unpacks to far too much, or more than 20 million characters.
    """
    archive = Archive(data, name)
    _check_rights(archive, name)
    try:
        book = _package(archive)
        parts = _joined(_parts(archive, book, name))
    except SourceError:
        raise
    except Exception as error:  # lxml raises many kinds for a damaged document
        raise UnreadableError(f"{shown_name(name)} is a damaged EPUB. Save it anew and try again.") from error
    if not parts:
        raise UnreadableError(f"{shown_name(name)} has no text: its pages are probably pictures. Send a text instead.")
    whole = Article(
        title=shorten(book.title or parts[0].heading or shown_name(name), _TITLE_LIMIT),
        text=parts[0].text,
        source=shorten(book.publisher) if book.publisher else None,
        published_at=book.published_at,
        author=book.author,
        language=language_code(book.language, parts[0].text),
    )
    if len(parts) == 1:
        return [whole]
    source = shorten(book.title) or whole.source
    return [
        replace(whole, title=_title(part.heading, book.title, number), text=part.text, source=source)
        for number, part in enumerate(parts, 1)
    ]


def _check_rights(archive: Archive, name: str) -> None:
    """Refuse a book that only its shop's own reader opens."""
    algorithms: list[str] = []
    if _ENCRYPTION in archive:
        written = archive.xml(_ENCRYPTION).decode("utf-8", "replace")
        algorithms = re.findall(r"EncryptionMethod[^>]{0,200}?Algorithm\s*=\s*[\"']([^\"']*)", written)
    locked = any(algorithm not in _FONT_ALGORITHMS for algorithm in algorithms)
    if locked or any(entry in archive for entry in _RIGHTS):
        raise UnreadableError(
            f"{shown_name(name)} is locked by copy protection (DRM), so only its shop's own app opens it. "
            "Send a copy without protection."
        )


def _package(archive: Archive) -> _Book:
    """What the package document says of the book, and its documents in reading order."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    container = etree.fromstring(archive.xml(CONTAINER), parser)
    at = entry_beside("", next(container.iter("{*}rootfile")).get("full-path") or "")
    package = etree.fromstring(archive.xml(at), parser)
    items = {item.get("id"): item for item in package.iter("{*}item")}
    documents = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        is_document = item is not None and (item.get("media-type") or "").lower() in _DOCUMENT_TYPES
        if item is not None and is_document and "nav" not in (item.get("properties") or "").split():
            documents.append(entry_beside(at, item.get("href") or ""))

    def values(name: str, without: str = "") -> list[str]:
        elements = (e for e in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}") if e.get(_EVENT) != without)
        return [value for value in (normalize_line("".join(e.itertext())) for e in elements) if value]

    dates = [moment for moment in map(parse_time, values("date", _CHANGED)) if moment and moment.year >= _FIRST_YEAR]
    return _Book(
        title=next(iter(values("title")), ""),
        author=author_name(list(values("creator"))),
        language=next(iter(values("language")), None),
        publisher=next(iter(values("publisher")), None),
        published_at=next(iter(dates), None),
        documents=tuple(dict.fromkeys(documents)),
    )


def _parts(archive: Archive, book: _Book, name: str) -> Iterator[_Part]:
    room = MAX_TEXT
    for document in book.documents:
        if document not in archive:
            continue
        found = markup_text(decode_text(archive.read(document), name))
        room -= len(found.text)
        if room < 0:
            raise TooLargeError(f"{shown_name(name)} has more than {MAX_TEXT:,} characters. Split it and try again.")
        if found.linked <= _CONTENTS_SHARE:
            yield _part(found, book)


def _part(found: MarkupText, book: _Book) -> _Part:
    text = normalize_text(found.text).strip()
    is_named = found.title and found.title.casefold() != book.title.casefold() and not found.title.isdigit()
    heading = found.heading or (found.title if is_named and len(text) >= _SHORT else "")
    body = "\n".join(text.split("\n")[found.heading_lines :])
    return _Part(normalize_line(heading), body or text)


def _joined(parts: Iterator[_Part]) -> list[_Part]:
    """The parts, short ones before the next one and those without a heading after the one before."""
    joined: list[_Part] = []
    ahead: list[str] = []
    for part in parts:
        if not re.search(r"\w", part.text):
            continue
        if len(part.text) < _SHORT:
            ahead += [part.heading, part.text] if part.heading not in part.text else [part.text]
            continue
        text = "\n".join(filter(None, [*ahead, part.text]))
        if joined and not part.heading:
            joined[-1] = _Part(joined[-1].heading, f"{joined[-1].text}\n{text}")
        else:
            joined.append(_Part(part.heading, text))
        ahead = []
    left = "\n".join(filter(None, ahead))
    if left:
        last = joined.pop() if joined else _Part("", "")
        joined.append(_Part(last.heading, f"{last.text}\n{left}".strip()))
    return joined


def _title(heading: str, book: str, number: int) -> str:
    heading = heading or f"Part {number:,}"
    if book and len(heading.split()) < _FEW_WORDS and book.casefold() not in heading.casefold():
        heading = f"{book}: {heading}"
    return shorten(heading, _TITLE_LIMIT)
