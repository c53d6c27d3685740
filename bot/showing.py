"""`askwire show`: one article with all that is known of it, the current version or an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.terminal import origin, out
from index.answer_text import long_date
from index.errors import SourceError
from index.types import PUBLIC, Article

if TYPE_CHECKING:
    from index.article_history import ArticleVersion
    from index.config import IndexConfig


def show_article(config: IndexConfig, article_id: str, version: int | None) -> None:
    """Prints an article of the public collection; reads the catalog alone, so it works beside a running bot.

    Raises:
        SourceError: when there is no such article, or no such version of it.
        StoreError: when the catalog cannot be read.
    """
    from index.article_history import article_versions
    from index.catalog import Catalog

    catalog = Catalog(config.database)
    try:
        article = catalog.article(article_id, PUBLIC, version)
        history = article_versions(catalog, article_id, PUBLIC)
    finally:
        catalog.close()
    if article is None and history:
        raise SourceError(f"Article {article_id} has no version {version}; it has {len(history)}.")
    if article is None:
        raise SourceError(f"There is no article {article_id}. askwire list shows what there is.")
    out.print(origin(article), markup=False, style="bold")
    for line in _details(article, history):
        out.print(line, markup=False, style="dim")
    out.print()
    out.print(article.text, markup=False)


def _details(article: Article, history: list[ArticleVersion]) -> list[str]:
    lines = [f"By {article.author}"] if article.author else []
    also = dict.fromkeys(place.url or place.source for place in article.also)
    lines += [f"Also found at {place}" for place in also if place]
    if len(history) > 1:
        dates = ", ".join(f"{entry.version}: {long_date(entry.changed_at)}" for entry in history)
        lines.append(f"Version {article.version} of {len(history)} ({dates})")
    return lines
