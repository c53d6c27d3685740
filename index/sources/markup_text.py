"""The text of XHTML or HTML that is an article throughout, as a chapter of a book is: nothing in it is left out.

Web pages, with their menus and adverts, are read by `pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING

from index.sources.textclean import normalize_line

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml ships no types

# Ruby's readings stand beside words that they repeat.
_SKIPPED = frozenset("head script style template noscript svg math rt rp".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset("amp lt gt quot apos".split())


@dataclass(frozen=True, slots=True)
class MarkupText:
    """A document's text, one paragraph a line.

    `heading` is its first heading, with those that follow it at once; `heading_lines` how many lines at the top of the
    text are that heading. `title` is the `<title>`, `linked` the share of text that is in links.
    """

    text: str
    heading: str = ""
    heading_lines: int = 0
    title: str = ""
    linked: float = 0.0


def markup_text(markup: str) -> MarkupText:
    """The text of an XHTML or HTML document.

    Raises:
        lxml.etree.LxmlError: it cannot be parsed at all.
    """
    root = _parse(markup)
    if root is None:
        return MarkupText("")
    flow = _Flow()
    for event, element in _walk(root):
        flow.take(event, element)
    lines = flow.lines()
    titles = [normalize_line("".join(element.itertext())) for element in root.iter("{*}title")]
    length = sum(map(len, lines))
    return MarkupText(
        text="\n".join(lines),
        heading=" – ".join(flow.headings),
        heading_lines=len(flow.headings) if lines[: len(flow.headings)] == flow.headings else 0,
        title=titles[0] if titles else "",
        linked=min(1.0, flow.linked / length) if length else 0.0,
    )


class _Flow:
    """Text on its way into lines."""

    def __init__(self) -> None:
        self.headings: list[str] = []
        self.linked = 0  # characters within links
        self._lines: list[str] = []
        self._line: list[str] = []
        self._skipped: _Element | None = None
        self._heading: _Element | None = None
        self._is_text = False  # since the first heading
        self._links = 0

    def take(self, event: str, element: _Element) -> None:
        """Take in the start or the end of an element, or what follows a comment."""
        tag = _local(element)
        if event == "start":
            if self._skipped is None and (tag in _SKIPPED or element.get(_EPUB_TYPE) == "noteref"):
                self._skipped = element
            if self._skipped is None:
                self._open(tag, element)
                self._add(element.text)
            return
        if self._skipped is element:
            self._skipped = None
        elif self._skipped is None and event == "end":
            self._close(tag, element)
        if self._skipped is None:
            self._add(element.tail)

    def lines(self) -> list[str]:
        """All lines, the open one included."""
        self._break()
        return self._lines

    def _open(self, tag: str, element: _Element) -> None:
        if tag in _BLOCKS or tag == "br":
            self._break()
        elif tag in _CELLS and any(map(str.strip, self._line)):
            self._line.append(" | ")
        self._links += tag == "a"
        if tag in _HEADINGS and self._heading is None and not self._is_text:
            self._heading = element

    def _close(self, tag: str, element: _Element) -> None:
        if tag in _BLOCKS:
            self._break()
        if element is self._heading:
            self._heading = None
        self._links -= tag == "a"

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text)
            if self._links:
                self.linked += len(text.strip())

    def _break(self) -> None:
        line = normalize_line("".join(self._line))
        self._line = []
        if line:
            self._lines.append(line)
            if self._heading is not None:
                self.headings.append(line)
            elif self.headings:
                self._is_text = True


def _parse(markup: str) -> _Element | None:
    """The tree: as XML where that goes, because an HTML parser takes `<title/>` for an open element."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    # Without a document type there are no entities to expand; the named characters are put in first.
    plain = _ENTITY.sub(_character, _DECLARATION.sub("", _DOCTYPE.sub("", markup, count=1), count=1)).encode()
    try:
        root = etree.fromstring(plain, etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8"))
        if root.find(".//{*}body") is not None:
            return root
    except etree.XMLSyntaxError:
        pass
    return etree.fromstring(plain, etree.HTMLParser(no_network=True, encoding="utf-8"))


def _character(entity: re.Match[str]) -> str:
    return entity[0] if entity[1] in _OF_XML else html5.get(f"{entity[1]};", entity[0])


def _walk(root: _Element) -> Iterator[tuple[str, _Element]]:
    from lxml import etree

    yield from etree.iterwalk(root, events=("start", "end", "comment", "pi"))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
