"""What an answer's headers say about asking again: Retry-After, Cache-Control, ETag, Last-Modified (RFC 9110, 9111)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

LONGEST_WAIT = 86_400.0  # seconds; a site that asks for more is asked again after a day

_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def retry_after(headers: httpx.Headers, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """The seconds that `Retry-After` asks for, by a number or a date: 0 to a day, None when it says nothing."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,10}(?:\.\d*)?", value):
        return min(float(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now()).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def max_age(headers: httpx.Headers) -> float | None:
    """For how many seconds the answer stays fresh, as `Cache-Control` says it."""
    found = _MAX_AGE.search(headers.get("Cache-Control", ""))
    return float(found[1]) if found else None


def validator(headers: httpx.Headers, name: str) -> str | None:
    """An ETag or Last-Modified as it can be sent back: plain ASCII, at most 1,000 characters; else None."""
    value = headers.get(name, "").strip()
    return value if _VALIDATOR.fullmatch(value) else None
