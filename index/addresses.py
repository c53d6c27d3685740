"""Which links and addresses askwire connects to: public ones, written the ordinary way, and nothing else.

Every notation that parsers read differently (decimal, octal, hexadecimal, full-width digits …) is refused as
it stands; what is left is resolved, and each address is held against the special-purpose registries of IANA
(RFC 6890 and its updates), whose list is kept here because Python's own differs from release to release.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata

import httpx

from index.errors import FetchError, ForbiddenAddressError

MAX_URL = 4096

_IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED_IPV4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared address space (CGNAT); also one cloud's metadata
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent, public by its number alone
        "169.254.0.0/16",  # link-local; most clouds' metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Everything outside global unicast is closed: loopback, IPv4-mapped and -compatible, NAT64, unique local,
# link-local, site-local, multicast.
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_IPV6 = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # IETF protocols: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3ffe::/16",  # the former 6bone
        "3fff::/20",  # documentation
    )
)
_CLOSED_NAMES = frozenset({"localhost", "metadata", "instance-data", "metadata.goog"})
_CLOSED_ENDINGS = (
    ".localhost",
    ".internal",  # metadata.google.internal and its like
    ".local",
    ".localdomain",
    ".home.arpa",
    ".onion",
    ".ip6-localhost",
    ".metadata.goog",
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ODD_DOT = re.compile("[\u3002\uff0e\uff61]")
_LONGEST_NAME = 253  # RFC 1035
_LAST_PORT = 65_535
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def check_url(url: str, allowed_hosts: frozenset[str] = frozenset()) -> httpx.URL:
    """The link without its fragment, when it may be asked for; its host is resolved and checked later.

    Raises:
        FetchError: not an http(s) link, or one with a user name or password in it.
        ForbiddenAddressError: a host that is never connected to, or that is written in an odd way.
    """
    text = url.strip()
    if len(text) > MAX_URL:
        raise FetchError("This link is too long to be an article's.")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise FetchError("This link has a space, a backslash or a control character in it. Check it.")
    check_spelling(_written_host(text))
    try:
        parsed = httpx.URL(text)
        port = parsed.port
    except (httpx.InvalidURL, ValueError) as error:  # idna raises kinds of ValueError
        raise FetchError("This is not a link that can be read. Check it.") from error
    if parsed.scheme not in ("http", "https"):
        raise FetchError("Only http and https links are read.")
    if parsed.userinfo or "@" in parsed.netloc.decode("ascii", "replace"):
        raise FetchError("A link with a user name or a password in it is not read. Leave them out.")
    if port is not None and not 0 < port <= _LAST_PORT:
        raise FetchError(f"This link names port {port}, where no site is. Check it.")
    check_host(parsed.raw_host.decode("ascii"), allowed_hosts)
    return parsed.copy_with(fragment=None)


def check_spelling(host: str) -> None:
    """Refuse look-alike letters, digits and dots, and addresses in any but the ordinary notation.

    Raises:
        ForbiddenAddressError: such a spelling.
    """
    if _ODD_DOT.search(host) or unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host):
        raise _odd(host)
    name = host.lower().removesuffix(".")
    # WHATWG URL, "ends in a number": browsers take such a host for an IPv4 address.
    if _NUMBER.fullmatch(name.rpartition(".")[2]) and parse_address(name) is None:
        raise _odd(host)


def check_host(host: str, allowed_hosts: frozenset[str] = frozenset()) -> None:
    """Refuse a host, as it goes over the wire, for its name or for the address that it writes.

    Raises:
        ForbiddenAddressError: a local or metadata name, a closed address, or no proper name.
    """
    name = host.lower().removesuffix(".")
    if name in allowed_hosts:
        return
    address = parse_address(name)
    if address is not None:
        if not is_public(address):
            raise closed(host)
        return
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, name.split("."))):
        raise _odd(host)
    if name in _CLOSED_NAMES or name.endswith(_CLOSED_ENDINGS):
        raise closed(host)


def parse_address(host: str) -> _IPAddress | None:
    """The address that `host` writes in the one ordinary way, without a zone; None for anything else."""
    try:
        return None if "%" in host else ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(address: _IPAddress) -> bool:
    """Whether the address belongs to the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in _CLOSED_IPV4)
    return address in _GLOBAL_IPV6 and not any(address in block for block in _CLOSED_IPV6)


def closed(host: str) -> ForbiddenAddressError:
    """The error for a host that is local, private or reserved."""
    return ForbiddenAddressError(
        f"{host[:80]} is a private, local or reserved address, and askwire never connects to one. "
        "Send the article's text or file instead."
    )


def _odd(host: str) -> ForbiddenAddressError:
    return ForbiddenAddressError(f"{host[:80]!r} is an odd way to write a site's name. Send the ordinary link.")


def _written_host(url: str) -> str:
    """The host as it stands in the link, before any library has put it in order."""
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    return re.sub(r":\d*$", "", authority.rpartition("@")[2])
