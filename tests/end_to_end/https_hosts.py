"""Hosts of the internet as they are on loopback: a proxy leads their https to servers of a test, and nowhere else."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import trustme
from aiohttp import web


@asynccontextmanager
async def https_hosts(hosts: Mapping[str, web.Application], folder: Path) -> AsyncIterator[dict[str, str]]:
    """Serves the hosts, each with a certificate; gives the environment in which a program takes them for real.

    The authority's certificate is written into `folder`. Any other host is refused by the proxy.
    """
    authority = trustme.CA()
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    async with AsyncExitStack() as stack:
        ports = {host: await stack.enter_async_context(_served(app, host, authority)) for host, app in hosts.items()}
        tunnels: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tunnels.add(task)
            with suppress(OSError, asyncio.IncompleteReadError):
                await _tunnel(reader, writer, ports)
            writer.close()

        proxy = await asyncio.start_server(connected, "127.0.0.1", 0)
        try:
            port = proxy.sockets[0].getsockname()[1]
            yield {
                "https_proxy": f"http://127.0.0.1:{port}",
                "no_proxy": "127.0.0.1,localhost",
                "SSL_CERT_FILE": str(trusted),
            }
        finally:
            proxy.close()
            for task in tunnels:
                task.cancel()
            await asyncio.gather(*tunnels, return_exceptions=True)


async def _tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ports: Mapping[str, int]) -> None:
    """One connection: `CONNECT host:443`, then bytes both ways until either side ends."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    host = head.removeprefix("CONNECT ").partition(":443 ")[0]
    if host not in ports:
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
        await writer.drain()
        return
    back, forth = await asyncio.open_connection("127.0.0.1", ports[host])
    try:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(_pass_on(reader, forth), _pass_on(back, writer))
    finally:
        forth.close()


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(1 << 16):
        target.write(data)
        await target.drain()
    target.close()


@asynccontextmanager
async def _served(app: web.Application, host: str, authority: trustme.CA) -> AsyncIterator[int]:
    """The port of an application behind TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
