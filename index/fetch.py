"""The only way out to the web: bounded GETs, to public addresses alone, one at a time to a host.

The host is resolved here, every address checked, and the connection made to exactly the checked address, so a
name that changes its address meanwhile gains nothing. TLS and the Host header keep the name.
Redirects are followed by hand and go through the same checks. A refused address sees no connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from index.addresses import check_url
from index.decompression import Inflater
from index.errors import FetchError, SourceError, TooLargeError, UnsupportedError
from index.host_turns import HostTurns
from index.http_headers import max_age, retry_after, validator
from index.network import PinnedBackend, PinnedTransport, Resolver, system_resolver

AGENT = "askwire"  # what a site's robots.txt calls us
_READABLE_TYPES = frozenset(
    {
        "text/html",
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xhtml+xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/pdf",
    }
)
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, application/pdf;q=0.7"
_ACCEPT_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, "
    "text/html;q=0.5, */*;q=0.1"
)
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long and how much one GET may take; times in seconds, sizes in bytes."""

    connect: float = 10.0
    total: float = 30.0
    body: int = 10_000_000  # after decompression
    redirects: int = 5
    host_pause: float = 1.0  # between two requests to a host


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an earlier answer said of itself, so that the site can say that nothing has changed since."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a link gave: the link after redirects, the media type in lower case, the decompressed body.

    `status` is 200, or 304 with an empty body when nothing changed under the conditions. `moved_to` is the link after
    redirects when every one on the way was permanent. `max_age` is for how many seconds it stays fresh.
    """

    url: str
    content_type: str
    body: bytes
    charset: str | None = None
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    max_age: float | None = None


class Fetcher:
    """Fetches pages within limits; one is shared by the whole process and keeps no cookies between pages.

    Args:
        allowed_hosts: names of hosts that may be reached although their addresses are private.
        resolver: turns a host and a port into addresses; called in a thread.
        limits: time-outs and sizes.
        network: what opens connections to checked addresses.
    """

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str] = frozenset(),
        resolver: Resolver = system_resolver,
        limits: FetchLimits = FetchLimits(),
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._limits = limits
        self._turns = HostTurns(limits.host_pause)
        self._client = httpx.AsyncClient(
            transport=PinnedTransport(PinnedBackend(resolver, self._allowed_hosts, network)),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.total, connect=limits.connect),
            headers={"User-Agent": _user_agent(), "Accept-Encoding": "gzip, deflate", "Accept": _ACCEPT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    async def get(self, url: str, conditions: Conditions | None = None) -> Page:
        """The page at a link, or with `conditions` (which may be empty) the feed there, if it has changed.

        Waiting for the host's turn does not count as time of the request.

        Raises:
            FetchError: not a web link, unreachable, too slow, redirected too often, or not answered by 2xx; it has the
                answer's `status`, and `retry_after` in seconds if the site names a time.
            ForbiddenAddressError: the link, or a redirect, leads to a private or reserved address.
            TooLargeError: over 10 MB once decompressed.
            UnsupportedError: not HTML, text, XML or PDF; for a feed, no type that can hold one.
        """
        link = check_url(url, self._allowed_hosts)
        try:
            async with asyncio.timeout(self._limits.total) as limit:
                return await self._follow(link, conditions, limit)
        except SourceError:
            raise
        except (TimeoutError, httpx.TimeoutException) as error:
            raise FetchError(f"{link.host} took too long to answer. Try again later.") from error
        except httpx.ConnectError as error:
            raise FetchError(f"{link.host} could not be reached. Check the link, or try again later.") from error
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError, OSError) as error:
            raise FetchError(f"{link.host} did not answer as a web site does. Try again later.") from error

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _follow(self, link: httpx.URL, conditions: Conditions | None, limit: asyncio.Timeout) -> Page:
        cookies = httpx.Cookies()  # some sites send first-time readers in a circle until a cookie comes back
        moved = True
        for hop in range(self._limits.redirects + 1):
            request = self._client.build_request("GET", link, headers=_feed_headers(conditions))
            cookies.set_cookie_header(request)
            async with self._turn(link.host, limit):
                response = await self._client.send(request, stream=True)
                try:
                    if response.status_code not in _REDIRECTS:
                        page = await self._page(response, conditions)
                        return replace(page, moved_to=page.url) if hop and moved else page
                    cookies.extract_cookies(response)
                finally:
                    await response.aclose()
            moved = moved and response.status_code in _PERMANENT
            link = check_url(_target(link, response), self._allowed_hosts)
        raise FetchError(f"{link.host} sends the reader on and on. Give the link of the article itself.")

    @asynccontextmanager
    async def _turn(self, host: str, limit: asyncio.Timeout) -> AsyncIterator[None]:
        """The host's turn; the clock of the limit stands still while it is waited for."""
        loop = asyncio.get_running_loop()
        left = (limit.when() or 0.0) - loop.time()
        limit.reschedule(None)
        async with self._turns.turn(host):
            limit.reschedule(loop.time() + left)
            yield

    async def _page(self, response: httpx.Response, conditions: Conditions | None) -> Page:
        host, status = response.url.host, response.status_code
        page = Page(
            str(response.url),
            response.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower(),
            b"",
            response.charset_encoding,
            etag=validator(response.headers, "ETag"),
            last_modified=validator(response.headers, "Last-Modified"),
            max_age=max_age(response.headers),
        )
        if status == _NOT_MODIFIED and conditions and (conditions.etag or conditions.last_modified):
            return replace(page, status=status)
        if not response.is_success:
            raise _refusal(host, response)
        if not (_may_be_feed(page.content_type) if conditions is not None else page.content_type in _READABLE_TYPES):
            raise UnsupportedError(
                f"{host} sent {page.content_type[:60] or 'a file'}, which is not a page, a text or a PDF. "
                "Give the link of the article itself."
            )
        return replace(page, body=await self._body(response))

    async def _body(self, response: httpx.Response) -> bytes:
        size = f"{self._limits.body / 1e6:g} MB"
        too_large = TooLargeError(f"The page at {response.url.host} is over {size}. Send the article's text.")
        if int(response.headers.get("Content-Length", "0")) > self._limits.body:
            raise too_large
        inflater = Inflater(response.headers.get("Content-Encoding", ""))
        body = bytearray()
        async for raw in response.aiter_raw():
            body += inflater.feed(raw, self._limits.body + 1 - len(body))
            if len(body) > self._limits.body:
                raise too_large
        inflater.finish()
        return bytes(body)


