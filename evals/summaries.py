"""`python -m evals summaries`: articles and a group's discussion, summed up without a large model and in plain ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs

from evals.group_log import read_group_log
from evals.intervals import estimate
from evals.newsset import EvalQuestion, read_questions
from evals.scoring import contains
from evals.stuffed_prompt import Stuffed, open_model, stuff_article
from evals.talk_quality import print_talk, talk_figures
from index.providers.base import ChatModel, Embedder
from index.providers.local_embedder import LocalEmbedder
from index.providers.weights import ensure_weights
from index.sources.files import read_articles
from index.summaries.article import extracted_summary, prose_sentences
from index.types import Article


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a summary and of plain ones of as many, and what the article is known to tell.

    `unsupported` are those of its own summary that are not its words; `stuffed` is None where the model was not asked.
    """

    own: tuple[str, ...]
    lead: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]  # the gold answers of each question on it
    unsupported: int
    stuffed: Stuffed | None = None


async def run_summaries(data: Path, limit: int, stuffed: int) -> int:
    """Prints the figures; 0 when no point is unsupported. A model sums up `stuffed` articles in the plain way."""
    files = ensure_weights("all-minilm-l6-v2", platformdirs.user_cache_path("askwire"))
    embedder = LocalEmbedder("local:all-minilm-l6-v2", files["model.onnx"], files["tokenizer.json"])
    model = await open_model(platformdirs.user_cache_path("askwire")) if stuffed else None
    unsupported = 0
    if data.exists():  # noqa: ASYNC240 – nothing else runs
        told = await tell_articles(data, embedder, limit, model, stuffed)
        print_articles(told, embedder)
        if stuffed:
            print_articles([item for item in told if item.stuffed], embedder)
        unsupported = sum(item.unsupported for item in told)
    figures = await talk_figures(read_group_log(), embedder, model)
    print_talk(figures)
    return 1 if unsupported or figures["summary"].unsupported else 0


async def tell_articles(
    data: Path, embedder: Embedder, limit: int, model: ChatModel | None = None, stuffed: int = 0
) -> list[Told]:
    """Summaries of the articles that questions have been asked about; the answers are what they should tell."""
    questions: dict[str, list[EvalQuestion]] = {}
    for question in read_questions(data):
        for article_id in question.supported_by if question.answers else ():
            questions.setdefault(article_id, []).append(question)
    told: list[Told] = []
    for article in read_articles(data / "articles.jsonl.gz"):
        if article.id in questions and len(told) < limit:
            summary = await extracted_summary(article, embedder)
            if summary is None:
                continue
            points = (summary.line, *summary.points)
            wrong = sum(article.text[c.start : c.end] != point.text for point in points for c in point.citations)
            facts = tuple(question.answers or () for question in questions[article.id])
            own = tuple(point.text for point in points)
            plain = await stuff_article(article, len(own), model) if model and len(told) < stuffed else None
            told.append(Told(own, lead_sentences(article, len(own)), facts, wrong, plain))
    return told


def lead_sentences(article: Article, count: int) -> tuple[str, ...]:
    """The first sentences of an article, the way that is hard to beat for news."""
    return tuple(sentence.text for sentence in prose_sentences(article.text)[:count])


def coverage(sentences: Sequence[str], facts: Sequence[tuple[str, ...]]) -> list[float]:
    """For each fact whether the sentences tell it."""
    text = " ".join(sentences)
    return [float(contains(text, answers)) for answers in facts]


def print_articles(told: Sequence[Told], embedder: Embedder) -> None:
    """The table: ours beside the first sentences, as many, and beside the first three."""
    ways = {
        "chosen sentences": [(item.own, item.facts) for item in told],
        "first as many": [(item.lead, item.facts) for item in told],
        "first three": [(item.lead[:3], item.facts) for item in told],
    }
    stuffed = [item.stuffed for item in told if item.stuffed]
    if len(stuffed) == len(told):
        ways["stuffed prompt"] = [(item.stuffed.sentences if item.stuffed else (), item.facts) for item in told]
    facts = sum(len(item.facts) for item in told)
    print(f"{len(told)} articles, {facts} facts (answers of questions on them)")
    print(f"{'':20}{'facts told':>22}{'likeness':>10}{'characters':>12}")
    for name, rows in ways.items():
        found = [value for sentences, gold in rows for value in coverage(sentences, gold)]
        facts_told = estimate([(value, 1.0) for value in found])
        alike = np.mean([_likeness(sentences, embedder) for sentences, _ in rows])
        size = np.mean([len(" ".join(sentences)) for sentences, _ in rows])
        share = f"{facts_told.value:.2f} ({facts_told.low:.2f}–{facts_told.high:.2f})" if facts_told else "none"
        print(f"{name:20}{share:>22}{alike:10.2f}{size:12.0f}")
    print(f"points that are not their article's own words: {sum(item.unsupported for item in told)}")
    if stuffed:
        written, wrong = sum(len(one.sentences) for one in stuffed), sum(one.unsupported for one in stuffed)
        print(f"stuffed prompt: sentences that the article does not say: {wrong} of {written}")
    print()


def _likeness(sentences: Sequence[str], embedder: Embedder) -> float:
    """How alike the sentences are on average, as cosine: 1 says the same again and again."""
    if len(sentences) < 2:
        return 0.0
    vectors = embedder.embed(list(sentences))
    alike = vectors @ vectors.T
    pairs = np.triu_indices(len(sentences), 1)
    return float(alike[pairs].mean())
