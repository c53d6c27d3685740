"""An article in one line and a few points, each a sentence of its own: the central ones that differ."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.instruction_text import is_order
from index.providers.base import Embedder
from index.sentences import quotation_spans
from index.summaries.central import centrality, diverse_choice
from index.summaries.types import ArticleSummary, Point
from index.types import Article, Citation
from index.words import content_words

POINTS = 4
_FEWEST_WORDS, _MOST_CHARACTERS = 6, 400
_MOST_SENTENCES = 200  # of a long text, evenly taken; each costs an embedding
_LEAD = 0.9  # what being first adds to a sentence's worth; it halves every _LEAD_HALF sentences
_LEAD_HALF = 4.0
# Words that lean on the sentence before: such a sentence does not stand alone.
_LEANS = re.compile(r"(?:he|she|it|they|this|that|these|those|but|and|so|however|also|then)\b", re.IGNORECASE)
_LEANING = 0.25
_NOT_PROSE = re.compile(r"(?:https?://|www\.|©|\bsubscribe\b|\bnewsletter\b|\bclick here\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article that can stand in a summary, and its number in the article, from 0."""

    text: str
    start: int
    end: int
    number: int


async def extracted_summary(article: Article, embedder: Embedder, points: int = POINTS) -> ArticleSummary | None:
    """The article's own sentences: the best one as its line, then up to `points` more in the order of the text.

    None when it has no sentence that could stand for it.

    Raises:
        ProviderError: when the embedder fails.
    """
    chosen = await asyncio.to_thread(best_sentences, article, embedder, points + 1)
    if not chosen:
        return None
    line, rest = chosen[0], sorted(chosen[1:], key=lambda sentence: sentence.start)
    cited = [cite(article, sentence, number) for number, sentence in enumerate((line, *rest), start=1)]
    told = [Point(citation.quote, (citation,)) for citation in cited]
    return ArticleSummary(replace(article, text=""), told[0], tuple(told[1:]))


def best_sentences(article: Article, embedder: Embedder, count: int) -> list[Sentence]:
    """The sentences that stand for an article, the best first; blocking.

    Raises:
        ProviderError: when the embedder fails.
    """
    sentences = prose_sentences(article.text)
    if not sentences:
        return []
    vectors = embedder.embed([article.title, *(sentence.text for sentence in sentences)])
    title, own = vectors[0], vectors[1:]
    worth = centrality(own) + np.clip(own @ title, 0.0, 1.0) + lead_worth(sentences)
    worth -= _LEANING * np.array([bool(_LEANS.match(sentence.text)) for sentence in sentences])
    return [sentences[place] for place in diverse_choice(worth / 3, own, count)]


def prose_sentences(text: str) -> list[Sentence]:
    """The whole sentences of a text that are neither too short nor too long to stand in a summary."""
    found = [
        Sentence(text[span.start : span.end], span.start, span.end, number)
        for number, span in enumerate(quotation_spans(text))
        if is_prose(text[span.start : span.end])
    ]
    step = max(1, -(-len(found) // _MOST_SENTENCES))
    return found[::step]


def is_prose(sentence: str) -> bool:
    """Whether a text is a sentence of a story, and not a caption, a list, a plea or an order to a model."""
    return (
        len(sentence) <= _MOST_CHARACTERS
        and len(content_words(sentence)) >= _FEWEST_WORDS
        and sentence.rstrip("”\"'’)»").endswith((".", "!", "?", "…", "。", "！", "？", "؟", "।"))
        and not _NOT_PROSE.search(sentence)
        and not is_order(sentence)
    )


def lead_worth(sentences: Sequence[Sentence]) -> np.ndarray:
    """What each sentence gains by standing early: news tells the most important first."""
    return np.array([_LEAD * 0.5 ** (sentence.number / _LEAD_HALF) for sentence in sentences])


def cite(article: Article, sentence: Sentence, number: int) -> Citation:
    """The sentence as citation `number` of a summary."""
    return Citation(
        n=number,
        article_id=article.id,
        title=article.title,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        version=article.version,
        updated_at=article.updated_at if article.version > 1 else None,
    )
