"""The button that shows a quote in its paragraph.

A button's data is `p:<article id>:<start>:<length>:<digest>`, at most the 64 bytes Telegram allows. Nothing
is kept for it here, so buttons outlive a restart. It is only a claim, too: whoever handles it looks the
article up in the asking chat's own scopes, and the digest shows whether the article still reads so there.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from bot.richtext import Span, cleaned_pieces
from index.types import Article, Citation

MAX_DATA_BYTES = 64
_DATA = re.compile(r"p:([A-Za-z0-9_-]{1,48}):(\d{1,9}):(\d{1,6}):([A-Za-z0-9_-]{4})")
_MARGIN = 1200


@dataclass(frozen=True, slots=True)
class PassageRef:
    """Where a quote stands: `article.text[start:end]`, in code points."""

    article_id: str
    start: int
    end: int
    digest: str

    @classmethod
    def of(cls, citation: Citation) -> PassageRef:
        """The place of a citation's quote."""
        return cls(citation.article_id, citation.start, citation.end, _digest(citation.quote))

    @classmethod
    def parse(cls, data: str) -> PassageRef | None:
        """The place that a pressed button names, None when the data is malformed."""
        match = _DATA.fullmatch(data, endpos=MAX_DATA_BYTES)
        if not match:
            return None
        article_id, start, length, digest = match.groups()
        return cls(article_id, int(start), int(start) + int(length), digest)

    def data(self) -> str | None:
        """The button's data, None when it would not fit or could not be read back."""
        data = f"p:{self.article_id}:{self.start}:{self.end - self.start}:{self.digest}"
        return data if PassageRef.parse(data) == self else None


def passage(article: Article, ref: PassageRef) -> list[Span] | None:
    """The paragraph around a quote, the quote in bold; None when the article no longer reads so."""
    quote = article.text[ref.start : ref.end]
    if not quote or _digest(quote) != ref.digest:
        return None
    start, end = _paragraph(article.text, ref.start, ref.end)
    around = (article.text[start : ref.start].lstrip(), quote, article.text[ref.end : end].rstrip())
    before, quote, after = cleaned_pieces(around)
    return [
        Span(("… " if _is_cut(article.text, start, -1) else "") + before),
        Span(quote, "b"),
        Span(after + (" …" if _is_cut(article.text, end, 0) else "")),
    ]


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the paragraph, or a stretch of it at word ends when it is very long."""
    gap = "\n\n" if "\n\n" in text else "\n"
    first = text.rfind(gap, 0, start) + len(gap) if gap in text[:start] else 0
    last = text.find(gap, end)
    last = len(text) if last < 0 else last
    if start - first > _MARGIN:
        space = text.find(" ", start - _MARGIN, start)
        first = space + 1 if space >= 0 else start - _MARGIN
    if last - end > _MARGIN:
        space = text.rfind(" ", end, end + _MARGIN)
        last = space if space >= 0 else end + _MARGIN
    return min(first, start), last


def _is_cut(text: str, position: int, offset: int) -> bool:
    """Whether a paragraph was cut at `position`: the character beside it is no line end."""
    beside = text[position + offset : position + offset + 1] if position + offset >= 0 else ""
    return beside not in {"", "\n"}


def _digest(quote: str) -> str:
    raw = hashlib.blake2s(quote.encode("utf-8", "surrogatepass"), digest_size=3).digest()
    return base64.urlsafe_b64encode(raw).decode()
