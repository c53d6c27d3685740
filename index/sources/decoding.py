"""Bytes to text: the declared or detected encoding, or a clear refusal; never silent mojibake."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from index.errors import UnreadableError, UnsupportedError
from index.sources.metadata import shown_name
from index.sources.textclean import is_damaged

READABLE_TYPES = (
    "askwire reads text, Markdown, HTML, PDF, DOCX, EPUB, JSON lines and Telegram's chat export in JSON (result.json)."
)

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ["cp1252", "cp1250", "cp1254", "cp1257"]
_OTHER = [
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "cp1250",
]
_SAMPLE = 100_000
_FEW, _SOME = 0.05, 0.25  # shares of bytes above 127
_SIGN_IN_WORD = re.compile("[a-z][¡-©«-´¶-¹»-¿×÷]+[a-z]")  # Polish read as cp1252, for one
_HIGH_BYTES = bytes(range(128, 256))
_KNOWN_CHARSET = re.compile(
    r"iso-?8859-?\d{1,2}|latin-?\d|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|shift[_-]?jis|sjis|euc-(?:jp|kr)|gbk|gb2312"
    r"|gb18030|big5(?:-hkscs)?|iso-2022-jp|tis-620"
)


def decode_text(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of `data`, by its byte-order mark, as UTF-8, by `charset` or by detection, in this order.

    UTF-8 goes before what a server declares, because text that is valid UTF-8 by chance hardly exists and
    wrong declarations abound. A few broken sequences in a long UTF-8 text become U+FFFD.

    Raises:
        UnsupportedError: the bytes are not text.
        UnreadableError: the encoding cannot be told, or the text is damaged.
    """
    text = _marked(data, name) if data else ""
    if text is None:
        if b"\0" in data:
            raise UnsupportedError(f"{shown_name(name)} is not a text. {READABLE_TYPES}")
        text = _shifted(data, charset) or _utf8(data) or _declared(data, charset) or _detected(data)
    if text is None or is_damaged(text):
        raise UnreadableError(
            f"{shown_name(name)} is damaged or in an unknown encoding. Save it as UTF-8 and try again."
        )
    return text


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    return _utf8(data[len(mark) :])
                raise UnreadableError(
                    f"{shown_name(name)} is cut off or damaged. Save it as UTF-8 and try again."
                ) from error
    return None


def _shifted(data: bytes, charset: str | None) -> str | None:
    # ISO-2022-JP is ASCII bytes throughout, so it must be asked for before UTF-8.
    return _declared(data, charset) if charset and charset.lower() == "iso-2022-jp" else None


def _declared(data: bytes, charset: str | None) -> str | None:
    name = (charset or "").strip().lower()
    if not _KNOWN_CHARSET.fullmatch(name):
        return None
    # The web's Latin-1 is cp1252 (WHATWG Encoding Standard, "names and labels").
    return _strict(data, "cp1252" if name in ("iso-8859-1", "iso8859-1", "latin1", "latin-1") else name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = len(text) - broken - len(data.translate(None, _HIGH_BYTES))
    return text if whole > 4 * broken and broken * 100 < len(text) else None


def _detected(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    share = 1 - len(sample.translate(None, _HIGH_BYTES)) / len(sample)
    if share < _FEW and (text := _strict(data, "cp1252")) and not _SIGN_IN_WORD.search(text):
        return text
    found = list(from_bytes(sample, cp_isolation=_WESTERN if share < _SOME else _OTHER))
    if not found:
        return None
    best = found[0]
    # Of equally good guesses the most common encoding is the likeliest.
    common = any(
        "cp1252" in guess.could_be_from_charset and (guess.chaos, -guess.coherence) <= (best.chaos, -best.coherence)
        for guess in found
    )
    return _strict(data, "cp1252" if common else best.encoding)
