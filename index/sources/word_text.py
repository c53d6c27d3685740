"""The text of a Word document (WordprocessingML, ECMA-376 part 1), read as a stream.

python-docx is not used: it leaves out what stands in content controls and in tracked insertions, loads every picture,
and repeats a cell as often as the file says it spans.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.sources.archives import Archive, entry_beside

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml ships no types

_RELATIONS = "_rels/.rels"
_MAIN = "word/document.xml"
_MAIN_TYPE = "/officeDocument"  # the end of the relation's type, transitional or strict
# Deleted text, the place that text was moved from, and what readers of older formats see instead of something.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def main_part(archive: Archive) -> str | None:
    """The entry of a Word document that holds its text; None when the archive is no Word document."""
    if _RELATIONS in archive:
        for _, relation in _walk(archive.xml(_RELATIONS), ("end",)):
            if (relation.get("Type") or "").endswith(_MAIN_TYPE):
                target = entry_beside("", relation.get("Target") or "")
                return target if target.startswith("word/") and target in archive else None
    return _MAIN if _MAIN in archive else None


def word_lines(xml: bytes) -> Iterator[str]:
    """The paragraphs of a document in order, a table's row as one line with ` | ` between its cells.

    Args:
        xml: the main part.

    Raises:
        lxml.etree.XMLSyntaxError: no well-formed XML, or nested too deeply.
    """
    flow = _Flow()
    for event, element in _walk(xml, ("start", "end")):
        flow.take(event, element)
        if event == "end":
            yield from flow.finished()


class _Flow:
    """Text on its way into paragraphs, cells and rows, which may lie in one another."""

    def __init__(self) -> None:
        self._skipped = 0
        self._paragraphs: list[list[str]] = []
        self._lines: list[list[str]] = [[]]  # of the document, and of each open cell
        self._rows: list[list[str]] = []

    def take(self, event: str, element: _Element) -> None:
        """Take in the start or the end of an element."""
        kind = _local(element)
        if kind in _SKIPPED:
            self._skipped += 1 if event == "start" else -1
        elif self._skipped:
            return
        elif event == "start":
            self._open(kind)
        else:
            self._close(kind, element.text or "")

    def finished(self) -> list[str]:
        """The document's own lines that are complete."""
        if len(self._lines) > 1:
            return []
        lines, self._lines[0] = self._lines[0], []
        return lines

    def _open(self, kind: str) -> None:
        if kind == "p":
            self._paragraphs.append([])
        elif kind == "tc":
            self._lines.append([])
        elif kind == "tr":
            self._rows.append([])

    def _close(self, kind: str, text: str) -> None:
        if kind == "p":
            self._add_line("".join(self._paragraphs.pop()))
        elif kind == "tc":
            cell = " ".join(self._lines.pop())
            (self._rows[-1] if self._rows else self._lines[-1]).append(cell)
        elif kind == "tr":
            self._add_line(" | ".join(filter(None, self._rows.pop())))
        elif self._paragraphs:
            self._paragraphs[-1].append(text if kind == "t" else _MARKS.get(kind, ""))

    def _add_line(self, line: str) -> None:
        if line.strip():
            self._lines[-1].append(line.strip())


def _walk(xml: bytes, events: tuple[str, ...]) -> Iterator[tuple[str, _Element]]:
    """The elements of XML, each dropped once the next one ends, so that memory does not grow with the document."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    walk = etree.iterparse(io.BytesIO(xml), events=events, resolve_entities=False, no_network=True, huge_tree=False)
    for event, element in walk:
        yield event, element
        if event == "end":
            while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
                parent.remove(before)


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
