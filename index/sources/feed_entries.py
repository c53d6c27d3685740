"""What every feed format comes down to: a feed with entries, cleaned and bounded."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from index.sources.metadata import web_link
from index.sources.textclean import normalize_line, shorten

MAX_ENTRIES = 200  # of one feed at a time, the newest
READ_ENTRIES = 5_000  # that are looked at for them

LONGEST_HTML = 500_000  # characters of one entry; of a longer one the page is read

_LONGEST_KEY = 200
_INLINE_DATA = re.compile(r"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%]+")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9_-]*)?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+")
_NOBODY = frozenset({"unknown", "admin", "administrator", "noreply", "no-reply"})


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `key` names it within its feed; `html` is its content or summary, and may be empty.

    `is_full` says that `html` is the article itself and no teaser. `published_at` and `updated_at` (a later change)
    are in UTC; a date more than a day ahead, or before 1990, is a mistake and becomes None. `digest` changes when the
    words or the time of change do, and not when only the markup does.
    """

    key: str
    url: str | None
    title: str
    html: str
    is_full: bool
    published_at: datetime | None
    updated_at: datetime | None
    author: str | None
    source: str | None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed with at most 200 entries, the newest first; `site` is its home page, `language` an ISO 639-1 code.

    `interval` is how many seconds the feed wants between two looks at it.
    """

    title: str
    site: str | None
    language: str | None
    entries: tuple[FeedEntry, ...]
    url_self: str | None
    interval: float | None = None


def entry_key(given: str | None, url: str | None, words: str) -> str:
    """What an entry is recognised by: its own id, else its link, else a digest of its words."""
    key = normalize_line(given or "") or url or ""
    if not key or len(key) > _LONGEST_KEY:
        return hashlib.sha256((key or words).encode("utf-8", "replace")).hexdigest()
    return key


def bounded_html(markup: str) -> str:
    """The markup without inline pictures; nothing of what is still too long for an article."""
    small = _INLINE_DATA.sub("", markup)
    return small if len(small) <= LONGEST_HTML else ""


def entry_digest(title: str, words: str, updated_at: datetime | None) -> str:
    """A digest of what an entry says: another one means that it was changed."""
    told = "\n".join((title, words, updated_at.isoformat() if updated_at else ""))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def believable(moment: datetime | None) -> datetime | None:
    """The time, unless it is before 1990 or more than a day ahead of now."""
    return moment if moment and _EARLIEST <= moment <= datetime.now(UTC) + _AHEAD else None


def later_change(updated_at: datetime | None, published_at: datetime | None) -> datetime | None:
    """The time of a change, when there was one after the publication."""
    return updated_at if updated_at and (published_at is None or updated_at > published_at) else None


def language_code(value: object) -> str | None:
    """`en` of "en-US"; None for anything that is no language tag."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def person(name: str | None) -> str | None:
    """An author's name, without a mail address; None for the names that programs fill in."""
    found = shorten(normalize_line(_MAIL.sub("", name or "")).strip(" ()<>,;"))
    return None if found.casefold() in _NOBODY else found or None


def update_interval(ttl: object = None, period: object = None, frequency: object = None) -> float | None:
    """Seconds between two looks: RSS's `ttl` (minutes) or the syndication module's period and frequency; the longer."""
    wishes = [60.0 * _number(ttl)] if ttl is not None else []
    if isinstance(period, str) and (length := _PERIODS.get(period.strip().lower())):
        wishes.append(length / max(1.0, _number(frequency) or 1.0))
    return max(wishes, default=0.0) or None


def newest_entries(entries: Iterable[FeedEntry], site: str | None) -> tuple[FeedEntry, ...]:
    """The newest 200, each key once; those without a date keep their place, as feeds put the newest first.

    A link to the site's home page is no entry's address, nor is one that a full entry shares with others: an article is
    known by its address, so each such entry would take the place of the one before.
    """
    unique = list({entry.key: entry for entry in reversed(list(entries))}.values())[::-1]
    unique = sorted(unique, key=lambda entry: _when(entry) or _EARLIEST, reverse=True) if _all_dated(unique) else unique
    shared = Counter(_address(entry.url) for entry in unique)
    home = _address(site)
    return tuple(
        replace(entry, url=None)
        if entry.url and ((entry.is_full and shared[_address(entry.url)] > 1) or _address(entry.url) == home)
        else entry
        for entry in unique[:MAX_ENTRIES]
    )


def first_link(*values: object) -> str | None:
    """The first of these that is a link on the web; publishers forget to escape spaces."""
    written = (value.strip().replace(" ", "%20") for value in values if isinstance(value, str))
    return next((link for value in written if (link := web_link(value))), None)


def _all_dated(entries: list[FeedEntry]) -> bool:
    return all(_when(entry) for entry in entries)


def _when(entry: FeedEntry) -> datetime | None:
    return entry.updated_at or entry.published_at


def _address(url: str | None) -> str:
    return (url or "").partition("#")[0].partition("://")[2].rstrip("/")


def _number(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return 0.0
    return min(max(number, 0.0), 1e7) if math.isfinite(number) else 0.0
