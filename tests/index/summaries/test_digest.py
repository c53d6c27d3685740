"""What is new, as stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.summaries.facade import Summaries
from index.summaries.stories import cluster_stories
from index.types import PUBLIC, Appearance, Article, Scopes
from tests.index.builders import FERRY, ROCKETS

DAY = datetime(2020, 1, 26, tzinfo=UTC)


def article(name: str, *, source: str = "A", day: int = 0, also: tuple[Appearance, ...] = ()) -> Article:
    return Article(title=name, text="", id=name, source=source, published_at=DAY + timedelta(days=day), also=also)


def vectors(**rows: tuple[float, ...]) -> dict[str, np.ndarray]:
    return {name: np.array(row, np.float32) / np.linalg.norm(row) for name, row in rows.items()}


def test_articles_on_one_event_are_together() -> None:
    """The most covered story comes first, named after the article nearest to all; the others follow in order."""
    articles = [article("ferry"), article("r1", source="B"), article("r2"), article("r3", source="C"), article("odd")]
    found = cluster_stories(articles, vectors(ferry=(0, 0, 1), r1=(1, 0.3, 0), r2=(1, 0, 0), r3=(1, -0.3, 0)))
    assert [[a.id for a in cluster.articles] for cluster in found] == [["r2", "r1", "r3"], ["ferry"], ["odd"]]
    assert found[0].sources == ("A", "B", "C")


def test_the_same_words_a_week_apart_are_two_events() -> None:
    """A weekly story is not one long one."""
    articles = [article("one"), article("two", day=7)]
    assert len(cluster_stories(articles, vectors(one=(1, 0), two=(1, 0)))) == 2
    assert len(cluster_stories([article("one"), article("two", day=2)], vectors(one=(1, 0), two=(1, 0)))) == 1


def test_who_carries_a_copy_counts_as_a_source() -> None:
    """Copies are one article, and their publishers are named."""
    (cluster,) = cluster_stories([article("one", also=(Appearance(None, "B"), Appearance(None, "A")))], {})
    assert cluster.sources == ("A", "B")


async def test_a_digest_tells_what_came_between_two_times(tmp_path: Path) -> None:
    """With a sentence of the story and its citation, only from what the chat may see, page by page."""
    async with await NewsIndex.open_with(tmp_path, embedder=FakeEmbedder(), chat_model=None) as news:
        start = datetime.now(UTC)
        copy = replace(
            ROCKETS, id="again", url="https://b.example", source="B", text=f"{ROCKETS.text} Later more was said."
        )
        await news.add([ROCKETS, copy])
        await news.add([FERRY])
        await news.add([replace(FERRY, title="Hidden")], scope="chat:2")
        end = datetime.now(UTC)
        sums = Summaries(news)
        found = await sums.digest(PUBLIC, start, end)
        assert (found.total, found.articles) == (2, 3)
        first = found.stories[0]
        assert set(first.sources) == {"The Daily Example", "B"}
        assert first.sentence is not None
        (citation,) = first.sentence.citations
        assert "rockets hit" in citation.quote
        second = await sums.digest(PUBLIC, start, end, offset=1, limit=1)
        assert [story.headline for story in second.stories] == [FERRY.title]
        assert (await sums.digest(PUBLIC, end, end + timedelta(days=1))).stories == ()
        assert {s.headline for s in (await sums.digest(Scopes.of("chat:2"), start, end)).stories} == {"Hidden"}
