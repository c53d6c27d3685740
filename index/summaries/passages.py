"""Passages as a model is shown them, without the sentences in them that give orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.instruction_text import is_order
from index.prompts import as_data
from index.sentences import quotation_spans, sentence_spans
from index.types import Article, Evidence


def lead_passage(article: Article, longest: int) -> Evidence:
    """The first whole sentences of an article, at most `longest` characters; of a longer sentence its beginning."""
    end = 0
    for span in quotation_spans(article.text[: 2 * longest]):
        if span.end > longest:
            break
        end = span.end
    end = end or min(longest, len(article.text))
    return Evidence(
        article_id=article.id,
        chunk_id=f"{article.id}-lead",
        version=article.version,
        title=article.title,
        text=article.text[:end],
        start=0,
        end=end,
        score=1.0,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
    )


def without_orders(passages: Sequence[Evidence]) -> list[Evidence]:
    """The passages with their orders blanked, so that all other sentences keep their places."""
    return [_without_orders(item) for item in passages]


def rendered(passages: Sequence[Evidence], first: int = 1) -> str:
    """The passages with their numbers, titles, sources and days, for a prompt."""
    return "\n\n".join(
        f"[{number}] {' '.join(as_data(part) for part in (item.title, _origin(item)) if part)}\n{as_data(item.text)}"
        for number, item in enumerate(passages, start=first)
    )


def _without_orders(item: Evidence) -> Evidence:
    text = item.text
    for span in sentence_spans(text):
        if is_order(text[span.start : span.end]):
            text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    title = "" if is_order(item.title) else item.title
    return replace(item, text=text, title=title, source=None if is_order(item.source or "") else item.source)


def _origin(item: Evidence) -> str:
    parts = [item.source, item.published_at.strftime("%d %B %Y") if item.published_at else None]
    told = ", ".join(part for part in parts if part)
    return f"({told})" if told else ""
