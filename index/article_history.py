"""What an answer says of its articles beyond their text: when the cited words came in, and who else reports them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from index.appearances import other_appearances
from index.catalog import Catalog
from index.catalog_rows import time_of
from index.catalog_schema import articles, versions
from index.database import mapped_errors
from index.types import Answer, Article, Citation, Scopes


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article. `stored_at` is when askwire got it, `updated_at` the publisher's time; both UTC."""

    version: int
    title: str
    text: str
    stored_at: datetime
    updated_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When this version appeared, as far as known."""
        return self.updated_at or self.stored_at


def article_versions(catalog: Catalog, article_id: str, scopes: Scopes) -> list[ArticleVersion]:
    """All versions of an article of these scopes, the first one first; blocking.

    Raises StoreError when the database fails.
    """
    mine = (articles.c.id == article_id) & articles.c.scope.in_(scopes.names)
    query = select(versions).join(articles, articles.c.id == versions.c.article_id).where(mine)
    with mapped_errors("read"), catalog.engine.connect() as connection:
        return [
            ArticleVersion(
                row.version,
                row.title,
                row.text,
                datetime.fromisoformat(row.stored_at),
                time_of(row.updated_at),
            )
            for row in connection.execute(query.order_by(versions.c.version))
        ]


def with_history(answer: Answer, catalog: Catalog, scopes: Scopes) -> Answer:
    """The answer with `updated_at` and `also` of its citations; blocking.

    A quote that stood in the first version already is no update, however often the article changed since.

    Raises StoreError when the database fails.
    """
    changed = {c.article_id for c in answer.citations if c.version > 1}
    history = {article_id: article_versions(catalog, article_id, scopes) for article_id in changed}
    also = _publishers(catalog, answer.citations)
    citations = tuple(
        replace(c, updated_at=_came_in(c, history.get(c.article_id, [])), also=also.get(c.article_id, ()))
        for c in answer.citations
    )
    return replace(answer, citations=citations)


def _came_in(citation: Citation, history: list[ArticleVersion]) -> datetime | None:
    """When the quoted words came in with a later version; None when the first one had them."""
    words = " ".join(citation.quote.split())
    for entry in history:
        if words in " ".join(entry.text.split()):
            return entry.changed_at if entry.version > 1 else None
    return None


def _publishers(catalog: Catalog, citations: Iterable[Citation]) -> dict[str, tuple[str, ...]]:
    """For each cited article the names of the other publishers that carry it."""
    cited = {c.article_id: c for c in citations}
    stubs = [Article(title=c.title, text="", id=c.article_id, url=c.url, source=c.source) for c in cited.values()]
    with mapped_errors("read"), catalog.engine.connect() as connection:
        found = other_appearances(connection, stubs) if stubs else {}
    return {
        article_id: tuple(
            dict.fromkeys(place.source for place in places if place.source and place.source != cited[article_id].source)
        )
        for article_id, places in found.items()
    }
