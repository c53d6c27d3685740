"""Connections to checked addresses only: the part of the fetcher that opens sockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable, Sequence

import httpcore
import httpx

from index.addresses import closed, is_public, parse_address
from index.errors import FetchError

Resolver = Callable[[str, int], Sequence[str]]

_MOST_ADDRESSES = 4


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of `host` by the system's resolver, in the order it prefers them. Blocks.

    Raises:
        OSError: the name does not resolve.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, checks what it gets, and connects to those very addresses.

    A name with public and private addresses is reached by its public ones. `allowed_hosts` are not checked.
    """

    def __init__(
        self,
        resolver: Resolver,
        allowed_hosts: frozenset[str],
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._resolver = resolver
        self._allowed_hosts = allowed_hosts
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to a checked address of `host`, tried in order within `timeout` seconds in all.

        Raises:
            ForbiddenAddressError: no address of the host may be connected to.
            FetchError: the host has no address.
            httpcore.ConnectError, httpcore.ConnectTimeout: none of them answers.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked(host, port)
                return await self._first(addresses, port, timeout, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} did not answer") from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.AsyncNetworkStream:
        """Never: no page lives behind a local socket."""
        raise closed(path)

    async def sleep(self, seconds: float) -> None:
        """Wait between httpcore's tries."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        name = host.strip("[]")
        try:
            found = [name] if parse_address(name) else await asyncio.to_thread(self._resolver, name, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"No site is called {host[:80]}. Check the link.") from error
        if not found:
            raise FetchError(f"No site is called {host[:80]}. Check the link.")
        if name.lower().removesuffix(".") in self._allowed_hosts:
            return list(found)[:_MOST_ADDRESSES]
        public = [text for text in found if (address := parse_address(text)) and is_public(address)]
        if not public:
            raise closed(host)
        return public[:_MOST_ADDRESSES]

    async def _first(
        self,
        addresses: list[str],
        port: int,
        limit: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        share = limit / len(addresses) if limit else None
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(addresses[-1], port, share, local_address, socket_options)


class PinnedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a pool whose connections a `PinnedBackend` opens; it knows no proxy."""

    def __init__(self, backend: PinnedBackend) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        # httpx has no argument for a network backend, so its pool is replaced by one that has.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=5,
            keepalive_expiry=5.0,
            network_backend=backend,
        )
