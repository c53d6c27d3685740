"""Asks a site's robots.txt before a page is read that no person named, as RFC 9309 wants it."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import httpx

from index.errors import FetchError, ForbiddenAddressError, SourceError
from index.fetch import AGENT, Conditions, Fetcher

if TYPE_CHECKING:
    from index.parsing import Parsers

_KEPT_S = 24 * 3600.0  # RFC 9309, 2.4
_MOST_SITES = 1_000
_REFUSED = 403
_CLIENT_FAULTS = range(400, 500)
_ASKED_TOO_OFTEN = 429


class Robots:
    """The robots.txt of sites, each kept for a day."""

    def __init__(self, fetcher: Fetcher, parsers: Parsers) -> None:
        self._fetcher, self._parsers = fetcher, parsers
        self._known: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    async def check(self, url: str) -> None:
        """Returns when the page at a link may be read.

        Raises:
            FetchError: it may not (with status 403), or the site does not say now.
            SourceError: its robots.txt takes too much to read.
        """
        try:
            link = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise FetchError("This is no web address. Check the link.") from error
        rules = await self._rules(f"{link.scheme}://{link.netloc.decode('ascii')}")
        if not rules.strip():
            return
        shown = link.host or "the site"
        if not await self._parsers.parse("robots", rules, bool, shown=shown, url=url, agent=AGENT):
            refusal = FetchError(f"{shown} asks programs not to read this page. Send the article's text instead.")
            refusal.status = _REFUSED
            raise refusal

    async def _rules(self, origin: str) -> bytes:
        kept = self._known.get(origin)
        if kept and kept[0] > time.monotonic():
            return kept[1]
        rules = await self._asked(f"{origin}/robots.txt")
        self._known[origin] = (time.monotonic() + _KEPT_S, rules)
        self._known.move_to_end(origin)
        if len(self._known) > _MOST_SITES:
            self._known.popitem(last=False)
        return rules

    async def _asked(self, url: str) -> bytes:
        """The file's bytes, none when the site has no such file."""
        try:
            return (await self._fetcher.get(url, Conditions())).body
        except ForbiddenAddressError:
            raise
        except FetchError as error:
            if error.status in _CLIENT_FAULTS and error.status != _ASKED_TOO_OFTEN:
                return b""
            raise
        except SourceError:
            return b""  # a picture or a huge page in its place says nothing
