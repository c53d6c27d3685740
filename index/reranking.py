"""Passages ranked again by what a first search does not see: their age, their words together, their place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from index.named_source import matches_source
from index.question_words import coverage
from index.types import Evidence

# Fitted by logistic regression on the tuning half of a year of news-quiz questions, in units of the fused score,
# whose best value is 2 / 11.
_RECENT_BONUS = 0.08
_SOURCE_BONUS = 0.2  # who is named comes first
_COVERAGE_BONUS = 0.04
_EARLY_BONUS = 0.01

_RECENT_DAYS = 7.0
_FADING_DAYS = 21.0
_CLOCK_DAYS = 2.0  # publishers' dates may lie this far ahead
_EARLY_CHARACTERS = 2000


def prefer_recent(found: Sequence[Evidence], asked_at: datetime) -> list[Evidence]:
    """The passages with a bonus for those published shortly before `asked_at`, best first.

    The bonus is whole for a week and fades by 1/e in three more; an article without a date, or dated after the
    question, gets none.
    """
    scored = [replace(item, score=item.score + _RECENT_BONUS * recency(item.published_at, asked_at)) for item in found]
    return sorted(scored, key=lambda item: -item.score)


def prefer_period(found: Sequence[Evidence], start: datetime, end: datetime) -> list[Evidence]:
    """The passages with a bonus for those published from `start` up to `end`, best first.

    A bonus and no filter: two in five articles that tell of a stated time came out at another.
    """
    return _with_bonus(found, _RECENT_BONUS, lambda i: i.published_at is not None and start <= i.published_at < end)


def prefer_source(found: Sequence[Evidence], name: str) -> list[Evidence]:
    """The passages with a bonus for those of the source that is called `name`, best first."""
    return _with_bonus(found, _SOURCE_BONUS, lambda item: matches_source(name, item.source, item.url))


def _with_bonus(found: Sequence[Evidence], bonus: float, earns: Callable[[Evidence], bool]) -> list[Evidence]:
    scored = [replace(item, score=item.score + bonus) if earns(item) else item for item in found]
    return sorted(scored, key=lambda item: -item.score)


def recency(published_at: datetime | None, asked_at: datetime) -> float:
    """How recent an article was when the question was asked, 0 to 1."""
    if published_at is None:
        return 0.0
    days = (asked_at - published_at).total_seconds() / 86400
    return math.exp(-max(days - _RECENT_DAYS, 0.0) / _FADING_DAYS) if days >= -_CLOCK_DAYS else 0.0


def rerank(passages: Sequence[Evidence], weights: Mapping[str, float]) -> list[Evidence]:
    """The passages with a bonus for holding most of the question's words, and for standing early in their article."""
    scored = [replace(item, score=item.score + _bonus(item, weights)) for item in passages]
    return sorted(scored, key=lambda item: -item.score)


def _bonus(item: Evidence, weights: Mapping[str, float]) -> float:
    # The fourth power: half of the words say little, nearly all of them say much.
    whole = coverage(f"{item.title} {item.text}", weights) ** 4
    return _COVERAGE_BONUS * whole + _EARLY_BONUS * math.exp(-item.start / _EARLY_CHARACTERS)
