"""Which points of a discussion are held against the articles: a bounded number, most where articles have a say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from index.summaries.talk_news import can_be_checked, is_not_covered, news_check, stated
from index.summaries.types import NewsCheck, TalkSummary, TalkTopic, Verdict
from index.types import Evidence

Search = Callable[[str], Awaitable[Sequence[Evidence]]]

MOST_LOOKUPS = 16  # a summary
_VERDICT = 3  # lookups without one that a verdict outweighs when the next topic is chosen


@dataclass(slots=True)
class _Lookups:
    """A topic, the places of its points that are still to be looked up, and what was found for others."""

    topic: TalkTopic
    left: list[int]
    found: dict[int, Sequence[Evidence]] = field(default_factory=dict)
    checks: dict[int, NewsCheck] = field(default_factory=dict)

    @property
    def turn(self) -> int:
        """The lower, the sooner its next point is looked up."""
        return len(self.found) - _VERDICT * len(self.checks)

    def checked(self) -> TalkTopic:
        """The topic with what was found; "not covered" only where articles have a say on its other points."""
        titles = {check.citation.title for check in self.checks.values() if check.citation}
        checks = dict(self.checks)
        for place, passages in self.found.items():
            if place not in checks and is_not_covered(stated(self.topic.points[place]), passages, titles):
                checks[place] = NewsCheck(Verdict.NOT_COVERED)
        points = (replace(point, news=checks.get(place)) for place, point in enumerate(self.topic.points))
        return replace(self.topic, points=tuple(points))


async def with_news(summary: TalkSummary, search: Search, most: int = MOST_LOOKUPS) -> TalkSummary:
    """The summary with a `NewsCheck` at the points that the articles speak of; `search` is asked at most `most` times.

    Each topic has a turn first; then those of which articles were found to speak.

    Raises:
        NewsIndexError: as `search` raises it.
    """
    topics = [_Lookups(topic, [n for n, p in enumerate(topic.points) if can_be_checked(p)]) for topic in summary.topics]
    for _ in range(most):
        waiting = [topic for topic in topics if topic.left]
        if not waiting:
            break
        chosen = min(waiting, key=lambda topic: topic.turn)
        place = chosen.left.pop(0)
        text = stated(chosen.topic.points[place])
        chosen.found[place] = await search(text)
        if check := news_check(text, chosen.found[place]):
            chosen.checks[place] = check
    return replace(summary, topics=tuple(topic.checked() for topic in topics))
