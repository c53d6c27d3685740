"""OPML 1.0 and 2.0 (http://opml.org/spec2.opml): lists of feeds that readers exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.errors import SourceError, TooLargeError, UnreadableError
from index.sources.decoding import decode_text
from index.sources.feed_text import plain_line
from index.sources.metadata import web_link
from index.sources.textclean import normalize_line

MAX_BYTES = 5_000_000
MAX_FEEDS = 10_000

_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,40};)")
_DAMAGED = "This is no OPML file that can be read. Export the list of feeds anew and try again."


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed in a list of feeds."""

    url: str
    title: str


def parse_opml(data: bytes) -> list[OpmlFeed]:
    """The feeds of a list, each once, whatever folders they are in; outlines without a feed's link are passed over.

    Raises:
        UnreadableError: not OPML, too damaged to read, or with entities of its own, which no list of feeds needs.
        TooLargeError: over 5 MB, or 10,000 feeds.
    """
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    if len(data) > MAX_BYTES:
        raise TooLargeError(f"The list of feeds is over {MAX_BYTES / 1e6:g} MB. Split it and try again.")
    text = _DECLARATION.sub("", _decoded(data).strip(), count=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(_BARE_AMPERSAND.sub("&amp;", text).encode(), parser)
        if root is None or _name(root) != "opml":
            raise UnreadableError(_DAMAGED)
        return _feeds(root)
    except (etree.XMLSyntaxError, ValueError) as error:  # lxml gives ValueError also for names that no XML may have
        raise UnreadableError(_DAMAGED) from error


def _feeds(root: Any) -> list[OpmlFeed]:
    from lxml import etree

    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableError("This OPML file defines entities, which is not read. Export the list of feeds anew.")
    found: dict[str, str] = {}
    for outline in root.iter(etree.Element):
        values = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        url = web_link(_web(values.get("xmlurl", "")))
        if url is None or _name(outline) != "outline":
            continue
        found.setdefault(url, plain_line(values.get("title") or values.get("text") or "", is_html=False))
        if len(found) > MAX_FEEDS:
            raise TooLargeError(f"The list has more than {MAX_FEEDS:,} feeds. Split it and try again.")
    return [OpmlFeed(url, title) for url, title in found.items()]


def _name(element: Any) -> str:
    """An element's name; damaged files have some that no XML may have."""
    return str(element.tag).rpartition("}")[2].lower()


def write_opml(feeds: Iterable[OpmlFeed], title: str) -> str:
    """A list of feeds in OPML 2.0 that `parse_opml`, and other readers, read back."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = normalize_line(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = normalize_line(feed.title) or feed.url
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written.decode()


def _decoded(data: bytes) -> str:
    try:
        return decode_text(data, "the list")
    except SourceError as error:
        raise UnreadableError(_DAMAGED) from error


def _web(url: str) -> str:
    """`feed://` and `feed:https://` are how some readers write a feed's link."""
    text = url.strip()
    if text.lower().startswith("feed:"):
        rest = text[5:]
        return f"https:{rest}" if rest.startswith("//") else rest
    return text
