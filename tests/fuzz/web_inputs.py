"""What servers answer with before a parser sees it: headers, packed bodies, links; and a backup's file."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import tempfile
import zlib
from pathlib import Path

import httpx

from bot.richtext import safe_link
from index.addresses import check_url, is_public, parse_address
from index.backup_archive import Manifest, extract_database, read_manifest, write_archive
from index.canonical_url import address_key
from index.decompression import Inflater
from index.errors import FetchError, UnreadableError
from index.http_headers import LONGEST_WAIT, max_age, retry_after, validator
from index.sources.feed_discovery import usual_feeds
from index.sources.metadata import parse_time, web_link
from tests.fuzz.target import Target, one_line

_MOST = 100_000  # bytes of a body
_NAMES = ("Retry-After", "Cache-Control", "ETag", "Last-Modified")


def read_headers(data: bytes) -> None:
    """Reads each value as each header that is looked at.

    Raises:
        Exception: something else comes of it than a bounded wait, or a value that can be sent back.
    """
    for value in data.split(b"\n")[:20]:
        headers = httpx.Headers([(name.encode(), value) for name in _NAMES])
        waits = (retry_after(headers), max_age(headers))
        assert waits[0] is None or 0 <= waits[0] <= LONGEST_WAIT
        assert waits[1] is None or waits[1] >= 0
        for name in _NAMES[2:]:
            assert (validator(headers, name) or "").isprintable()
        parse_time(value.decode("latin-1"))


def inflate(data: bytes) -> None:
    """Unpacks a body in pieces, by each encoding.

    Raises:
        Exception: something else than ValueError, or more bytes than were asked for.
    """
    for encoding in ("gzip", "deflate", ""):
        inflater, out = Inflater(encoding), 0
        with contextlib.suppress(ValueError):
            for at in range(0, len(data), 1000):
                if out < _MOST:
                    out += len(inflater.feed(data[at : at + 1000], _MOST - out))
            inflater.finish()
        assert out <= _MOST


def read_link(data: bytes) -> None:
    """Judges a link, and what is made of it.

    Raises:
        Exception: something else than FetchError, or a link to an address that is not public.
    """
    text = data.decode("utf-8", "replace")
    address_key(text)
    for made in (safe_link(text), web_link(text)):
        assert made is None or made.lower().startswith(("http://", "https://"))
    try:
        link = check_url(text)
    except FetchError as error:
        one_line(error)
        return
    address = parse_address(link.raw_host.decode("ascii"))
    assert address is None or is_public(address)
    assert usual_feeds(str(link))


def read_backup(data: bytes) -> None:
    """Reads a file as a backup.

    Raises:
        Exception: something else than UnreadableError, or other bytes than the manifest names.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        archive, target = Path(folder, "backup.tar"), Path(folder, "askwire.db")
        archive.write_bytes(data)
        try:
            manifest = read_manifest(archive)
            extract_database(archive, manifest, target, lambda _: None)
        except UnreadableError as error:
            one_line(error)
            return
        assert hashlib.sha256(target.read_bytes()).hexdigest() == manifest.sha256


def _backup() -> bytes:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        archive, database = Path(folder, "backup.tar"), Path(folder, "askwire.db")
        database.write_bytes(b"SQLite format 3\x00" * 50)
        checksum = hashlib.sha256(database.read_bytes()).hexdigest()
        manifest = Manifest("2020-01-26T21:30:00+00:00", "0.1.0", "1", {"articles": 3}, 800, checksum)
        write_archive(archive, database, manifest)
        return archive.read_bytes()


_HEADERS = (
    b'120\nSun, 26 Jan 2020 21:30:00 GMT\npublic, max-age=3600\n"33a64df5"\nW/"0815"',
    b'3.5\nMon, 31 Dec 9999 23:59:59 -0000\nmax-age="60", must-revalidate\n2020-01-26T21:30:00+01:00',
)
_BODY = b"<p>Three rockets hit the embassy.</p>" * 200
WEB_TARGETS = {
    "headers": Target(_HEADERS, read_headers),
    "body": Target((gzip.compress(_BODY, mtime=0) * 2, zlib.compress(_BODY), zlib.compress(_BODY)[2:-4]), inflate),
    "link": Target(
        (
            b"https://news.example:8080/a/b?id=1&utm_source=x#top",
            "http://www.z\u00fcrich.example/\u0441/%D1%81?q=a+b".encode(),
            b"http://93.184.215.14/",
            b"http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
        ),
        read_link,
    ),
    "backup": Target((_backup(),), read_backup),
}
