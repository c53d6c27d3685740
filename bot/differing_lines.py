"""How differing reports are told in the reader's language."""

from __future__ import annotations

from functools import reduce

from bot.richtext import one_line
from bot.words import Said, Words
from index.differing_reports import DifferingReports, Headline, SaidValue, Telling


def differing_lines(differing: DifferingReports, words: Words) -> list[Said]:
    """The lines that tell of updates, contradictions and headlines that their text does not bear out."""
    lines = [_headline_line(headline, words) for headline in differing.headlines]
    if not differing.values:
        return lines
    if differing.telling is Telling.UPDATE:
        told = [_told(value, differing, words) for value in differing.values]
        return [*lines, reduce(lambda newer, older: words("replies-earlier", newer=newer, older=older), told)]
    values = words.listed(
        Said(f"{_with_origin(value, _date(value, differing, words), words)} [{value.n}]") for value in differing.values
    )
    if differing.telling is Telling.OTHERS:
        return [*lines, words("replies-others-say", values=values)]
    return [*lines, words("replies-differ", values=values)]


def _headline_line(headline: Headline, words: Words) -> Said:
    value = one_line(headline.value)
    if not headline.text:
        return words("replies-headline", headline=value, n=headline.n)
    return words("replies-headline-and-text", headline=value, text=one_line(headline.text), n=headline.n)


def _told(value: SaidValue, differing: DifferingReports, words: Words) -> Said:
    """A value of an update; the day leads when it tells the values apart."""
    date = _date(value, differing, words)
    if date and differing.several_days:
        return Said(f"{date}: {_with_origin(value, None, words)} [{value.n}]")
    return Said(f"{_with_origin(value, date, words)} [{value.n}]")


def _date(value: SaidValue, differing: DifferingReports, words: Words) -> str | None:
    return words.date(value.published_at, year=differing.several_years) if value.published_at else None


def _with_origin(value: SaidValue, date: str | None, words: Words) -> str:
    source = one_line(value.source or "")
    known = words.listed(part for part in (words.foreign(source), date) if part)
    said = words.foreign(one_line(value.value))
    return f"{said} ({known})" if known else said
