"""One key for a web page under all the ways its address is written.

Own rules, because those at hand are made for crawlers and merge articles: courlan 1.4 drops every parameter with a
name that begins with `ga`, `gl`, `ref`, `source` or `cid`, and so `?gallery=3` and `?reference=812`; url-normalize and
w3lib know neither AMP nor mobile hosts. What is dropped here does not tell one article of a site from another.

Percent-encoding and dot segments follow RFC 3986, section 6.2; AMP caches
<https://amp.dev/documentation/guides-and-tutorials/learn/amp-caches-and-cors/amp-cache-urls>.
"""

from __future__ import annotations

import re
import string
from urllib.parse import SplitResult, quote, urlsplit

import idna

from index.tracking_parameters import is_tracking

_DEFAULT_PORTS = (None, 80, 443)
_DRESSED = re.compile(r"(?:www|m|mobile|amp)\.")  # hosts that show the same site in another dress
_WIKIMEDIA = re.compile(r"([a-z-]+)\.m\.((?:wiki[a-z]+|wiktionary)\.org)")
_NO_SITE = re.compile(r"[a-z]{2,}|(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}")  # as what is behind the dot in m.co.uk
_AMP_CACHE = re.compile(r"(?:[\w-]+\.)?cdn\.ampproject\.org|(?:www\.)?bing-amp\.com")
_GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_CACHED = re.compile(r"/[cv]/(?:s/)?(?P<page>[^/]+\.[^/]+/.*)")
_VIEWED = re.compile(r"/amp/(?:s/)?(?P<page>[^/]+\.[^/]+/.*)")
_DEFAULT_DOCUMENT = re.compile(r"(?:index|default)\.(?:s?html?|php\d?|aspx?|jsp|cfm)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_AMP_ENDING = re.compile(r"(?<=.)\.amp(?=(?:\.html?)?$)")
_OWN_NAME = re.compile(r"[\d-]")  # an article's own part of a path has a number, or hyphens between its words
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_LEFT_IN_PATH = "/%:@!$&'()*+,;=~"
_LEFT_IN_QUERY = "/%:@!$'()*,;?~"


def address_key(url: str) -> str:
    """The same text for every spelling of a page's address, itself one of them; nothing is looked up.

    Not told apart are: the scheme, the host's case and script, `www.`, mobile and AMP hosts, AMP paths and caches,
    default ports and documents, slashes at the end, the order of parameters, tracking parameters, ways of encoding, and
    fragments but for those that a script takes for a path (`#!` and `#/`). What is no http(s) address stays as it is.
    """
    text = "".join(url.strip().splitlines()).replace("&amp;", "&")
    parts = _split(text)
    while parts is not None and (page := _cached_page(parts)):
        parts = _split(page)
    if parts is None:
        return text
    fragment = _encoded(parts.fragment, _LEFT_IN_QUERY) if parts.fragment[:1] in ("!", "/") else ""
    shown = f"#{fragment}" if len(fragment) > 1 else ""
    return f"https://{_host(parts)}{_path(parts.path)}{_query(parts.query)}{shown}"


def _split(text: str) -> SplitResult | None:
    """The parts of an http(s) address with a host; None for anything else."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and (parts.hostname or "").strip(".") else None


def _cached_page(parts: SplitResult) -> str | None:
    """The address of the page that an AMP cache, or Google's viewer, shows."""
    host = parts.hostname or ""
    shown = None
    if _AMP_CACHE.fullmatch(host):
        shown = _CACHED.fullmatch(parts.path)
    elif _GOOGLE.fullmatch(host):
        shown = _VIEWED.fullmatch(parts.path)
    return None if shown is None else f"https://{shown['page']}{parts.query and '?'}{parts.query}"


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").strip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except UnicodeError:  # no domain name
            host = quote(host, safe="", errors="replace").lower()
    while (dress := _DRESSED.match(host)) and not _NO_SITE.fullmatch(host, dress.end()):
        host = host[dress.end() :]
    if wikimedia := _WIKIMEDIA.fullmatch(host):
        host = f"{wikimedia[1]}.{wikimedia[2]}"
    name = f"[{host}]" if ":" in host else host
    return name if parts.port in _DEFAULT_PORTS else f"{name}:{parts.port}"


def _path(path: str) -> str:
    segments: list[str] = []
    for segment in _encoded(_SESSION.sub("", path), _LEFT_IN_PATH).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/" + "/".join(_without_dress(segments))


def _without_dress(segments: list[str]) -> list[str]:
    """The path without default documents, and without AMP's marks where an article's own name is left."""
    while segments:
        last = _AMP_ENDING.sub("", segments[-1])
        is_mark = last == "amp" and len(segments) > 1 and _OWN_NAME.search(segments[-2])
        if not is_mark and not _DEFAULT_DOCUMENT.fullmatch(last):
            segments = [*segments[:-1], last]
            break
        segments = segments[:-1]
    if segments and _OWN_NAME.search(segments[-1]):
        return [segment for segment in segments if segment != "amp"]
    return segments


def _query(query: str) -> str:
    kept: dict[tuple[str, str], None] = {}
    for pair in query.split("&"):
        name, _, value = (_encoded(part.replace("+", "%20"), _LEFT_IN_QUERY) for part in pair.partition("="))
        if name and not is_tracking(name, value):
            kept[name, value] = None
    pairs = sorted(kept, key=lambda pair: pair[0])
    return "?" * bool(pairs) + "&".join(f"{name}={value}" if value else name for name, value in pairs)


def _encoded(text: str, left: str) -> str:
    """Percent-encoded, in capitals, where it must be and nowhere else."""
    return quote(_ENCODED.sub(_one_way, text), safe=left, errors="replace")


def _one_way(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
