"""Builders of articles, evidence and sentences, with what a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime

from index.evidence_sentences import Sentence
from index.types import Article, Citation, Evidence

ROCKETS = Article(
    id="rockets",
    title="Rockets hit embassy canteen",
    text=(
        "Smoke rose over the river. Three rockets hit the American embassy in Baghdad on Sunday evening. "
        "One person was slightly hurt.\n\nNobody has claimed the attack, a spokesman said. "
        "About 5,200 American troops are based in Iraq."
    ),
    url="https://news.example/rockets",
    source="The Daily Example",
    published_at=datetime(2020, 1, 26, 21, 30, tzinfo=UTC),
)
FERRY = Article(
    id="ferry",
    title="Ferry runs aground",
    text="The ferry Marta hit a sandbank near the old harbour of Split. Two people were hurt.",
    source="Harbour News",
    published_at=datetime(2024, 5, 2, 8, 0, tzinfo=UTC),
)


def make_article(text: str, title: str = "A title", *, article_id: str = "a1", url: str | None = None) -> Article:
    """An article without a source or a date."""
    return Article(title=title, text=text, id=article_id, url=url)


def make_evidence(
    text: str,
    title: str = "A title",
    *,
    article_id: str = "a1",
    start: int = 0,
    score: float = 1.0,
    source: str | None = None,
    published_at: datetime | None = None,
) -> Evidence:
    """A retrieved chunk that lies at `start` of its article."""
    return Evidence(
        article_id=article_id,
        chunk_id=f"{article_id}-1-0",
        version=1,
        title=title,
        text=text,
        start=start,
        end=start + len(text),
        score=score,
        source=source,
        published_at=published_at,
    )


def make_sentence(
    text: str, *, score: float = 1.0, overlap: float = 1.0, article_id: str = "a1", title: str = "A title"
) -> Sentence:
    """A sentence that is the whole of its chunk."""
    evidence = make_evidence(text, title, article_id=article_id)
    return Sentence(text, 0, len(text), evidence, overlap, score)


def make_citation(quote: str, *, n: int = 1, start: int = 0, article_id: str = "a1") -> Citation:
    """A citation of a quote that stands at `start`."""
    return Citation(n=n, article_id=article_id, title="A title", quote=quote, start=start, end=start + len(quote))
