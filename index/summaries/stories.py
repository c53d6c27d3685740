"""Articles on the same event, together: average-link clusters of their beginnings' embeddings, of a few days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from index.types import Article

SAME_STORY = 0.68  # cosine; see evals/README.md
_DAYS = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles on one event, the one nearest to all others first."""

    articles: tuple[Article, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who reports it, each once; also those who carry one of the articles."""
        names = [name for article in self.articles for name in (article.source, *(p.source for p in article.also))]
        return tuple(dict.fromkeys(name for name in names if name))


def cluster_stories(articles: Sequence[Article], vectors: Mapping[str, NDArray[np.float32]]) -> list[Cluster]:
    """The articles in clusters, the most covered first, then the newest.

    `vectors` are of the articles' beginnings, by id, of length 1; an article without one stands alone. Two articles
    that were published more than four days apart are never the same event.
    """
    known = [article for article in articles if article.id in vectors]
    alone = [Cluster((article,)) for article in articles if article.id not in vectors]
    groups = _average_link(_likeness(known, vectors)) if known else []
    clusters = [_cluster([known[place] for place in group], vectors) for group in groups]
    order = {article.id: place for place, article in enumerate(articles)}
    return sorted(
        [*clusters, *alone],
        key=lambda c: (-len(c.sources), -len(c.articles), min(order[article.id] for article in c.articles)),
    )


def _likeness(articles: Sequence[Article], vectors: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float64]:
    stacked = np.stack([vectors[article.id] for article in articles]).astype(np.float64)
    alike = stacked @ stacked.T
    dates = [article.published_at for article in articles]
    for place, one in enumerate(dates):
        for other_place in range(place):
            other = dates[other_place]
            if one and other and abs(one - other) > _DAYS:
                alike[place, other_place] = alike[other_place, place] = 0.0
    np.fill_diagonal(alike, -1.0)
    return alike


def _average_link(alike: NDArray[np.float64]) -> list[list[int]]:
    """Groups whose members are on average at least `SAME_STORY` alike (Sokal and Michener 1958)."""
    groups = {place: [place] for place in range(len(alike))}
    sizes = np.ones(len(alike))
    while len(groups) > 1:
        one, other = divmod(int(np.argmax(alike)), len(alike))
        if alike[one, other] < SAME_STORY:
            break
        merged = (alike[one] * sizes[one] + alike[other] * sizes[other]) / (sizes[one] + sizes[other])
        alike[one], alike[:, one] = merged, merged
        alike[one, one] = -1.0
        alike[other], alike[:, other] = -1.0, -1.0
        sizes[one] += sizes[other]
        groups[one] += groups.pop(other)
    return list(groups.values())


def _cluster(articles: list[Article], vectors: Mapping[str, NDArray[np.float32]]) -> Cluster:
    middle = np.mean([vectors[article.id] for article in articles], axis=0)
    return Cluster(tuple(sorted(articles, key=lambda article: -float(vectors[article.id] @ middle))))
