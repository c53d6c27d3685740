"""No connection is ever made to a private, local or reserved address, however it is written."""

from __future__ import annotations

from collections.abc import Iterable

import httpcore
import pytest

from index.errors import FetchError, ForbiddenAddressError
from index.fetch import Fetcher
from index.network import Resolver

PUBLIC = "93.184.215.14"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

FORBIDDEN = """
http://127.0.0.1/  http://127.0.0.1:8080/admin  https://127.255.255.254/  http://0.0.0.0/  http://0.1.2.3/
http://10.0.0.1/  http://172.16.0.1/  http://172.31.255.255/  http://192.168.1.1/
http://169.254.169.254/latest/  http://100.64.0.1/  http://100.100.100.200/  http://100.127.255.255/
http://168.63.129.16/  http://192.0.0.192/  http://192.0.2.1/  http://198.18.0.1/  http://198.19.255.255/
http://198.51.100.7/  http://203.0.113.9/  http://192.88.99.1/  http://224.0.0.1/  http://239.255.255.250/
http://240.0.0.1/  http://255.255.255.255/  http://127.1/  http://127.0.1/  http://2130706433/
http://0x7f000001/  http://0x7f.0.0.1/  http://0177.0.0.1/  http://017700000001/  http://127.0.0.0x1/
http://0300.0250.1.1/  http://127.0.0.01/  http://127.0.0.1./  http://1.2.3.4.5/  http://256.256.256.256/
http://0/  http://00000000000000000177.1/  http://93.184.215.014/  http://%31%32%37.0.0.1/
http://127.0.0.1%00.example.com/  http://exa%6dple.com/  http://-a.example/  http://１２７.０.０.１/
http://127。0。0。1/  http://①②⑦.0.0.1/  http://ⓛocalhost/  http://１６９.254.169.254/  http://ｌｏｃａｌｈｏｓｔ/
http://example。com/  http://[::1]/  http://[::]/  http://[0:0:0:0:0:0:0:1]/  http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/  http://[::127.0.0.1]/  http://[::ffff:0:127.0.0.1]/  http://[64:ff9b::7f00:1]/
http://[64:ff9b::8.8.8.8]/  http://[64:ff9b:1::10.0.0.1]/  http://[2002:7f00:1::]/
http://[2002:c0a8:101::1]/  http://[2001:0:7f00:1::]/  http://[2001:db8::1]/  http://[3fff::1]/
http://[fc00::1]/  http://[fd00:ec2::254]/  http://[fe80::1]/  http://[fe80::1%25eth0]/  http://[fec0::1]/
http://[ff02::1]/  http://[100::1]/  http://[3ffe::1]/  http://[5f00::1]/  http://localhost/
http://LOCALHOST:80/  http://localhost./  http://a.localhost/  http://localhost.localdomain/
http://metadata.google.internal/computeMetadata/v1/  http://METADATA.google.internal./  http://metadata/
http://instance-data/latest/  http://metadata.goog/  http://printer.local/  http://router.home.arpa/
http://x.internal/  http://hidden.onion/
"""

REFUSED_LINKS = [
    "file:///etc/passwd",
    "ftp://example.com/a",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "example.com/article",
    "//example.com/",
    "http:///article",
    "http://",
    "",
    "http://user:secret@example.com/",
    "http://user@example.com/",
    "http://:@example.com/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://exam ple.com/",
    "http://example.com/\r\nHost: x",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://example.com:80x/",
    "http://[::1/",
    "http://" + "a" * 64 + ".com/",
    "http://" + "a." * 200 + "com/",
    "http://example.com/" + "a" * 5000,
]

FORBIDDEN_ADDRESSES = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "100.64.0.1",
    "192.168.0.1",
    "0.0.0.0",  # noqa: S104 - an address to refuse, not to listen on
    "255.255.255.255",
    "224.0.0.251",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "fe80::1%eth0",
    "fd00::1",
    "fec0::1",
    "not an address",
]


