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
from index.sources.file_types import feed_type, refused
from index.sources.metadata import author_name, language_code, shown_name, site_name, web_link
from index.sources.page_metadata import page_metadata
from index.sources.page_refusals import page_signs, refusal
from index.sources.plaintext import text_article
from index.sources.textclean import drop_closing_lines, normalize_line, normalize_text, shorten
from index.types import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types
    from trafilatura.settings import Document

    from index.fetch import Fetcher

_TITLE_LIMIT = 300
_DECLARED_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
# Two to five words, each with a capital but for particles.
_PERSON = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]*|de|van|von|der|den|al|bin|la|le|di|da|del)(?: "
    r"(?:[^\W\d_a-z][\w.’'-]*|de|van|von|der|den|al|bin|la|le|di|da|del)){1,4}"
)


async def read_page(url: str, fetcher: Fetcher) -> Article:
    """The article at a link: HTML, PDF or plain text by the type that the site declares.

    Raises:
        FetchError: the page could not be fetched, or may not be.
        TooLargeError: over the fetcher's limit.
        UnsupportedError: a feed; or not a page, a PDF or a text.
        UnreadableError: no article text in it; the message says why.
    """
    page = await fetcher.get(url)
    return await asyncio.to_thread(fetched_article, page.body, page.url, page.content_type, page.charset)


def fetched_article(body: bytes, url: str, content_type: str, charset: str | None = None) -> Article:
    """The article in what a link gave, by the media type that its server declares.

    Raises:
        TooLargeError: a PDF over its limits.
        UnsupportedError: a feed; or not text.
        UnreadableError: no article text in it; the message says why.
    """
    host = site_name(url) or "the page"
    if content_type == "application/pdf" or body.startswith(b"%PDF-"):
        return _at(pdf_article(body, host), url)
    if kind := feed_type(body):
        raise refused(kind, host)
    if content_type in ("text/plain", "text/markdown"):
        text = decode_text(body, host, charset)
        return _at(text_article(text, host, markdown=content_type == "text/markdown"), url)
    return page_article(body, url, charset=charset)


def page_article(html: bytes | str, url: str | None, *, charset: str | None = None, name: str | None = None) -> Article:
    """The article in a page's HTML, with canonical link, site name or host, author, language and times.

    The canonical link counts only within the page's own site, so no page can pass for another publisher's.

    Args:
        html: the page as it came.
        url: where it came from; None for a file.
        charset: what the server declared.
        name: how messages call it; the host by default.

    Raises:
        UnreadableError: no article: fewer than 200 characters or 30 words, a wall of any kind, an error page, a list.
        UnsupportedError: not text.
    """
    shown = name or site_name(url) or "the page"
    text = html if isinstance(html, str) else decode_text(html, shown, charset or _charset(html))
    tree = _tree(text, shown)
    if tree is None:
        raise UnreadableError(f"{shown_name(shown)} is empty or no page. Check the link, or send the article's text.")
    found = _extract(tree, url, shown)
    title, body = _title_and_body(found)
    metadata = page_metadata(tree, url, found.date)
    if reason := refusal(title, body, page_signs(tree, url), metadata):
        raise UnreadableError(f"{shown_name(shown)} {reason}")
    link = _canonical(found.url, url)
    source = _publisher(found.sitename, link)
    author = metadata.author if metadata.names_author else _found_author(found.author)
    return Article(
        title=shorten(title or normalize_line(body.partition("\n")[0]), _TITLE_LIMIT),
        text=body,
        url=link,
        source=source,
        published_at=metadata.published_at,
        updated_at=metadata.updated_at,
        author=author if author and author.casefold() != (source or "").casefold() else None,
        language=language_code(metadata.language, body),
    )


def _at(article: Article, url: str) -> Article:
    return replace(article, url=web_link(url), source=site_name(url))


def _title_and_body(found: Document) -> tuple[str, str]:
    """The title, and the text without a first line that only repeats it."""
    body = drop_closing_lines(normalize_text(found.text or "").strip())
    title = normalize_line(found.title or "")
    first, _, rest = body.partition("\n")
    return title, rest.strip() if title and normalize_line(first) == title else body


def _found_author(name: str | None) -> str | None:
    """A name that was found in the page's text, when it is written as a person's is."""
    author = author_name(name)
    return author if author and all(_PERSON.fullmatch(part) for part in author.split(", ")) else None


def _tree(text: str, shown: str) -> HtmlElement | None:
    from trafilatura.utils import load_html

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    try:
        tree = load_html(text)
        return tree if tree is not None else load_html(f"<html>{text}")  # a fragment may hold an article too
    except Exception as error:  # lxml and the libraries above it raise many kinds for broken pages
        raise _too_broken(shown) from error


def _extract(tree: HtmlElement, url: str | None, shown: str) -> Document:
    """What trafilatura finds: an empty document when that is nothing."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    dates = {
        "original_date": True,
        "extensive_search": False,  # which takes any year on the page, also the copyright's, for the date
        "outputformat": "%Y-%m-%dT%H:%M:%S%z",
        "max_date": f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}",
    }
    try:
        found = bare_extraction(tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=dates)
    except Exception as error:  # as above
        raise _too_broken(shown) from error
    return found if isinstance(found, Document) else Document()


def _too_broken(shown: str) -> UnreadableError:
    return UnreadableError(f"{shown_name(shown)} is too broken a page to read. Send the article's text instead.")


def _charset(html: bytes) -> str | None:
    declared = _DECLARED_CHARSET.search(html[:2048])
    return declared[1].decode("ascii") if declared else None


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
