"""Evidence → Answer: a model writes, code checks; then quotes; then a plain "the articles don't say"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.answer_progress import OnProgress, ProgressTeller
from index.deciding import (
    says_nothing,
    sentences_that_fit,
    signs_of_evidence,
    signs_of_reading,
    telling_sentences,
)
from index.errors import ProviderError
from index.evidence_sentences import Sentence, best_sentences
from index.follow_up import Understood, stand_alone
from index.lexical import document_counts, question_weights
from index.model_reranking import RANKED, reranked_by_model
from index.providers.base import ChatModel, ModelKind
from index.providers.chain import links_of
from index.providers.metering import Meter, MeteredModel
from index.question_types import AnswerType, answer_type
from index.quoting import declined_answer, quoted_answer, read_answer, with_disagreement, with_nearest
from index.reading import Asked, read_sentences
from index.related import related_articles
from index.retrieval import Retriever, checked_question
from index.types import Answer, Evidence, Scopes, Timings, Turn
from index.words import stems
from index.writing import write_answer

_PASSAGES = 10
_SENTENCES_FROM = 8
_SENTENCES = 12
_CONTEXT_SHARE = 0.3
# A small model turns "did", "was" and "what did she say" into invention; the sentence itself answers better.
_NOT_FOR_READERS = {AnswerType.YES_NO, AnswerType.STATEMENT}


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to answer from: passages, the sentences that may answer, and what speaks for an answer in them."""

    evidence: Sequence[Evidence]
    sentences: Sequence[Sentence]
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Call:
    """What goes with one question: the models or chains to ask, what they cost, and who hears how far it is."""

    chat_model: ChatModel | None
    reranker: ChatModel | None
    meter: Meter
    teller: ProgressTeller

    @property
    def models(self) -> Sequence[ChatModel]:
        """The models to ask now, in order; one of a chain that failed a moment ago is not among them."""
        return [MeteredModel(link, self.meter) for link in links_of(self.chat_model)]

    @property
    def rankers(self) -> Sequence[ChatModel]:
        """The models to ask for the order of passages."""
        return [MeteredModel(link, self.meter) for link in links_of(self.reranker)]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions from what the retriever finds."""

    retriever: Retriever
    chat_model: ChatModel | None
    reranker: ChatModel | None = None
    # A small model on this machine reads for one question at a time: interleaved, all would be ready only at the end.
    reading: asyncio.Lock = field(default_factory=asyncio.Lock, compare=False, repr=False)

    async def answer(
        self,
        question: str,
        scopes: Scopes,
        asked_at: datetime | None = None,
        *,
        history: Sequence[Turn] = (),
        on_progress: OnProgress | None = None,
        use_model: bool = True,
    ) -> Answer:
        """The answer to one question from the articles of these scopes.

        A question that leans on the earlier turns of `history` (the last one last) is first turned into one that
        stands alone. `on_progress` hears how far the answer is, on the event loop. Without `use_model` there are
        quotes only. A model that fails is said in the answer's `notice`; the next one of a chain is then asked, and
        the reply made of quotes when none is left.

        Raises:
            QuestionError: when the question is empty or too long.
            StoreError: when the catalog or the vector index fails.
        """
        started = time.perf_counter()
        own = checked_question(question)
        models = (self.chat_model, self.reranker) if use_model else (None, None)
        call = _Call(*models, Meter(), ProgressTeller(on_progress))
        call.teller.searching()
        understood = await stand_alone(own, history, call.models)
        evidence = await self._evidence(understood.text, scopes, asked_at, call)
        retrieved = time.perf_counter()
        call.teller.reading()
        asked, found = await asyncio.to_thread(self._candidates, understood, evidence, asked_at)
        chosen = time.perf_counter()
        answer = await self._write(asked, found, call)
        times = (retrieved - started, chosen - retrieved, time.perf_counter() - started)
        timings = _timings(times, answer.timings.first_token_ms, call.meter)
        meant = understood.text if understood.text != own else None
        return replace(answer, question=own, evidence=tuple(evidence), timings=timings, understood_as=meant)

    async def _evidence(self, text: str, scopes: Scopes, asked_at: datetime | None, call: _Call) -> Sequence[Evidence]:
        """The ten best passages; a reranker, where there is one, chooses them from twenty."""
        rankers = call.rankers
        count = RANKED if rankers else _PASSAGES
        found = await asyncio.to_thread(self.retriever.retrieve, text, scopes, count, asked_at)
        if not rankers:
            return found
        weights = await asyncio.to_thread(question_weights, self.retriever.catalog, text)
        return (await reranked_by_model(text, found, weights, rankers))[:_PASSAGES]

    async def _write(self, asked: Asked, found: _Found, call: _Call) -> Answer:
        """By the first model that can; `model` names it."""
        notice = None
        models = call.models
        for model in models:
            try:
                answer = await self._written(asked, found, model, call.teller)
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

    async def _written(self, asked: Asked, found: _Found, model: ChatModel, teller: ProgressTeller) -> Answer:
        if model.kind is ModelKind.READER:
            teller.reading()
            return await self._read(asked, found, model)
        if not found.evidence:
            return _quoted(asked, found)
        teller.writing("")
        written = await write_answer(asked.text, found.evidence, asked.weights, model, teller.writing)
        if written is None:
            return _quoted(asked, found)
        return with_nearest(with_disagreement(written, asked.kind, found.sentences), found.sentences, asked.weights)

    async def _read(self, asked: Asked, found: _Found, model: ChatModel) -> Answer:
        if asked.kind in _NOT_FOR_READERS:
            return _quoted(asked, found)
        catalog = self.retriever.catalog
        async with self.reading:
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

    def _candidates(
        self, understood: Understood, evidence: Sequence[Evidence], asked_at: datetime | None
    ) -> tuple[Asked, _Found]:
        """What the question's words weigh, and the sentences that may answer it; blocking."""
        text = understood.text
        weights = question_weights(self.retriever.catalog, text)
        if understood.asked != text:
            weights = _weighing_what_is_asked(weights, understood.asked)
        asked = Asked(text, answer_type(text), weights, asked_at)

        def similarity(_: str, texts: Sequence[str]) -> Sequence[float]:
            return self._similarity(understood.asked, texts)

        ranked = best_sentences(text, evidence[:_SENTENCES_FROM], weights, asked.kind, 2 * _SENTENCES, similarity)
        best = telling_sentences(ranked, weights)[:_SENTENCES]
        signs = signs_of_evidence(evidence, best, weights)
        return asked, _Found(evidence, sentences_that_fit(text, best, asked.kind), signs)

    def _similarity(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        embedder = self.retriever.embedder
        cosines = embedder.embed(texts) @ embedder.embed_query(question)
        return [float(cosine) for cosine in cosines]


def _weighing_what_is_asked(weights: Mapping[str, float], asked: str) -> dict[str, float]:
    """The weights, small for the words of the event that a follow-up question is about.

    The event finds the passages; what is asked about it chooses the sentences.
    """
    own = set(stems(asked))
    return {form: weight if form in own else _CONTEXT_SHARE * weight for form, weight in weights.items()}


def _timings(seconds: tuple[float, float, float], first_token_ms: float | None, meter: Meter) -> Timings:
    """Of retrieval, the choice of sentences, and the whole."""
    retrieval_ms, sentences_ms, total_ms = (1000 * part for part in seconds)
    return Timings(
        retrieval_ms=retrieval_ms,
        first_token_ms=first_token_ms,
        total_ms=total_ms,
        sentences_ms=sentences_ms,
        tokens=meter.tokens,
        prompt_tokens=meter.prompt_tokens,
        usage=meter.usage,
    )


def _quoted(asked: Asked, found: _Found) -> Answer:
    """The sentences that fit as they stand, or a plain no."""
    if not found.sentences or says_nothing(found.signs):
        return _declined(asked, found)
    return quoted_answer(asked.text, found.sentences)


def _declined(asked: Asked, found: _Found) -> Answer:
    """A plain no, with the articles that are on the subject."""
    return declined_answer(asked.text, related_articles(asked.text, found.evidence, asked.weights))