def always(*addresses: str) -> Resolver:
    """A resolver that finds these addresses for every name."""

    def resolver(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolver


class RecordingNetwork(httpcore.AsyncMockBackend):
    """Answers every connection with one small page, and keeps where it went and which name TLS asked for."""

    def __init__(self) -> None:
        super().__init__([ANSWER])
        self.connections: list[tuple[str, int]] = []
        self.tls_names: list[str | None] = []
        self.sent = b""
        self.dead: set[str] = set()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.connections.append((host, port))
        if host in self.dead:
            raise httpcore.ConnectError("no answer")
        return RecordingStream(self)


class RecordingStream(httpcore.AsyncMockStream):
    """One connection of a `RecordingNetwork`."""

    def __init__(self, network: RecordingNetwork) -> None:
        super().__init__([ANSWER])
        self._network = network

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        self._network.sent += buffer

    async def start_tls(
        self,
        ssl_context: object,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore.AsyncNetworkStream:
        self._network.tls_names.append(server_hostname)
        return self


@pytest.mark.parametrize("link", FORBIDDEN.split())
async def test_a_forbidden_host_sees_no_connection_even_when_it_resolves_to_a_public_address(
    link: str,
) -> None:
    """A closed address, a local name or an odd spelling is refused before anything is opened."""
    network = RecordingNetwork()
    async with Fetcher(resolver=always(PUBLIC), network=network) as fetcher:
        with pytest.raises(ForbiddenAddressError) as refusal:
            await fetcher.get(link)
    assert network.connections == []
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("link", REFUSED_LINKS)
async def test_what_is_no_ordinary_web_link_is_refused(link: str) -> None:
    """Other schemes, credentials, broken hosts and ports end in one clear line and no connection."""
    network = RecordingNetwork()
    async with Fetcher(resolver=always(PUBLIC), network=network) as fetcher:
        with pytest.raises(FetchError) as refusal:
            await fetcher.get(link)
    assert network.connections == []
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("address", FORBIDDEN_ADDRESSES)
async def test_a_name_with_only_a_forbidden_address_sees_no_connection(address: str) -> None:
    """What a name resolves to is checked like an address in the link."""
    network = RecordingNetwork()
    async with Fetcher(resolver=always(address), network=network) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.get("https://news.example.com/a")
    assert network.connections == []


async def test_the_connection_goes_to_the_checked_address_and_keeps_the_name() -> None:
    """TLS and Host name the site while the socket goes to the very address that was checked."""
    network = RecordingNetwork()
    async with Fetcher(resolver=always(PUBLIC), network=network) as fetcher:
        page = await fetcher.get("https://News.example.com/a#part")
    assert network.connections == [(PUBLIC, 443)]
    assert network.tls_names == ["news.example.com"]
    assert b"\r\nhost: news.example.com\r\n" in network.sent.lower()
    assert b"user-agent: askwire" in network.sent.lower()
    assert (page.url, page.body) == ("https://news.example.com/a", b"ok")


async def test_a_name_that_changes_its_address_is_resolved_once_per_connection_and_then_refused() -> None:
    """Rebinding gains nothing: one look-up serves check and connection, and the next one is checked anew."""
    network = RecordingNetwork()
    answers = [[PUBLIC], ["127.0.0.1"]]

    def resolver(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async with Fetcher(resolver=resolver, network=network) as fetcher:
        await fetcher.get("http://rebind.example.com/")
        assert len(answers) == 1
        with pytest.raises(ForbiddenAddressError):
            await fetcher.get("http://rebind.example.com/")
    assert network.connections == [(PUBLIC, 80)]


async def test_of_mixed_addresses_only_the_public_ones_are_tried() -> None:
    """A private address among public ones is passed over, and a dead one gives way to the next."""
    network = RecordingNetwork()
    network.dead = {PUBLIC}
    async with Fetcher(resolver=always("10.0.0.1", PUBLIC, "2606:4700::1111"), network=network) as fetcher:
        await fetcher.get("http://mixed.example.com/")
    assert network.connections == [(PUBLIC, 80), ("2606:4700::1111", 80)]


@pytest.mark.parametrize("link", ["http://intranet/a", "http://Wiki.Corp.internal/a", "http://10.0.0.5:8080/a"])
async def test_a_named_private_host_may_be_reached(link: str) -> None:
    """`allowed_hosts` opens exactly the hosts it names, whatever the case of the letters."""
    network = RecordingNetwork()
    allowed = frozenset({"Intranet", "wiki.corp.internal", "10.0.0.5"})
    async with Fetcher(allowed_hosts=allowed, resolver=always("10.0.0.5"), network=network) as fetcher:
        assert (await fetcher.get(link)).body == b"ok"
        with pytest.raises(ForbiddenAddressError):
            await fetcher.get("http://other.example.com/")
    assert [host for host, _ in network.connections] == ["10.0.0.5"]


@pytest.mark.parametrize(
    "link",
    [
        "http://1.1.1.1/",
        "http://[2606:4700::1111]/",
        "http://münchen.example/",
        "http://a_b.example.com./",
        "http://xn--p1ai/",
    ],
)
async def test_ordinary_hosts_are_reached(link: str) -> None:
    """Public addresses, international names and a closing dot are no odd spellings."""
    network = RecordingNetwork()
    async with Fetcher(resolver=always(PUBLIC), network=network) as fetcher:
        assert (await fetcher.get(link)).body == b"ok"
    assert len(network.connections) == 1


@pytest.mark.parametrize("fault", [OSError("no such host"), UnicodeError("label too long")])
async def test_a_name_that_does_not_resolve_is_named(fault: Exception) -> None:
    """The error for an unknown host says its name and what to do."""

    def resolver(host: str, port: int) -> list[str]:
        raise fault

    async with Fetcher(resolver=resolver, network=RecordingNetwork()) as fetcher:
        with pytest.raises(FetchError, match=r"nowhere\.example.*Check the link"):
            await fetcher.get("http://nowhere.example/")
