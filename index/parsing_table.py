"""The parsers by name: nothing else can be asked of a parsing process."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from index.errors import UnsupportedError

PARSERS = {
    "page": ("index.sources.pages", "fetched_article"),
    "file": ("index.sources.files", "read_file"),
    "feed": ("index.sources.feeds", "parse_feed"),
    "feed_links": ("index.sources.feed_discovery", "feed_links"),
    "opml": ("index.sources.opml", "parse_opml"),
    "robots": ("index.sources.robots", "may_read"),
    "talk": ("index.sources.telegram_talk", "export_talk"),
}

# What they load late; loaded once in each parsing process, before its first input.
LIBRARIES: tuple[str, ...] = (
    "charset_normalizer",
    "feedparser",
    "ijson",
    "lxml.html",
    "protego",
    "pydantic_core",
    "pypdf",
    "pypdf.filters",
    "trafilatura",
    "trafilatura.settings",
)

# Read once before the first input too: the libraries compile hundreds of patterns over their first page.
SAMPLE = (
    "<html lang=en><head><title>Der Züricher See is full</title><meta name=date content=2020-01-26></head><body>"
    "<article><h1>Der Züricher See is full</h1><p>By Ann Lee, 26 January 2020</p><p>After a week of rain the lake is "
    "full again 🌊, said the warden of its dam on Sunday, and the boats that lay on the dry ground since last summer "
    "are back on the water.</p><p>Nobody had to leave a house, and the road along the shore stays open for now."
    "</p></article></body></html>"
).encode()
SAMPLE_ARGUMENTS = {"url": "https://a.example/full", "content_type": "text/html", "charset": None}


def parser_of(name: str) -> Callable[..., Any]:
    """The function behind a name.

    Raises:
        UnsupportedError: there is no such parser in this installation.
    """
    try:
        module, function = PARSERS[name]
        parser: Callable[..., Any] = getattr(importlib.import_module(module), function)
    except (KeyError, ImportError, AttributeError) as error:
        raise UnsupportedError("This installation of askwire cannot read this. Install it anew.") from error
    return parser
