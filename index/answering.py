"""Evidence → Answer: a model writes, code checks; then quotes; then a plain "the articles don't say"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from index.deciding import sentences_that_fit
from index.errors import ProviderError
from index.evidence_sentences import Sentence, best_sentences
from index.lexical import question_weights
from index.providers.base import ChatModel, ModelKind
from index.question_types import AnswerType, answer_type
from index.quoting import declined_answer, quoted_answer, read_answer
from index.reading import read_sentences
from index.retrieval import Retriever, checked_question
from index.types import Answer, Evidence, Scopes, Timings
from index.writing import write_answer

_PASSAGES = 10
_SENTENCES_FROM = 8
_SENTENCES = 8
# A small model turns "did", "was" and "what did she say" into invention; the sentence itself answers better.
_NOT_FOR_READERS = {AnswerType.YES_NO, AnswerType.STATEMENT}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what its words say about it."""

    text: str
    kind: AnswerType
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions from what the retriever finds."""

    retriever: Retriever
    chat_model: ChatModel | None

    async def answer(self, question: str, scopes: Scopes, asked_at: datetime | None = None) -> Answer:
        """The answer to one question from the articles of these scopes.

        A model that fails is said in the answer's `notice`; the reply is then made of quotes.

        Raises:
            QuestionError: when the question is empty or too long.
            StoreError: when the catalog or the vector index fails.
        """
        started = time.perf_counter()
        text = checked_question(question)
        evidence = await asyncio.to_thread(self.retriever.retrieve, text, scopes, _PASSAGES, asked_at)
        retrieved = time.perf_counter()
        asked, sentences = await asyncio.to_thread(self._candidates, text, evidence)
        chosen = time.perf_counter()
        answer = await self._write(asked, sentences, evidence)
        timings = Timings(
            retrieval_ms=(retrieved - started) * 1000,
            first_token_ms=answer.timings.first_token_ms,
            total_ms=(time.perf_counter() - started) * 1000,
            sentences_ms=(chosen - retrieved) * 1000,
            tokens=answer.timings.tokens,
        )
        name = self.chat_model.name if self.chat_model else None
        return replace(answer, evidence=tuple(evidence), model=name, timings=timings)

    async def _write(self, asked: Question, sentences: Sequence[Sentence], evidence: Sequence[Evidence]) -> Answer:
        notice = None
        if self.chat_model and self.chat_model.kind is ModelKind.WRITER and evidence:
            try:
                written = await write_answer(asked.text, evidence, asked.weights, self.chat_model)
            except ProviderError as error:
                notice = f"{error} Here are quotes instead."
            else:
                if written is not None:
                    return written
        fitting = sentences_that_fit(asked.text, sentences, asked.weights, asked.kind)
        if not fitting:
            return replace(declined_answer(asked.text), notice=notice)
        if self.chat_model and self.chat_model.kind is ModelKind.READER and asked.kind not in _NOT_FOR_READERS:
            try:
                result = await read_sentences(asked.text, fitting, self.chat_model)
            except ProviderError as error:
                notice = f"{error} Here are quotes instead."
            else:
                if answer := read_answer(asked.text, asked.kind, result, fitting):
                    return answer
        return replace(quoted_answer(asked.text, fitting), notice=notice)

    def _candidates(self, text: str, evidence: Sequence[Evidence]) -> tuple[Question, list[Sentence]]:
        """What the question's words weigh, and the best sentences; blocking."""
        weights = question_weights(self.retriever.catalog, text)
        asked = Question(text, answer_type(text), weights)
        found = best_sentences(text, evidence[:_SENTENCES_FROM], weights, asked.kind, _SENTENCES, self._similarity)
        return asked, found

    def _similarity(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        embedder = self.retriever.embedder
        cosines = embedder.embed(texts) @ embedder.embed_query(question)
        return [float(cosine) for cosine in cosines]
