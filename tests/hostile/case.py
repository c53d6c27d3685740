"""One hostile input: what it is, how it comes in, and how it must end."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal

from index.errors import SourceError

Way = Literal["file", "lines", "feed", "opml", "web"]
Ends = type[SourceError] | tuple[type[SourceError], ...] | int


@dataclass(frozen=True, slots=True)
class Hostile:
    """An input and its end.

    `way` is how it comes in: as a file that somebody sends (`file`), as a bulk file that is streamed from disk
    (`lines`), as a feed, as a list of feeds, or as the answer of a web site. `ends` is the error that it must end in,
    or how many articles, entries or feeds are read. `slow` inputs must be given up for their time.
    """

    what: str
    way: Way
    build: Callable[[], bytes | AsyncIterator[bytes]]
    ends: Ends
    name: str = "input.txt"
    slow: bool = False

    @property
    def is_error(self) -> bool:
        """Whether it must end in an error."""
        return not isinstance(self.ends, int)


def deflated(piece: bytes, times: int) -> bytes:
    """A zlib stream (RFC 1950) of a piece that is repeated, made in the time of one piece."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    end = packer.flush()[:-4]
    return head + packed * times + end + check.to_bytes(4, "big")
