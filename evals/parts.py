"""The parts of an open index that a measurement takes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.news_index import NewsIndex
    from index.retrieval import Retriever


def retriever_of(news: NewsIndex) -> Retriever:
    """Its gate to the collection; `dataclasses.replace(retriever, stages=…)` leaves steps out."""
    return news.retriever


def collection_of(retriever: Retriever, scope: str) -> Any:
    """A scope's vectors as llama-index's own Chroma store; None when it has none."""
    return retriever.store.collection(scope)
