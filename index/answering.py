"""Evidence → Answer: a model writes, code checks; then quotes; then a plain "the articles don't say"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.deciding import says_nothing, sentences_that_fit, signs_of_evidence, signs_of_reading
from index.errors import ProviderError
from index.evidence_sentences import Sentence, best_sentences
from index.lexical import document_counts, question_weights
from index.providers.base import ChatModel, ModelKind
from index.providers.chain import links_of
from index.question_types import AnswerType, answer_type
from index.quoting import declined_answer, quoted_answer, read_answer, with_disagreement
from index.reading import Asked, read_sentences
from index.related import related_articles
from index.retrieval import Retriever, checked_question
from index.types import Answer, Evidence, Scopes, Timings
from index.writing import write_answer

_PASSAGES = 10
_SENTENCES_FROM = 8
_SENTENCES = 12
# A small model turns "did", "was" and "what did she say" into invention; the sentence itself answers better.
_NOT_FOR_READERS = {AnswerType.YES_NO, AnswerType.STATEMENT}


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to answer from: passages, the sentences that may answer, and what speaks for an answer in them."""

    evidence: Sequence[Evidence]
    sentences: Sequence[Sentence]
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions from what the retriever finds."""

    retriever: Retriever
    chat_model: ChatModel | None

    async def answer(self, question: str, scopes: Scopes, asked_at: datetime | None = None) -> Answer:
        """The answer to one question from the articles of these scopes.

        A model that fails is said in the answer's `notice`; the next one of a chain is then asked, and the reply made
        of quotes when none is left.

        Raises:
            QuestionError: when the question is empty or too long.
            StoreError: when the catalog or the vector index fails.
        """
        started = time.perf_counter()
        text = checked_question(question)
        evidence = await asyncio.to_thread(self.retriever.retrieve, text, scopes, _PASSAGES, asked_at)
        retrieved = time.perf_counter()
        asked, found = await asyncio.to_thread(self._candidates, text, evidence, asked_at)
        chosen = time.perf_counter()
        answer = await self._write(asked, found)
        timings = Timings(
            retrieval_ms=(retrieved - started) * 1000,
            first_token_ms=answer.timings.first_token_ms,
            total_ms=(time.perf_counter() - started) * 1000,
            sentences_ms=(chosen - retrieved) * 1000,
            tokens=answer.timings.tokens,
        )
        return replace(answer, evidence=tuple(evidence), timings=timings)

    async def _write(self, asked: Asked, found: _Found) -> Answer:
        """By the first model that can; `model` names it."""
        notice = None
        models = links_of(self.chat_model)
        for model in models:
            try:
                answer = await self._written(asked, found, model)
            except ProviderError as error:
                notice = str(error)
            else:
                return replace(answer, notice=notice, model=answer.model or model.name)
        answer = _quoted(asked, found)
        return replace(
            answer,
            notice=f"{notice} Here are quotes instead." if notice and answer.citations else notice,
            model=models[0].name if models else None,
        )

    async def _written(self, asked: Asked, found: _Found, model: ChatModel) -> Answer:
        if model.kind is ModelKind.READER:
            return await self._read(asked, found, model)
        written = await write_answer(asked.text, found.evidence, asked.weights, model) if found.evidence else None
        return with_disagreement(written, asked.kind, found.sentences) if written else _quoted(asked, found)

    async def _read(self, asked: Asked, found: _Found, model: ChatModel) -> Answer:
        if asked.kind in _NOT_FOR_READERS:
            return _quoted(asked, found)
        catalog = self.retriever.catalog
        result = await read_sentences(
            asked, found.sentences, found.evidence, model, lambda stems: document_counts(catalog, stems)
        )
        if not result.candidates:
            answer = _quoted(asked, found)
        elif says_nothing(found.signs | signs_of_reading(result.candidates)):
            answer = _declined(asked, found)
        else:
            answer = read_answer(asked.text, asked.kind, result, found.sentences) or _quoted(asked, found)
        return replace(answer, timings=Timings(first_token_ms=result.first_token_ms, tokens=result.tokens))

    def _candidates(self, text: str, evidence: Sequence[Evidence], asked_at: datetime | None) -> tuple[Asked, _Found]:
        """What the question's words weigh, and the sentences that may answer it; blocking."""
        weights = question_weights(self.retriever.catalog, text)
        asked = Asked(text, answer_type(text), weights, asked_at)
        best = best_sentences(text, evidence[:_SENTENCES_FROM], weights, asked.kind, _SENTENCES, self._similarity)
        signs = signs_of_evidence(evidence, best, weights)
        return asked, _Found(evidence, sentences_that_fit(text, best, asked.kind), signs)

    def _similarity(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        embedder = self.retriever.embedder
        cosines = embedder.embed(texts) @ embedder.embed_query(question)
        return [float(cosine) for cosine in cosines]


def _quoted(asked: Asked, found: _Found) -> Answer:
    """The sentences that fit as they stand, or a plain no."""
    if not found.sentences or says_nothing(found.signs):
        return _declined(asked, found)
    return quoted_answer(asked.text, found.sentences)


def _declined(asked: Asked, found: _Found) -> Answer:
    """A plain no, with the articles that are on the subject."""
    return declined_answer(asked.text, related_articles(asked.text, found.evidence, asked.weights))
