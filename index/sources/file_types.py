"""What a file is, by its bytes first and its name's ending second."""

from __future__ import annotations

import re
from enum import StrEnum

from index.errors import FeedFileError, SourceError, UnreadableError, UnsupportedError
from index.sources.decoding import READABLE_TYPES
from index.sources.metadata import shown_name

_START = 4096
_JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_MARKDOWN = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_NOT_ARTICLES = (".json", ".xml", ".rss", ".atom", ".opml", ".svg", ".rtf", ".csv", ".tsv")
# Atomic groups: without them a row of comments could be divided in endless ways.
_HTML = re.compile(rb"\s*(?>(?:<!--.*?-->|<\?xml[^>]*>)\s*)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_XML_ROOT = re.compile(
    r"\s*(?>(?:<!--.*?-->|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*)*+<(?:[\w.-]+:)?([A-Za-z]+)\b", re.DOTALL
)
_FEED_ROOTS = ("rss", "feed", "RDF")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/')
_CHAT_EXPORT = re.compile(rb'\s*\{.{0,4000}"(?:messages|chats)"\s*:\s*[\[{]', re.DOTALL)
_HTML_EXPORT = b"<title>Exported Data</title>"


class FileType(StrEnum):
    """The types that have a reader, and those that have a refusal of their own."""

    PDF = "PDF"
    ARCHIVE = "ZIP"  # DOCX and EPUB are archives
    HTML = "HTML"
    JSON_LINES = "JSON lines"
    JSON = "JSON"
    MARKDOWN = "Markdown"
    TEXT = "text"
    FEED = "feed"
    OPML = "OPML"
    HTML_EXPORT = "Telegram's export as HTML"
    OLD_OFFICE = "old Office"
    OTHER = "other"


def file_type(data: bytes, name: str) -> FileType:
    """The type of a file; text under an unknown ending is text.

    Args:
        data: the whole file, or at least its first 4,096 bytes.
        name: the file's name, of which only the ending counts.
    """
    ending = name.lower()
    start = data[:_START].removeprefix(b"\xef\xbb\xbf")
    if ending.endswith(_JSON_LINES):
        return FileType.JSON_LINES
    if b"%PDF-" in start[:1024]:
        return FileType.PDF
    if start.startswith(b"PK\x03\x04"):
        return FileType.ARCHIVE
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileType.OLD_OFFICE
    if _HTML.match(start):
        return FileType.HTML_EXPORT if _HTML_EXPORT in start else FileType.HTML
    return _text_type(start, ending)


def feed_type(data: bytes) -> FileType | None:
    """FEED for RSS, Atom or JSON Feed, OPML for a list of feeds, None for anything else."""
    start = data[:_START].removeprefix(b"\xef\xbb\xbf")
    if start.lstrip().startswith(b"{"):
        return FileType.FEED if _JSON_FEED.search(start) else None
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    root = _XML_ROOT.match(start.decode("utf-16" if wide else "latin-1", "ignore"))
    if root is None:
        return None
    if root[1] in _FEED_ROOTS:
        return FileType.FEED
    return FileType.OPML if root[1].lower() == "opml" else None


def refused(kind: FileType, name: str) -> SourceError:
    """The error for a type without a reader."""
    shown = shown_name(name)
    if kind is FileType.FEED:
        return UnsupportedError(
            f"{shown} is a feed, not an article. Add the feed's address instead: /feeds and the address in a chat, "
            "askwire feeds add ADDRESS on the command line."
        )
    if kind is FileType.OPML:
        return FeedFileError(
            f"{shown} is a list of feeds (OPML), not an article. Import it: in a chat send it with /feeds, on the "
            "command line use askwire feeds import FILE."
        )
    if kind is FileType.HTML_EXPORT:
        return UnsupportedError(
            f"{shown} is a Telegram chat exported as HTML. Export it once more in the format JSON and send result.json."
        )
    if kind is FileType.OLD_OFFICE:
        return UnreadableError(
            f"{shown} is of an old Office type or locked by a password. Save it as .docx or PDF without a password."
        )
    return UnsupportedError(f"{shown} is of a type that askwire does not read. {READABLE_TYPES}")


def _text_type(start: bytes, ending: str) -> FileType:
    if kind := feed_type(start):
        return kind
    if ending.endswith(".json") or _CHAT_EXPORT.match(start):
        return FileType.JSON
    if ending.endswith(_PAGES):
        return FileType.HTML
    if ending.endswith(_NOT_ARTICLES) or start.startswith(b"{\\rtf"):
        return FileType.OTHER
    return FileType.MARKDOWN if ending.endswith(_MARKDOWN) else FileType.TEXT
