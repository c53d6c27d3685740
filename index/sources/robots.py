"""A site's robots.txt: whether a program may read a page (RFC 9309)."""

from __future__ import annotations

from protego import Protego

_MOST = 500 * 1024  # bytes; what stands behind them need not be read (RFC 9309, 2.5)


def may_read(data: bytes, url: str, agent: str) -> bool:
    """Whether the rules in a robots.txt let `agent` read the page at `url`; a file that says nothing allows all."""
    return bool(Protego.parse(data[:_MOST].decode("utf-8", "replace")).can_fetch(url, agent))
