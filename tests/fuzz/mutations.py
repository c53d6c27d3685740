"""Inputs made of good ones: bytes changed, cut, doubled, spliced, and words that parsers take for commands."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

MOST = 200_000  # bytes; size is what the table of hostile inputs tries
_TOKENS = (
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#0;", b"&#xD800;", b"&amp;amp;", b"</p>", b"<a href=''>"),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80", "\u202e".encode(), "\u2028".encode()),
    *(b"{", b"}", b"[", b"]", b'"', b"\\u0000", b"\\ud800", b"NaN", b"1e999", b"-0", b"null", b"true"),
    *(b"obj", b"endobj", b"stream", b"endstream", b"/Length", b"<<", b">>", b"PK\x03\x04", b"PK\x01\x02"),
    *(b"0001-01-01", b"99999-12-31T25:61:61Z", b"http://[", b"javascript:", b"file:///", b"../../x", b"%00", b"\r"),
    *(b"User-agent: *", b"Disallow: /*$*", b"2147483648", b"-9223372036854775809"),
)


def mutated(seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """One of the seeds, changed one to eight times."""
    data = dice.choice(seeds)
    for _ in range(dice.randint(1, 8)):
        data = dice.choice(_WAYS)(data, seeds, dice)[:MOST]
    return data


def _span(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 2, 8, 40, 300)))


def _flip(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    if not data:
        return bytes([dice.randrange(256)])
    at = dice.randrange(len(data))
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _end(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _repeat(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[start:end] * dice.choice((2, 3, 50, 1000)) + data[end:]


def _insert(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice(_TOKENS) * dice.choice((1, 1, 1, 30)) + data[at:]


def _replace(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + dice.choice(_TOKENS) + data[end:]


def _splice(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(other := dice.choice(seeds), dice)
    at = dice.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


_WAYS: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    *(_flip, _flip, _cut, _end, _repeat, _insert, _insert, _replace, _splice),
)
