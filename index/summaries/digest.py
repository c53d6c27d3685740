"""What is new, as stories: a headline, one sentence with its source, and who reports it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import numpy as np

from index.catalog import Catalog
from index.providers.base import Embedder
from index.summaries.article import cite, is_prose, lead_worth, prose_sentences
from index.summaries.material import articles_between, lead_vectors
from index.summaries.stories import Cluster, cluster_stories
from index.summaries.types import Digest, Point, Story
from index.types import Article, Scopes

_LEADING = 12  # sentences of an article among which the one for its story is chosen


async def make_digest(
    catalog: Catalog, embedder: Embedder, scopes: Scopes, since: datetime, until: datetime, offset: int, limit: int
) -> tuple[Digest, list[Cluster]]:
    """The stories from `offset` on, at most `limit`, of what came in after `since` and until `until` (UTC).

    Each is told in a sentence of its best article; beside the digest stand the stories' articles with their texts.

    Raises:
        StoreError: when the database fails.
        ProviderError: when the embedder fails.
    """
    return await asyncio.to_thread(_digest, catalog, embedder, scopes, since, until, offset, limit)


def _digest(
    catalog: Catalog, embedder: Embedder, scopes: Scopes, since: datetime, until: datetime, offset: int, limit: int
) -> tuple[Digest, list[Cluster]]:
    articles = articles_between(catalog, scopes, since, until)
    vectors = lead_vectors(catalog, [article.id for article in articles], embedder.name)
    clusters = cluster_stories(articles, vectors)
    shown = clusters[offset : offset + limit]
    stories = tuple(_story(cluster, embedder) for cluster in shown)
    return Digest(stories, len(clusters), len(articles), since, until), shown


def _story(cluster: Cluster, embedder: Embedder) -> Story:
    best = cluster.articles[0]
    headers = tuple(replace(article, text="") for article in cluster.articles)
    return Story(best.title, story_sentence(best, cluster, embedder), headers, cluster.sources)


def story_sentence(article: Article, cluster: Cluster, embedder: Embedder) -> Point | None:
    """The early sentence that says most of what the story's headlines say; None when the article has no sentence."""
    sentences = [s for s in prose_sentences(article.text[:20_000]) if is_prose(s.text)][:_LEADING]
    if not sentences:
        return None
    titles = [one.title for one in cluster.articles[:8]]
    vectors = embedder.embed([*titles, *(sentence.text for sentence in sentences)])
    told = (vectors[len(titles) :] @ vectors[: len(titles)].T).mean(axis=1)
    best = sentences[int(np.argmax(told + lead_worth(sentences) / 2))]
    citation = cite(article, best, 1)
    return Point(citation.quote, (citation,))
