"""Bounded decompression of HTTP bodies: gzip and deflate, RFC 9110 section 8.4.1."""

from __future__ import annotations

import zlib

_GZIP = 16 + zlib.MAX_WBITS


class Inflater:
    """Decompresses a body piece by piece and never gives more than asked for, so a bomb stays small.

    Args:
        encoding: the Content-Encoding header: gzip, deflate (with or without zlib's header), or none.

    Raises:
        ValueError: another encoding; from `feed`, damaged data; from `finish`, data that is cut off.
    """

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError(f"unasked content encoding {name[:40]!r}")
        self._window = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}.get(name, 0)
        self._stream = zlib.decompressobj(self._window) if self._window else None
        self._begun = False

    def feed(self, data: bytes, limit: int) -> bytes:
        """What `data` decompresses to, at most `limit` bytes: what is over it is dropped."""
        if self._stream is None:
            return data[:limit]
        if data and not self._begun:
            self._begun = True
            if self._window == zlib.MAX_WBITS and not _has_zlib_header(data):
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        out = bytearray()
        try:
            while data and len(out) < limit:
                if self._stream.eof and self._window == _GZIP:  # a gzip file may have several members
                    self._stream = zlib.decompressobj(_GZIP)
                out += self._stream.decompress(data, limit - len(out))
                # Zeros after the last member are padding.
                data = self._stream.unused_data.lstrip(b"\0") if self._window == _GZIP else b""
        except zlib.error as error:
            raise ValueError("damaged compression") from error
        return bytes(out)

    def finish(self) -> None:
        """Check that the compressed data came to its end."""
        if self._stream is not None and self._begun and not self._stream.eof:
            raise ValueError("cut off")


def _has_zlib_header(data: bytes) -> bool:
    # RFC 1950: method 8 in the low bits of the first byte; the first two divide by 31.
    return data[0] & 0x0F == 8 and (len(data) == 1 or int.from_bytes(data[:2], "big") % 31 == 0)  # noqa: PLR2004 - RFC 1950
