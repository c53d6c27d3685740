"""Posts that people forward or write: plain fields, no Telegram type."""

from __future__ import annotations

import re
from datetime import datetime

import sentencex

from index.errors import UnreadableError
from index.sources.metadata import author_name, parse_time, web_link
from index.sources.textclean import TITLE_LIMIT, normalize_line, normalize_text, shorten
from index.types import Article

MIN_LETTERS = 20

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def read_post(
    text: str,
    *,
    origin: str | None,
    posted_at: datetime | None,
    link: str | None,
    author: str | None = None,
    updated_at: datetime | None = None,
) -> Article:
    """The article in a post: its whole text, titled by the first line, or sentence when the line is long.

    Args:
        text: the message's text or caption as the reader sees it, without formatting.
        origin: the channel's or person's name, which becomes the source.
        posted_at: when it was posted; without a zone it is UTC.
        link: where the post can be read, if anywhere.
        author: who wrote it, where that is another than the origin.
        updated_at: when it was edited last.

    Raises:
        UnreadableError: fewer than 20 letters besides links.
    """
    text = normalize_text(text).strip()
    if len(_LETTER.findall(_LINK.sub("", text))) < MIN_LETTERS:
        raise UnreadableError("This post has too little text to answer from. Send the article's text or its link.")
    return Article(
        title=_title(text),
        text=text,
        url=web_link(link),
        source=shorten(normalize_line(origin or "")) or None,
        published_at=parse_time(posted_at),
        updated_at=parse_time(updated_at),
        author=author_name(author),
    )


def _title(text: str) -> str:
    first = next(line for line in map(normalize_line, text.splitlines()) if _LETTER.search(line))
    if len(first) > TITLE_LIMIT:
        first = next(iter(sentencex.segment("en", first)), first).strip()
    return shorten(first)
