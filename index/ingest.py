"""Articles into the collection: the same one once, a changed one as a new version, saved before it is indexed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.canonical_url import address_key
from index.catalog import Catalog
from index.chunking import chunk_article, embedding_text
from index.known_articles import Known, Way, copied_from, has_the_words_of, outcome_for, share_a_band
from index.postgres import holding_alone
from index.providers.base import Embedder, Vectors
from index.types import PUBLIC_SCOPE, Added, AddOutcome, Article, Chunk
from index.vector_index import VectorIndex

_ARTICLES_A_STEP = 32
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def article_id(article: Article, scope: str) -> str:
    """The id an article gets: the source's own in the public scope when it is plain, else a digest.

    The digest is over the scope and the source's id, else the address, else the text, so that the same article
    of two chats never shares an id.
    """
    if article.id and scope == PUBLIC_SCOPE and _PLAIN_ID.fullmatch(article.id):
        return article.id
    key = article.id or article.url or f"{article.title}\n{article.text}"
    return hashlib.sha256(f"{scope}\n{key}".encode()).hexdigest()[:12]


def ingest(
    articles: Iterable[Article], scope: str, catalog: Catalog, store: VectorIndex, embedder: Embedder
) -> Iterator[Added]:
    """Takes articles in, a few at a time, and yields each one's outcome once it is saved; blocking.

    Stopping the iteration between outcomes loses nothing that was reported.

    Raises:
        StoreError: when the catalog or the vector index fails.
        ProviderError: when the embedder fails.
    """
    waiting = _steps(articles)
    step: list[Article] = []
    while step or (step := next(waiting, [])):
        # On a database of several processes none may take in the same article between the search for it and its saving.
        with holding_alone(catalog.engine, f"take in {scope}", wait=True):
            outcomes = _sorted_out(step, scope, catalog)
            given, step = step[: len(outcomes)], step[len(outcomes) :]
            fresh = [(o.article, chunk_article(o.article)) for o in outcomes if o.outcome is not AddOutcome.DUPLICATE]
            vectors = _embedded(fresh, embedder)
            batch = [(article, parts, vectors[article.id]) for article, parts in fresh]
            places = [(o.article.id, article.url, article.source) for o, article in zip(outcomes, given, strict=True)]
            gone = catalog.save(batch, scope, embedder.name, places)
            store.delete(gone, scope)
            rows = ((part.id, part.article_id, v) for _, parts, vs in batch for part, v in zip(parts, vs, strict=True))
            store.add(rows, scope)
        counts = {article.id: len(parts) for article, parts in fresh}
        yield from (replace(o, chunks=counts.get(o.article.id, 0)) for o in outcomes)


def _steps(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists that are saved together; when reading fails, what was read comes first."""
    step: list[Article] = []
    names: set[str] = set()
    try:
        for article in articles:
            own = _names(article)
            if len(step) == _ARTICLES_A_STEP or own & names:
                yield step
                step, names = [], set()
            step.append(article)
            names |= own
    except Exception:
        if step:
            yield step
        raise
    if step:
        yield step


def _names(article: Article) -> set[str]:
    """What a later form of the article shares with it: of two such ones the first is saved before the second."""
    return {name for name in (article.id, article.url and address_key(article.url)) if name}


def _sorted_out(step: list[Article], scope: str, catalog: Catalog) -> list[Added]:
    """Each article's outcome in the given order; a copy within the step counts as a duplicate too.

    It ends before an article that an earlier one of the step must be saved for.
    """
    outcomes: list[Added] = []
    fresh: list[Article] = []
    for given in step:
        article = replace(given, id=article_id(given, scope), version=1, also=())
        known = _copied_within(article, fresh) or catalog.find_same(article, scope)
        outcome = outcome_for(article, known)
        if known is not None and outcome is AddOutcome.DUPLICATE:
            outcomes.append(Added(outcome, known.article, 0))
            continue
        if known is not None and outcome is AddOutcome.UPDATED:
            if any(other.id == known.article.id for other in fresh):
                break  # it is changed already in this step: the rest is looked at when that is saved
            article = _next_version(article, known)
        outcomes.append(Added(outcome, article, 0))
        fresh.append(article)
    return outcomes


def _next_version(article: Article, known: Known) -> Article:
    """The new version of a stored article: it keeps its id, its address and the day when it was first published."""
    stored = known.article
    first, now = stored.published_at, article.published_at
    return replace(
        article,
        id=stored.id,
        version=stored.version + 1,
        url=(article.url if known.way is Way.ID else stored.url) or stored.url,
        source=article.source or stored.source,
        published_at=min(first, now) if first and now else first or now,
        updated_at=article.updated_at or (now if first and now and now > first else None),
    )


def _copied_within(article: Article, fresh: list[Article]) -> Known | None:
    """The article of this step that it repeats: the same words, or a copy with small changes."""
    for other in fresh:
        if other.text == article.text and has_the_words_of(article, other):
            return Known(other, Way.WORDS)
    copied = copied_from(article, (other for other in fresh if share_a_band(article, other)))
    return Known(copied, Way.COPY) if copied else None


def _embedded(fresh: list[tuple[Article, list[Chunk]]], embedder: Embedder) -> dict[str, Vectors]:
    texts = [embedding_text(article.title, part.text) for article, parts in fresh for part in parts]
    vectors = embedder.embed(texts)
    by_article: dict[str, Vectors] = {}
    at = 0
    for article, parts in fresh:
        by_article[article.id] = vectors[at : at + len(parts)]
        at += len(parts)
    return by_article
