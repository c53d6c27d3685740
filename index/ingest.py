"""Articles into the collection: the same one once, a changed one as a new version, saved before it is indexed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.catalog import Catalog
from index.chunking import chunk_article, embedding_text
from index.providers.base import Embedder, Vectors
from index.store import VectorStore
from index.types import PUBLIC_SCOPE, Added, AddOutcome, Article, Chunk

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
    articles: Iterable[Article], scope: str, catalog: Catalog, store: VectorStore, embedder: Embedder
) -> Iterator[Added]:
    """Takes articles in, a few at a time, and yields each one's outcome once it is saved; blocking.

    Stopping the iteration between outcomes loses nothing that was reported.

    Raises:
        StoreError: when the catalog or the vector index fails.
        ProviderError: when the embedder fails.
    """
    for step in _steps(articles):
        outcomes = _sorted_out(step, scope, catalog)
        fresh = [(o.article, chunk_article(o.article)) for o in outcomes if o.outcome is not AddOutcome.DUPLICATE]
        vectors = _embedded(fresh, embedder)
        batch = [(article, parts, vectors[article.id]) for article, parts in fresh]
        gone = catalog.save(batch, scope, embedder.name) if batch else []
        store.delete(gone, scope)
        rows = ((part.id, part.article_id, v) for _, parts, vs in batch for part, v in zip(parts, vs, strict=True))
        store.add(rows, scope)
        counts = {article.id: len(parts) for article, parts in fresh}
        yield from (replace(o, chunks=counts.get(o.article.id, 0)) for o in outcomes)


def _steps(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists that are saved together; when reading fails, what was read comes first."""
    step: list[Article] = []
    try:
        for article in articles:
            if len(step) == _ARTICLES_A_STEP or any(_follows(article, other) for other in step):
                yield step
                step = []
            step.append(article)
    except Exception:
        if step:
            yield step
        raise
    if step:
        yield step


def _follows(article: Article, other: Article) -> bool:
    """Whether an article is a later form of another one: the same by id or address, not by text."""
    same = (article.id and article.id == other.id) or (article.url and article.url == other.url)
    return bool(same) and article.text != other.text


def _sorted_out(step: list[Article], scope: str, catalog: Catalog) -> list[Added]:
    """Each article's outcome in the given order; a copy within the step counts as a duplicate too."""
    outcomes: list[Added] = []
    fresh: list[Article] = []
    for given in step:
        article = replace(given, id=article_id(given, scope), version=1)
        stored = _same(article, fresh) or catalog.find_same(article, scope)
        if stored is None:
            outcomes.append(Added(AddOutcome.ADDED, article, 0))
        elif (
            stored in fresh
            or (stored.text, stored.title) == (article.text, article.title)
            or (stored.id != article.id and stored.url != article.url)
        ):
            outcomes.append(Added(AddOutcome.DUPLICATE, stored, 0))
            continue
        else:
            article = replace(article, id=stored.id, version=stored.version + 1)
            outcomes.append(Added(AddOutcome.UPDATED, article, 0))
        fresh.append(article)
    return outcomes


def _same(article: Article, fresh: list[Article]) -> Article | None:
    for other in fresh:
        if other.id == article.id or other.text == article.text or (article.url and other.url == article.url):
            return other
    return None


def _embedded(fresh: list[tuple[Article, list[Chunk]]], embedder: Embedder) -> dict[str, Vectors]:
    texts = [embedding_text(article.title, part.text) for article, parts in fresh for part in parts]
    vectors = embedder.embed(texts)
    by_article: dict[str, Vectors] = {}
    at = 0
    for article, parts in fresh:
        by_article[article.id] = vectors[at : at + len(parts)]
        at += len(parts)
    return by_article
