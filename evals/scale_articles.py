"""More articles than a news set has: real paragraphs of several articles, put together anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from index.types import Article

_STEP = 7919  # a prime: neighbours in a new article come from far apart


def varied(articles: Sequence[Article]) -> Iterator[Article]:
    """The articles as they are, then new ones without end.

    Each new one has the title and the length of a real one, and paragraphs from as many others; no two have the same
    ones, so that none is a copy.
    """
    yield from articles
    paragraphs = [article.text.split("\n\n") for article in articles]
    turn = 0
    while True:
        turn += 1
        for place, article in enumerate(articles):
            parts = [
                chosen[(number + turn) % len(chosen)]
                for number in range(len(paragraphs[place]))
                if (chosen := paragraphs[(place + turn * (31 + number * _STEP)) % len(articles)])
            ]
            yield replace(
                article,
                id=f"{article.id}-{turn}",
                title=f"{article.title} ({turn})",
                text="\n\n".join(parts),
                url=f"https://news.example/{turn}/{place}",
                published_at=article.published_at and article.published_at - timedelta(days=7 * turn),
            )
