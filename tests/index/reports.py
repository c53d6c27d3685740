"""Builders of reports: sentences of articles with a source and a day."""

from __future__ import annotations

from datetime import UTC, datetime

from index.evidence_sentences import Sentence
from index.types import Evidence

TITLE = "Bus crash near Split"


def report(
    text: str,
    *,
    day: int | None = 3,
    hour: int = 0,
    source: str | None = "Reuters",
    title: str = TITLE,
    passage: str | None = None,
    article_id: str | None = None,
    score: float = 1.0,
    overlap: float = 1.0,
) -> Sentence:
    """A sentence of an article of a day in May 2025; its passage is the sentence alone, or the text that holds it."""
    whole = passage or text
    start = whole.index(text)
    published = datetime(2025, 5, day, hour, tzinfo=UTC) if day else None
    identity = article_id or f"{source}-{day}-{hour}-{title}"
    evidence = Evidence(
        identity, f"{identity}-1-0", 1, title, whole, 0, len(whole), 1.0, source=source, published_at=published
    )
    return Sentence(text, start, start + len(text), evidence, overlap, score)
