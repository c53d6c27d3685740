"""Connections to hosted models that keep to the limits, whatever a client library sets for a request."""

from __future__ import annotations

import httpx

from index.providers.retrying import Limits


def timeouts(limits: Limits) -> httpx.Timeout:
    """For connecting, and for each read."""
    return httpx.Timeout(limits.read_s, connect=limits.connect_s)


def http_client(limits: Limits, *, redirects: bool = False) -> httpx.AsyncClient:
    """A client to be closed by who opened it; redirects only where httpx knows the header that holds the key."""

    async def bound(request: httpx.Request) -> None:
        request.extensions["timeout"] = timeouts(limits).as_dict()

    return httpx.AsyncClient(follow_redirects=redirects, event_hooks={"request": [bound]})


def blocking_http_client(limits: Limits, *, redirects: bool = False) -> httpx.Client:
    """The same for blocking calls."""

    def bound(request: httpx.Request) -> None:
        request.extensions["timeout"] = timeouts(limits).as_dict()

    return httpx.Client(follow_redirects=redirects, event_hooks={"request": [bound]})
