"""Question → Evidence: dense and lexical search, fused by rank, within the asking chat's scopes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from index.catalog import Catalog
from index.errors import QuestionError
from index.lexical import lexical_search, question_weights, word_counts
from index.named_source import named_source
from index.providers.base import Embedder
from index.reranking import prefer_period, prefer_recent, prefer_source, rerank
from index.timewords import publication_window, time_range
from index.types import Evidence, Scopes
from index.vector_index import VectorIndex
from index.widening import widen

MAX_QUESTION_CHARACTERS = 2000
_CANDIDATES = 60
_RERANKED = 40
_FUSION_K = 10
_PASSAGES_AN_ARTICLE = 2


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps of a retrieval; all are taken, and a measurement leaves some out to see what each is worth."""

    dense: bool = True
    lexical: bool = True
    time: bool = True
    diversity: bool = True
    rerank: bool = True
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Retriever:
    """The one gate to the collection: every search names its scopes, and every hit is checked against them."""

    catalog: Catalog
    store: VectorIndex
    embedder: Embedder
    stages: Stages = Stages()
    timezone: str = "UTC"

    def retrieve(self, query: str, scopes: Scopes, k: int = 10, asked_at: datetime | None = None) -> list[Evidence]:
        """The best `k` passages, best first: chunks with their neighbours, about 4,000 characters; blocking.

        Dense and lexical ranks are fused by reciprocal rank (Cormack, Clarke & Büttcher 2009) with k = 10; articles
        of the time that the question states, or of the weeks before `asked_at`, are preferred, and those of a source
        that it names; the first 40 passages are ranked again by what `rerank` sees in
        their text; an article's third and later ones come behind all others.

        Raises:
            QuestionError: when the query is empty or over 2,000 characters.
            StoreError: when the catalog or the vector index fails.
        """
        text = checked_question(query)
        stages = self.stages
        fused, counts = self._fused(text, scopes)
        found = self.catalog.evidence(fused, scopes)
        if stages.time:
            found = self._timely(found, text, asked_at)
        if name := named_source(text, self.catalog.sources(scopes)):
            found = prefer_source(found, name)
        passages = widen(self.catalog, found, max(k, _RERANKED)) if stages.joined else found
        if stages.rerank:
            passages = rerank(passages[: max(k, _RERANKED)], question_weights(self.catalog, text, counts))
        return (_diverse(passages) if stages.diversity else passages)[:k]

    def _fused(self, text: str, scopes: Scopes) -> tuple[list[tuple[str, float]], Mapping[str, int]]:
        """Both searches, side by side as they let the interpreter go meanwhile, and in how many chunks each word is."""
        stages = self.stages

        def by_words() -> tuple[list[tuple[str, float]], Mapping[str, int]]:
            counts = word_counts(self.catalog, text) if stages.lexical or stages.rerank else {}
            return lexical_search(self.catalog, text, scopes, _CANDIDATES, counts) if stages.lexical else [], counts

        with ThreadPoolExecutor(1, "lexical search") as beside:
            words = beside.submit(by_words)
            dense = self.store.search(self.embedder.embed_query(text), scopes, _CANDIDATES) if stages.dense else []
            lexical, counts = words.result()
        return fuse([[chunk_id for chunk_id, _ in ranking] for ranking in (dense, lexical)]), counts

    def _timely(self, found: list[Evidence], question: str, asked_at: datetime | None) -> list[Evidence]:
        """Articles of the time that the question states first, else those of the weeks before it was asked."""
        stated = time_range(question, asked_at, self.timezone)
        if stated and stated.firm:
            return prefer_period(found, *publication_window(stated))
        return prefer_recent(found, asked_at) if asked_at else found


def checked_question(text: str) -> str:
    """The question without white space around it.

    Raises:
        QuestionError: when it is empty or over 2,000 characters.
    """
    # A half of a surrogate pair, as broken input has it, is no character that a model or a database takes.
    question = " ".join(text.encode("utf-8", "replace").decode().split())
    if not any(char.isalnum() for char in question):
        raise QuestionError("The question is empty. Ask something like: How many rockets hit?")
    if len(question) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            f"The question has {len(question):,} characters; askwire reads up to {MAX_QUESTION_CHARACTERS:,}. "
            "Please ask it more briefly."
        )
    return question


def fuse(rankings: list[list[str]], k: int = _FUSION_K) -> list[tuple[str, float]]:
    """Several rankings as one: (id, Σ 1 / (k + rank)), best first; ranks count from 1."""
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] += 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _diverse(found: list[Evidence]) -> list[Evidence]:
    """All, with an article's third and later passages behind all others."""
    taken: Counter[str] = Counter()
    first: list[Evidence] = []
    later: list[Evidence] = []
    for item in found:
        taken[item.article_id] += 1
        (first if taken[item.article_id] <= _PASSAGES_AN_ARTICLE else later).append(item)
    return first + later
