"""Dates, links, names and languages as sources write them, turned into what an article may carry."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.sources.textclean import normalize_line, shorten

CLOCK_SKEW = timedelta(days=1)  # how far ahead of now a time may lie: zones and clocks differ

_URL_LIMIT = 2048
_NAME_LIMIT = 120
_SMALL_CHANGE = timedelta(minutes=5)  # corrections of the first minutes are part of publishing
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]*)?", re.IGNORECASE)
# ISO 639-2 and withdrawn ISO 639-1 codes that are still written.
_OTHER_CODES = dict(
    pair.split("=")
    for pair in (
        "eng=en deu=de ger=de spa=es fra=fr fre=fr rus=ru ara=ar ind=id por=pt ita=it nld=nl dut=nl pol=pl tur=tr "
        "ukr=uk zho=zh chi=zh jpn=ja kor=ko heb=he ell=el gre=el fas=fa per=fa hin=hi swe=sv dan=da nor=no fin=fi "
        "ces=cs cze=cs ron=ro rum=ro hun=hu vie=vi tha=th msa=ms may=ms in=id iw=he ji=yi"
    ).split()
)
_NOT_LATIN = frozenset(
    "ab am ar be bg bn bo ce cv dv dz el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or os pa ps ru sa sd "
    "si ta te tg th ti tt ug uk ur yi zh".split()
)
_EITHER_SCRIPT = frozenset("az bs ha kk ks ku mn ms sd sr tg tk tt ug uz".split())
_BY = re.compile(r"^(?:by|par|von|por|di)\s+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_SAMPLE = 4000
_NO_NAME = frozenset("admin administrator author editor guest none null root staff undefined unknown webmaster".split())
_WRITTEN_DATES = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d")


def parse_time(value: object) -> datetime | None:
    """A moment in UTC, or None when it cannot be told.

    Reads ISO 8601, RFC 2822 and dates with the month's English name. A date without a time is midnight, a
    time without a zone is UTC. Dates like 03/04/2020 are left alone: which is the month is anybody's guess.
    """
    if isinstance(value, datetime):
        return _in_utc(value)
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())[:80]
    for parse in (datetime.fromisoformat, parsedate_to_datetime, _written_date):
        try:
            moment = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return _in_utc(moment)
    return None


def later_update(published: datetime | None, updated: datetime | None) -> datetime | None:
    """When the publisher changed an article, when that is over five minutes after publishing and not in the future."""
    if published is None or updated is None or updated > datetime.now(UTC) + CLOCK_SKEW:
        return None
    return updated if updated - published > _SMALL_CHANGE else None


def language_code(value: object, text: str = "") -> str | None:
    """The ISO 639-1 code in a language tag such as `en-GB`; None when `text` is in letters the language never has.

    Many systems mark every page as English, whatever it is written in.
    """
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    code = found[1].lower()
    code = _OTHER_CODES.get(code, code)
    if len(code) != 2:  # noqa: PLR2004 - ISO 639-1
        return None
    letters = _LETTER.findall(text[:_SAMPLE])
    is_latin = 2 * sum(1 for letter in letters if _LATIN.match(letter)) > len(letters)
    fits = not letters or code in _EITHER_SCRIPT or (code in _NOT_LATIN) != is_latin
    return code if fits else None


def author_name(value: object) -> str | None:
    """Who wrote an article, on one line of at most 120 characters; None for links, addresses and placeholders.

    Takes a text (names may be parted by `;`), an object with a `name` (JSON-LD), or a list of these.
    """
    names: list[str] = []
    for item in value[:20] if isinstance(value, list) else [value]:
        written = item.get("name") if isinstance(item, dict) else item
        if isinstance(written, str):
            names += (_BY.sub("", normalize_line(name)) for name in written[:2000].split(";"))
    kept = [name for name in dict.fromkeys(names) if _is_name(name)]
    return shorten(", ".join(kept), _NAME_LIMIT) or None


def _is_name(name: str) -> bool:
    if not _LETTER.search(name) or len(name) > _NAME_LIMIT or "@" in name:
        return False
    return name.casefold() not in _NO_NAME and not re.search(r"https?:|www\.|[<>{}]|^\S+\.[a-z]{2,24}$", name)


def web_link(value: object) -> str | None:
    """The link when it is http(s) with a host, without credentials or odd characters; else None."""
    if not isinstance(value, str):
        return None
    link = value.strip()
    if not link or len(link) > _URL_LIMIT or re.search(r"[\s\x00-\x1f\x7f\ud800-\udfff<>\"\\]", link):
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return link


def site_name(url: str | None) -> str | None:
    """The link's host without `www.`, the name a site goes by."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def shown_name(name: str) -> str:
    """A file's name fit for a message: its last part, on one line, at most 80 characters."""
    last = PurePosixPath(normalize_line(name).replace("\\", "/")).name
    return shorten(last, 80) if re.search(r"\w", last) else "the file"


def _written_date(text: str) -> datetime:
    plain = text.replace(",", " ").split()
    for pattern in _WRITTEN_DATES:
        try:
            return datetime.strptime(" ".join(plain), pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(text)


def _in_utc(moment: datetime) -> datetime | None:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return None
