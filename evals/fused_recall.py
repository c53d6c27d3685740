"""How often the whole retrieval finds the answer over each storage: words, vectors and reranking together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.newsset import EvalQuestion
from evals.retrieval_quality import first_rank
from evals.servers import Storage
from index.providers.base import Embedder
from index.types import PUBLIC, Article

RECALL_AT = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class FusedRecall:
    """One storage: the share of questions whose answer stands in the best 1, 5 and 10 passages."""

    name: str
    recall: tuple[float, ...]

    def __str__(self) -> str:
        return f"{self.name}: " + " / ".join(f"{share:.2f}" for share in self.recall)


async def fused_recall(
    name: str,
    storage: Storage,
    articles: Sequence[Article],
    asked: Sequence[EvalQuestion],
    vectors: Embedder,
    embedder: Embedder,
) -> FusedRecall:
    """Retrieves for each answerable question as `NewsIndex.search` does, over a storage that holds these articles.

    What it does not hold yet is added with `vectors`; questions are embedded with `embedder`.

    Raises:
        NewsIndexError: as `NewsIndex.open_with` and `NewsIndex.add`.
    """
    async with await storage.open(vectors) as news:
        await news.add(articles)
        retriever = replace(news.retriever, embedder=embedder)
        ranks: list[int | None] = []
        for question in asked:
            passages = retriever.retrieve(question.question, PUBLIC, max(RECALL_AT), question.asked_at)
            ranks.append(first_rank(passages, question.answers or ()))
    return FusedRecall(name, tuple(sum(r is not None and r <= k for r in ranks) / len(ranks) for k in RECALL_AT))
