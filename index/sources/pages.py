"""Web pages: the article in a page's HTML, without menus, adverts and comments, by trafilatura."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import UnreadableError
from index.sources.decoding import decode_text
from index.sources.documents import pdf_article
from index.sources.metadata import parse_time, shown_name, site_name, web_link
from index.sources.plaintext import text_article
from index.sources.textclean import drop_closing_lines, normalize_line, normalize_text, shorten
from index.types import Article

if TYPE_CHECKING:
    from trafilatura.settings import Document

    from index.fetch import Fetcher, Page

MIN_CHARACTERS = 200
MIN_WORDS = 30
_TITLE_LIMIT = 300
# Chinese and Japanese write no spaces: each of their characters counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]|[^\W_]+")
_DECLARED_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)


async def read_page(url: str, fetcher: Fetcher) -> Article:
    """The article at a link: HTML, PDF or plain text by the type that the site declares.

    Raises:
        FetchError: the page could not be fetched, or may not be.
        TooLargeError: over the fetcher's limit.
        UnsupportedError: not a page, a PDF or a text.
        UnreadableError: no article text in it.
    """
    page = await fetcher.get(url)
    return await asyncio.to_thread(_fetched_article, page)


def page_article(html: bytes | str, url: str | None, *, charset: str | None = None, name: str | None = None) -> Article:
    """The article in a page's HTML: title, text, canonical link, site name or host, and publication time.

    The canonical link counts only within the page's own site, so no page can pass for another publisher's.

    Args:
        html: the page as it came.
        url: where it came from; None for a file.
        charset: what the server declared.
        name: how messages call it; the host by default.

    Raises:
        UnreadableError: fewer than 200 characters or 30 words of article text.
        UnsupportedError: not text.
    """
    shown = name or site_name(url) or "the page"
    text = html if isinstance(html, str) else decode_text(html, shown, charset or _charset(html))
    found = _extract(text, url, shown)
    body = drop_closing_lines(normalize_text((found and found.text) or "").strip())
    title = normalize_line((found and found.title) or "")
    first, _, rest = body.partition("\n")
    if title and normalize_line(first) == title:
        body = rest.strip()
    if not found or not _is_article(body):
        raise UnreadableError(
            f"{shown_name(shown)} has no article text that can be read: the page may need scripts, a login "
            "or a subscription. Copy the article's text and send that instead."
        )
    link = _canonical(found.url, url)
    return Article(
        title=shorten(title or normalize_line(first), _TITLE_LIMIT),
        text=body,
        url=link,
        source=_publisher(found.sitename, link),
        published_at=parse_time(found.date),
    )


def _fetched_article(page: Page) -> Article:
    host = site_name(page.url) or "the page"
    if page.content_type == "application/pdf" or page.body.startswith(b"%PDF-"):
        return _at(pdf_article(page.body, host), page.url)
    if page.content_type in ("text/plain", "text/markdown"):
        text = decode_text(page.body, host, page.charset)
        return _at(text_article(text, host, markdown=page.content_type == "text/markdown"), page.url)
    return page_article(page.body, page.url, charset=page.charset)


def _at(article: Article, url: str) -> Article:
    return replace(article, url=web_link(url), source=site_name(url))


def _extract(text: str, url: str | None, shown: str) -> Document | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    dates = {
        "original_date": True,
        "extensive_search": False,  # which takes any year on the page, also the copyright's, for the date
        "outputformat": "%Y-%m-%dT%H:%M:%S%z",
        "max_date": f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}",
    }
    try:
        found = bare_extraction(text, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates)
    except Exception as error:  # lxml and the libraries above it raise many kinds for broken pages
        raise UnreadableError(f"{shown_name(shown)} is too broken a page to read.") from error
    return found if isinstance(found, Document) else None


def _charset(html: bytes) -> str | None:
    declared = _DECLARED_CHARSET.search(html[:2048])
    return declared[1].decode("ascii") if declared else None


def _is_article(text: str) -> bool:
    return len(text) >= MIN_CHARACTERS and sum(1 for _ in _WORD.finditer(text)) >= MIN_WORDS


def _publisher(declared: str | None, link: str | None) -> str | None:
    name = shorten(normalize_line(declared or "").lstrip("@"))
    # Where the page names no site, trafilatura gives the host, with its port.
    is_host = link is not None and name.lower() in (link.split("/")[2].lower(), site_name(link))
    return site_name(link) if is_host or not name else name


def _canonical(declared: str | None, url: str | None) -> str | None:
    """The page's own idea of its link where its site agrees, else the link it was fetched from."""
    link, own = web_link(declared), web_link(url)
    if link is None or own is None:
        return own or link
    there, here = urlsplit(link).hostname or "", (urlsplit(own).hostname or "").removeprefix("www.")
    there = there.removeprefix("www.")
    return link if there == here or there.endswith(f".{here}") or here.endswith(f".{there}") else own
