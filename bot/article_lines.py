"""How an article is named in a reply: "Rockets hit embassy – The Daily Example, 26 January 2020"."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.richtext import Span, Style, one_line, safe_link
from bot.words import Said, Words
from index.types import Citation

_MAX_TITLE = 120  # characters where an article is one of many: a page of them must fit into one message
_MAX_SOURCE = 40
_MAX_ALSO = 3  # publishers that are named beside the first


class Named(Protocol):
    """What names an article: a citation, the article itself, or one that is only on the subject."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def published_at(self) -> datetime | None: ...  # noqa: D102


def article_line(article: Named, words: Words, style: Style = "", *, short: bool = False) -> list[Span]:
    """The title with its link, the source and the date; `short` cuts what is too long for a list."""
    title = one_line(article.title)
    source = one_line(article.source or "")
    if short:
        title, source = shortened(title, _MAX_TITLE), shortened(source, _MAX_SOURCE)
    name = words.foreign(title) or words("replies-untitled")
    behind = _behind(source, article.published_at, words)
    return [Span(name, style, safe_link(article.url)), Span(behind), Span(changes(article, words))]


def origin(article: Named, words: Words) -> str:
    """Where a quote comes from when no list of sources follows: " – The Daily Example, 26 January 2020".

    The title stands in for a source that is not known.
    """
    source = one_line(article.source or "") or shortened(article.title, _MAX_TITLE)
    return Said(_behind(source, article.published_at, words) + changes(article, words))


def changes(article: object, words: Words) -> Said:
    """What a citation says beyond its origin: ", updated 5 May 2020, also in Reuters, BBC"; else nothing."""
    if not isinstance(article, Citation):
        return Said("")
    parts = [words("replies-updated", date=words.date(article.updated_at))] if article.updated_at else []
    if article.also:
        names = [words.foreign(shortened(name, _MAX_SOURCE)) for name in article.also[:_MAX_ALSO]]
        parts.append(words("replies-also", sources=words.listed(names)))
    return words.listed(["", *parts]) if parts else Said("")


def shortened(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters."""
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _behind(source: str, date: datetime | None, words: Words) -> Said:
    """A reply always says the date of what it cites, also that there is none."""
    known = [words.foreign(source)] if source else []
    return Said(f" – {words.listed([*known, words.date(date) if date else words('replies-no-date')])}")
