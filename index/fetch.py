"""The only way out to the web: one GET at a time, bounded, and to public addresses alone.

The host is resolved here, every address checked, and the connection made to exactly the checked address, so a
name that changes its address meanwhile gains nothing. TLS and the Host header keep the name.
Redirects are followed by hand and go through the same checks. A refused address sees no connection.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
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
from index.network import PinnedBackend, PinnedTransport, Resolver, system_resolver

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
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long and how much one GET may take; times in seconds, sizes in bytes."""

    connect: float = 10.0
    total: float = 30.0
    body: int = 10_000_000  # after decompression
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What a link gave: the link after redirects, the media type in lower case, the decompressed body."""

    url: str
    content_type: str
    body: bytes
    charset: str | None = None


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
        self._client = httpx.AsyncClient(
            transport=PinnedTransport(PinnedBackend(resolver, self._allowed_hosts, network)),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.total, connect=limits.connect),
            headers={"User-Agent": _user_agent(), "Accept-Encoding": "gzip, deflate", "Accept": _ACCEPT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    async def get(self, url: str) -> Page:
        """The page at a link.

        Raises:
            FetchError: not a web link, unreachable, too slow, redirected too often, or not answered by 2xx.
            ForbiddenAddressError: the link, or a redirect, leads to a private or reserved address.
            TooLargeError: over 10 MB once decompressed.
            UnsupportedError: not HTML, text, XML or PDF.
        """
        link = check_url(url, self._allowed_hosts)
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._follow(link)
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

    async def _follow(self, link: httpx.URL) -> Page:
        cookies = httpx.Cookies()  # some sites send first-time readers in a circle until a cookie comes back
        for _ in range(self._limits.redirects + 1):
            request = self._client.build_request("GET", link)
            cookies.set_cookie_header(request)
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._page(response)
                cookies.extract_cookies(response)
                link = check_url(_target(link, response), self._allowed_hosts)
            finally:
                await response.aclose()
        raise FetchError(f"{link.host} sends the reader on and on. Give the link of the article itself.")

    async def _page(self, response: httpx.Response) -> Page:
        host = response.url.host
        if not response.is_success:
            raise FetchError(_refusal(host, response.status_code))
        content_type = response.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
        if content_type not in _READABLE_TYPES:
            raise UnsupportedError(
                f"{host} sent {content_type[:60] or 'a file'}, which is not a page, a text or a PDF. "
                "Give the link of the article itself."
            )
        body = await self._body(response)
        return Page(str(response.url), content_type, body, response.charset_encoding)

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


def _refusal(host: str, status: int) -> str:
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
    return f"{host} answered {phrase}. {advice.get(status, 'Try again later.')}"


def _user_agent() -> str:
    try:
        return f"askwire/{version('askwire')}"
    except PackageNotFoundError:
        return "askwire"
