"""What a page's markup says of its article: JSON-LD (schema.org), meta tags and time elements.

Added to what trafilatura finds, which gives a date without its time, and no time of a later change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.sources.metadata import CLOCK_SKEW, author_name, later_update, parse_time

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

_MAX_SCRIPT = 2_000_000  # characters of one JSON-LD block
_MAX_OBJECTS = 500
_ARTICLE = re.compile(r"(?:article|posting|report|reviewnewsarticle)$", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "pubdate",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "article:modified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
)
_AUTHOR = (
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
)
_LANGUAGE = ("content-language", "og:locale", "dc.language", "language")
_URL_DATE = re.compile(r"[/-]((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?=\D|$)")
_AROUND_A_DATE = timedelta(hours=36)  # a day in a link is the publisher's own, whatever the zone


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says; times in UTC.

    `names_author` says whether there is anything about an author, `language` is the tag as written, `is_free` whether
    everybody may read it (None when it does not say), `words` how long the article is, and `is_article` whether the
    page calls itself one.
    """

    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str | None = None
    names_author: bool = False
    language: str | None = None
    is_free: bool | None = None
    words: int | None = None
    is_article: bool = False


def page_metadata(tree: HtmlElement, url: str | None, found_date: str | None = None) -> PageMetadata:
    """What the markup says.

    Args:
        tree: the page.
        url: its link; a day in it outweighs a time in the markup that is of another day.
        found_date: the day of publishing as another reader found it, which counts when the markup has no time.
    """
    metas = _metas(tree)
    article = _article_object(tree)
    times = [article.get("datePublished"), article.get("dateCreated"), *(metas.get(key) for key in _PUBLISHED)]
    published = _published([*times, *_time_elements(tree, "datepublished", "pubdate")], url, found_date)
    changed = [article.get("dateModified"), *(metas.get(key) for key in _MODIFIED)]
    updated = next(_moments([*changed, *_time_elements(tree, "datemodified", "updated")]), None)
    tags = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), article.get("inLanguage")]
    authors = [article.get("author"), *(metas.get(key) for key in _AUTHOR)]
    return PageMetadata(
        published_at=published,
        updated_at=later_update(published, updated),
        author=next(filter(None, map(author_name, authors)), None),
        names_author=any(authors),
        language=next(
            (tag for tag in (*tags, *map(metas.get, _LANGUAGE)) if isinstance(tag, str) and tag.strip()), None
        ),
        is_free=_is_free(article),
        words=_count(article.get("wordCount")),
        is_article=bool(article) or "article:published_time" in metas or metas.get("og:type", "").startswith("article"),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta tag, by its name in lower case."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                metas.setdefault(name, content[:2000])
    return metas


def _time_elements(tree: HtmlElement, itemprop: str, mark: str) -> Iterator[str]:
    for element in tree.iter("time"):
        marks = (element.get("class") or "").lower().split()
        if (element.get("itemprop") or "").lower() == itemprop or mark in marks or element.get(mark) is not None:
            yield element.get("datetime") or ""


def _article_object(tree: HtmlElement) -> dict[str, object]:
    """The first JSON-LD object that is an article; empty when there is none."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MAX_SCRIPT:
            continue
        try:
            parsed = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(parsed):
            kinds = found.get("@type")
            if any(isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                return found
    return {}


def _objects(parsed: object) -> Iterator[dict[str, object]]:
    """The objects that describe the page itself: not those of lists of other pages."""
    waiting = [parsed]
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item[:_MAX_OBJECTS]
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]


def _published(written: list[object], url: str | None, found_date: str | None) -> datetime | None:
    """The first time that agrees with the day in the link, if that has one; else the day that was found."""
    fallback = parse_time(found_date)
    day = _url_day(url)
    moments = list(_moments(written))
    if day is not None:
        middle = day + timedelta(hours=12)
        agreeing = [moment for moment in moments if abs(moment - middle) <= _AROUND_A_DATE]
        return next(iter(_with_time_first(agreeing)), fallback or day)
    return next(iter(_with_time_first(moments)), fallback)


def _with_time_first(moments: list[datetime]) -> list[datetime]:
    return sorted(moments, key=lambda moment: moment.time() == datetime.min.time())


def _moments(written: Iterable[object]) -> Iterator[datetime]:
    latest = datetime.now(UTC) + CLOCK_SKEW
    for value in written:
        moment = parse_time(value)
        if moment is not None and moment <= latest:
            yield moment


def _url_day(url: str | None) -> datetime | None:
    found = _URL_DATE.search(url or "")
    try:
        day = datetime(int(found[1]), int(found[3]), int(found[4]), tzinfo=UTC) if found else None
    except ValueError:
        return None
    return day if day and day <= datetime.now(UTC) + CLOCK_SKEW else None


def _is_free(article: dict[str, object]) -> bool | None:
    """`isAccessibleForFree` of the article, else of its parts (Google's "Structured data for paywalled content")."""
    parts = article.get("hasPart")
    for holder in (article, *(parts if isinstance(parts, list) else [parts])):
        value = holder.get("isAccessibleForFree") if isinstance(holder, dict) else None
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip():
            return value.strip().rpartition("/")[2].lower() not in ("false", "no")
    return None


def _count(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,7}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