def _target(link: httpx.URL, response: httpx.Response) -> str:
    location = response.headers.get("Location")
    if not location:
        raise FetchError(f"{link.host} sends the reader on without saying where. Check the link.")
    return str(link.join(location))


def _feed_headers(conditions: Conditions | None) -> dict[str, str]:
    if conditions is None:
        return {}
    headers = {"Accept": _ACCEPT_FEED}
    if conditions.etag:
        headers["If-None-Match"] = conditions.etag
    if conditions.last_modified:
        headers["If-Modified-Since"] = conditions.last_modified
    return headers


def _may_be_feed(content_type: str) -> bool:
    """Whether a feed may come under this media type: what it is, its text tells."""
    kind, _, name = content_type.partition("/")
    return kind == "text" or (kind == "application" and ("xml" in name or "json" in name)) or name == "octet-stream"


def _refusal(host: str, response: httpx.Response) -> FetchError:
    status = response.status_code
    try:
        phrase = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        phrase = str(status)
    advice = {
        401: "It needs a login: send the article's text instead.",
        402: "It needs a subscription: send the article's text instead.",
        403: "It does not let programs read: send the article's text instead.",
        404: "Check the link.",
        410: "The page is gone.",
        429: "It is asked too often: try again later.",
        451: "It does not let programs read: send the article's text instead.",
    }
    error = FetchError(f"{host} answered {phrase}. {advice.get(status, 'Try again later.')}")
    error.status, error.retry_after = status, retry_after(response.headers)
    return error


def _user_agent() -> str:
    try:
        return f"{AGENT}/{version('askwire')}"
    except PackageNotFoundError:
        return AGENT
