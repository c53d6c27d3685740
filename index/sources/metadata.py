"""Dates and links as sources write them, turned into what an article may carry."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.sources.textclean import normalize_line, shorten

_URL_LIMIT = 2048
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


def web_link(value: object) -> str | None:
    """The link when it is http(s) with a host, without credentials or odd characters; else None."""
    if not isinstance(value, str):
        return None
    link = value.strip()
    if not link or len(link) > _URL_LIMIT or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", link):
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
