"""A subject in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.evidence_sentences import Sentence
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.summaries.facade import Summaries
from index.summaries.timeline import contradicting_value, day_of_sentence
from index.types import PUBLIC, Article, Scopes
from tests.index.builders import make_evidence


def article(name: str, day: int, text: str, source: str = "A") -> Article:
    return Article(
        title=f"Embassy {name}", text=text, id=name, source=source, published_at=datetime(2020, 1, day, 12, tzinfo=UTC)
    )


FIRST = article(
    "hit", 26, "Three rockets hit the embassy in Baghdad on Sunday evening, the ministry said in a statement."
)
OTHER = article(
    "more", 26, "Five rockets hit the embassy in Baghdad on Sunday evening, security sources told reporters.", "B"
)
LATER = article(
    "guard", 29, "The embassy in Baghdad is guarded by more soldiers from now on, its spokesman told reporters."
)
BACK = article(
    "claim", 30, "A group that calls itself the League claimed on 28 January that it fired at the embassy in Baghdad."
)


def sentence(text: str, at: datetime | None = None, *, article_id: str = "a", source: str | None = None) -> Sentence:
    evidence = make_evidence(text, article_id=article_id, published_at=at, source=source)
    return Sentence(text, 0, len(text), evidence, 1.0, 1.0)


async def test_points_stand_on_their_days(tmp_path: Path) -> None:
    """On the day that a sentence names, else that of its article, in order; every point is a verbatim sentence."""
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=None) as news:
        await news.add([LATER, FIRST, BACK])
        await news.add([replace(FIRST, id="hidden")], scope="chat:2")
        found = await Summaries(news).timeline("embassy in Baghdad", PUBLIC)
        assert [point.day.date() for point in found.points] == [date(2020, 1, day) for day in (26, 28, 29)]
        for point in found.points:
            (citation,) = point.point.citations
            stored = await news.article(citation.article_id, PUBLIC)
            assert stored is not None
            assert stored.text[citation.start : citation.end] == point.point.text
        assert (await Summaries(news).timeline("embassy in Baghdad", Scopes.of("chat:3"))).points == ()
        assert (await Summaries(news).timeline("football results", PUBLIC)).points == ()


async def test_conflicts_are_marked(tmp_path: Path) -> None:
    """Another paper's other number for the same is told with its source; its own point is not told twice."""
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=None) as news:
        await news.add([FIRST, OTHER])
        found = await Summaries(news).timeline("rockets embassy Baghdad", PUBLIC)
    conflicts = [(conflict.value.casefold(), conflict.source) for point in found.points for conflict in point.conflicts]
    assert conflicts
    assert set(conflicts) <= {("three", "A"), ("five", "B")}


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("It happened on 3 March 2019 in Rome.", datetime(2020, 1, 5, tzinfo=UTC), date(2019, 3, 3)),
        ("It happened on December 28 in Rome.", datetime(2020, 1, 5, tzinfo=UTC), date(2019, 12, 28)),
        ("It happened in Rome.", datetime(2020, 1, 5, tzinfo=UTC), date(2020, 1, 5)),
        ("It happened on 31 February 2020.", datetime(2020, 3, 5, tzinfo=UTC), date(2020, 3, 5)),
        ("It happened in Rome.", None, None),
    ],
)
def test_the_day_of_a_sentence(text: str, published: datetime | None, day: date | None) -> None:
    """A date in it, of the year that its article suggests, else the article's own; none is none."""
    assert day_of_sentence(sentence(text, published)) == day


@pytest.mark.parametrize(
    "other",
    [
        "At least two rockets hit the embassy on Sunday evening.",
        "Five people saw the embassy on Sunday evening.",
        "The rockets hit the embassy on Sunday evening.",
        "Three rockets hit the embassy on Sunday evening.",
    ],
)
def test_what_can_both_be_right_is_no_conflict(other: str) -> None:
    """A floor, another thing counted, no number, the same number."""
    at = datetime(2020, 1, 26, tzinfo=UTC)
    one = sentence("Three rockets hit the embassy on Sunday evening.", at)
    assert contradicting_value(one, sentence(other, at, article_id="b"), "embassy") is None
