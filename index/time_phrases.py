"""Where English text names a time: dates, "since …", "between … and …", "two weeks ago", and words for the newest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from index.calendar_words import DAY, MONTH, POINT, RELATIVE, WEEKDAY, YEAR, Days, days_of, month_of, week_of, year_of
from index.numbers import spelled_values
from index.words import STOP_WORDS

_RECENT_DAYS = 30
_UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.5, "year": 365.0}
_LONGEST_PAST = 370  # days; "over the last decade" says nothing about when an article came out
_YEARS_AGO = 5
_EXACT_DAYS_AGO = 8
_BARE_IN = re.compile(rf"in {WEEKDAY}", re.IGNORECASE)  # "sworn in Monday"
_PEOPLE = {"may", "june", "april", "august", "mar", "march", "jan"}  # also verbs, or somebody's name
_NUMBER = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

# "until May", "by 2024", "every Sunday", "the third Monday of": not a time at which something happened.
_NOT_BEFORE = re.compile(
    r"\b(?:by|until|till|before|prior to|ahead of|every|each|next|coming|upcoming|third|fourth|no later than)"
    r" (?:the )?$",
    re.IGNORECASE,
)
_ALWAYS = re.compile(r"[^.?!]*\b(?:every|each) (?:year|month|week|day)\b|[^.?!]*\bannually\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|ahead of|preparation for|(?:set|due|expected|scheduled|tapped|going|chosen|likely|plann\w+|about) to"
    r"|scheduled for|upcoming|could|might|to host)\b(?:(?!\bafter\b|\bfollowing\b)[^.?!])*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:first|second|last|only|best|worst|most|least|fewest|never|ever|record|more than|(?:high|low|larg|bigg|great"
    r"|small|long|short|deadli|strong|fast|old|young|clos|hott|warm|cold|wett|dri|heavi)est)\b[^.?!]*$",
    re.IGNORECASE,
)
_WHILE = re.compile(
    r"(?:\b(?:since|after|born|founded|first|established|aged)\b"
    r"|(?<=\w )(?<!\btell me )(?<!\bknow )(?:who|that)\b)[^.?!,]*$",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"\b(?:Black|Good|Super|Cyber|Giving|Taco|Ash|Spy|Shrove|Maundy|Holy|Fat|Palm|Easter|Bloody|Ruby|Freaky|Casual"
    r"|Sheffield|USA|India|Russia|Psychology|BBC|Arab|History|Christianity) $",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(
    r" (?:Times|Telegraph|Mirror|Mail|Express|Post|Night (?:Live|Football|Raw)|Addams|Morning Herald|Day|Madness"
    r"|Evening Post|show|programme|program|host)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:on|in|during|throughout|of|early|late|mid|this|last|over|from|at)[ -](?:the )?$", re.IGNORECASE
)
_YEAR_LEAD = re.compile(r"\b(?:in|during|throughout|the year)[ -](?:early |mid |late |the year )?$", re.IGNORECASE)


class Found(NamedTuple):
    """Days that a text names at `text[start:stop]`.

    `firm` is a stated period; what is not firm only prefers the newest. `dated` is by a date, not by a weekday.
    """

    days: Days
    start: int
    stop: int
    firm: bool = True
    dated: bool = False


def found_in(text: str, today: date | None) -> Iterator[Found]:
    """Every time that an English text names; without `today` only those with a year."""
    yield from _dates(text, today)
    if today is not None:
        yield from _relative(text, today)
        yield from _newest(text, today)


def _dates(text: str, today: date | None) -> Iterator[Found]:
    taken: list[range] = []
    for pattern, read in _DATES:
        for match in pattern.finditer(text):
            # What "between … and …" or "since …" has read, or refused, is no date on its own.
            if any(match.start("a") in span for span in taken):
                continue
            taken.append(range(*match.span()))
            outside = _NOT_BEFORE.search(text, 0, match.start()) or _ALWAYS.match(text, match.end())
            days = None if outside else read(match, today)
            if days and days.length > 0:
                start = match.start("a") if _BARE_IN.match(match.group()) else match.start()
                yield Found(days, start, match.end(), dated=bool(re.search(r"\d", match.group())))


def _relative(text: str, today: date) -> Iterator[Found]:
    for pattern, read in _RELATIVE:
        for match in pattern.finditer(text):
            if days := read(match, today):
                yield Found(days, match.start(), match.end())


def _newest(text: str, today: date) -> Iterator[Found]:
    for match in _RECENCY.finditer(text):
        # "Apocalypse Now" is a name.
        if not (match.group()[0].isupper() and re.search(r"\w $", text[: match.start()])):
            yield Found(_recently(match, today), match.start(), match.end(), firm=False)


def _between(match: re.Match[str], today: date | None) -> Days | None:
    """Reads "between 3 and 7 March", "from Monday to Wednesday"."""
    last = days_of(match["b"], today)
    if last is None:
        return None
    weekday = re.fullmatch(WEEKDAY, match["a"], re.IGNORECASE)
    year = last.start.year if re.search(YEAR, match["b"]) else None
    month = last.start.month if re.fullmatch(DAY, match["a"]) else None
    first = days_of(match["a"], last.start if weekday or today else None, month, year)
    if first and first.start > last.start and year:
        first = days_of(match["a"], None, month, year - 1)
    return Days(first.start, last.end) if first else None


def _month_days(match: re.Match[str], today: date | None) -> Days | None:
    """Reads "March 3-7"."""
    first, last = (days_of(f"{match['month']} {match[part]} {match['year'] or ''}", today) for part in "ab")
    return Days(first.start, last.end) if first and last else None


def _since(match: re.Match[str], today: date | None) -> Days | None:
    first = days_of(match["a"], today)
    if today is None or first is None or (first.length > 1 and _COMPARED.search(match.string, 0, match.start())):
        return None
    if not _names_time(match, alone=False):
        return None
    return Days(first.start, today + timedelta(days=1))


def _point(match: re.Match[str], today: date | None) -> Days | None:
    """A date, month, weekday or year."""
    if re.fullmatch(YEAR, match["a"]):
        return year_of(int(match["a"])) if _is_year(match) else None
    if not re.search(YEAR, match["a"]) and _AHEAD.search(match.string, 0, match.start("a")):
        return None
    return days_of(match["a"], today) if _names_time(match, alone=True) else None


def _names_time(match: re.Match[str], *, alone: bool) -> bool:
    """Whether it is the month or weekday: not "may", "march", Theresa May, the Sunday Times or Black Friday.

    What stands `alone` needs a word such as "in" or "on" in front of it, or other signs.
    """
    said, before, behind = match["a"], match.string[: match.start("a")], match.string[match.end("a") :]
    if _NAME_BEHIND.match(behind) or _NAMED_DAY.search(before):
        return False
    led = not alone or bool(_LEAD.search(before))
    if re.fullmatch(WEEKDAY, said, re.IGNORECASE):
        return led or _is_weekday(said, before, behind)
    month = re.search(MONTH, said, re.IGNORECASE)
    if month is None or re.search(YEAR, said):
        return True
    dated = bool(re.search(r"\d", said))
    if month.group().casefold().rstrip(".") not in _PEOPLE:
        return led or dated or behind.startswith(("'s", "’s"))
    return (led or said != said.lower()) if dated else (led and not re.match(r" [A-Z]|['’]s| on [A-Z]", behind))


def _is_weekday(said: str, before: str, behind: str) -> bool:
    """Whether a weekday without "on" is one: in "sworn in Monday", but not in "Ruby Tuesday" or "a Tuesday"."""
    if not said[0].isupper() or re.match(r" [A-Z]", behind):
        return False
    return not re.search(r"\w [A-Z][\w’']* $|\b(?:an?|the|any|most) $", before)


def _is_year(match: re.Match[str]) -> bool:
    """Whether it is the time of what is asked: "in 2023", but not "in 2008 prices" or "since it began in 2022"."""
    before, behind = match.string[: match.start("a")], match.string[match.end("a") :]
    word = re.match(r"\s+([\w’']+)", behind)
    if not _YEAR_LEAD.search(before) or re.match(r"[-/’']", behind):
        return False
    return (word is None or word[1].lower() in STOP_WORDS) and not _WHILE.search(match.string, 0, match.start())


def _ago(match: re.Match[str], today: date) -> Days | None:
    number, unit = _number(match["n"]), match["unit"].lower()
    if unit == "year":
        return year_of(today.year - number) if number <= _YEARS_AGO else None
    if unit == "month":
        months = today.year * 12 + today.month - 1 - number
        return month_of(months // 12, months % 12 + 1) if number < _YEARS_AGO * 12 else None
    day = today - timedelta(days=round(number * _UNIT_DAYS[unit]))
    slack = timedelta(days=3 if unit in {"week", "fortnight"} else 0 if number < _EXACT_DAYS_AGO else 2)
    return Days(day - slack, day + slack + timedelta(days=1))


def _past(match: re.Match[str], today: date) -> Days | None:
    """Reads "in the past two weeks"."""
    days = round(_number(match["n"] or "one") * _UNIT_DAYS[match["unit"].lower()])
    return Days(today - timedelta(days=max(days, 1)), today + timedelta(days=1)) if days < _LONGEST_PAST else None


def _plain(match: re.Match[str], today: date) -> Days | None:
    """Reads "yesterday", "last week", "this month", "over the weekend"."""
    said, before = match["a"].lower(), match.string[: match.start()]
    if _NAME_BEHIND.match(match.string, match.end()) or _NAMED_DAY.search(before):
        return None
    if said in {"this month", "this year"} and (_AHEAD.search(before) or before.lower().endswith("later ")):
        return None
    return RELATIVE[said](today)


def _recently(match: re.Match[str], today: date) -> Days:
    start = today - timedelta(days=_RECENT_DAYS)
    if re.search(r"\b(?:this week|days)\b", match.group(), re.IGNORECASE):
        start = min(week_of(today).start, today - timedelta(days=7))
    return Days(start, today + timedelta(days=1))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 1 if word.lower() in {"a", "an"} else spelled_values(word)[0]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DATES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Days | None]], ...] = (
    (_compiled(rf"\b(?:between|from) (?P<a>{POINT}|{DAY}) (?:and|to|until|till|through) (?P<b>{POINT})"), _between),
    (_compiled(rf"\b(?:on |in )?(?P<a>\d\d?) ?(?:-|–|to) ?(?P<b>{DAY} {MONTH}(?:,? {YEAR})?)"), _between),
    (
        _compiled(rf"\b(?:on |in )?(?P<month>{MONTH}) (?P<a>\d\d?) ?(?:-|–|to) ?(?P<b>{DAY})(?:,? (?P<year>{YEAR}))?"),
        _month_days,
    ),
    (_compiled(rf"\b(?:ever )?(?:since|after) (?:(?:early|mid|late|on|in)[ -])?(?P<a>{POINT})"), _since),
    (
        _compiled(
            r"(?:\b(?:(?:on|in|during|throughout) )?(?:early|late|mid|this|last|the year)[ -]"
            r"|\b(?:on|in|during|throughout) (?:the )?)?"
            rf"(?<![\w-])(?P<a>{POINT})(?: (?:morning|afternoon|evening|night)\b)?"
        ),
        _point,
    ),
)
_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...] = (
    (_compiled(rf"\b(?P<n>{_NUMBER}) (?P<unit>day|week|fortnight|month|year)s? ago\b"), _ago),
    (
        _compiled(
            rf"\b(?:in|over|during|within|for) the (?:last|past|previous) (?:(?P<n>{_NUMBER}) )?"
            r"(?P<unit>hour|day|week|fortnight|month|year)s?\b"
        ),
        _past,
    ),
    (
        _compiled(rf"(?:\b(?:over|at|on|during) (?=the weekend))?\b(?P<a>{'|'.join(RELATIVE)})\b"),
        _plain,
    ),
)
_RECENCY = _compiled(
    r"\bthis week(?:['’]s)?\b|\b(?:the )?(?:latest|newest|most recent)\b(?! than)|\brecent(?:ly)?(?: days| weeks)?\b"
    r"|(?:\bright )?(?<!-)\bnow(?:adays)?\b|\bcurrent(?:ly\b|(?= (?!of|in|flow|account)))"
    r"|\bat (?:the moment|present)\b|\bso far\b|\bthese days\b|\bdays ago\b|\bas of (?:now|today)\b"
)
