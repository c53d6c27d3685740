"""llama-index as it comes, for comparison: its default query engine over the same vectors with the same models.

It retrieves two chunks by vector alone and asks the model once with its own prompt. The first line of its reply counts
as its short answer. It quotes nothing: that line's claims are checked against the chunks that it was given, which is
milder than how askwire's are checked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from llama_index.core import VectorStoreIndex
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import LLM, CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from evals.answer_quality import Scored, score_text
from evals.claims import ClaimCount, claims_in
from evals.newsset import EvalQuestion
from evals.parts import collection_of
from index.catalog import Catalog
from index.providers.base import Embedder
from index.retrieval import Retriever
from index.types import PUBLIC, PUBLIC_SCOPE, Evidence, Status, Timings

LLAMA_INDEX = "llama-index"
_NO_ANSWER = re.compile(
    r"""empty\ response
    | \b(?:don['’]t|do\ not|doesn['’]t|does\ not|can['’]t|cannot|unable\ to)
      \ (?:know|say|answer|tell|mention|specify|provide|state|contain|include|determine|find)
    | \bno\ (?:information|mention|answer)\b
    | \bnot\ (?:mentioned|stated|specified|provided|given|known|available|clear|enough|possible)\b
    | \bI['’]m\ not\ sure""",
    re.IGNORECASE | re.VERBOSE,
)


def open_local_llm(name: str, cache_dir: Path) -> LLM | None:
    """The local model of this name as llama-index takes it; None for a model that is not local.

    Raises:
        ProviderError: when it cannot be fetched or loaded.
    """
    from index.providers.local_llm import LocalLLM
    from index.providers.registry import LOCAL_CHAT_MODELS
    from index.providers.weights import ensure_weights

    provider, _, model = name.partition(":")
    if provider != "local":
        return None
    return LocalLLM(model, ensure_weights(model, cache_dir)[LOCAL_CHAT_MODELS[model]])


def ask_llama_index(
    retriever: Retriever, llm: LLM, questions: Sequence[EvalQuestion], on_done: Callable[[], None]
) -> list[Scored]:
    """Asks llama-index's default query engine over the retriever's own vectors; blocking."""
    counted = _CountedLLM(llm)
    store = collection_of(retriever, PUBLIC_SCOPE)
    index = VectorStoreIndex.from_vector_store(store, embed_model=_Embedding(retriever.embedder))
    engine = index.as_query_engine(llm=counted, node_postprocessors=[_Texts(retriever.catalog)])
    scored = []
    for question in questions:
        scored.append(_ask(engine, counted, question))
        on_done()
    return scored


def says_it_does_not_know(text: str) -> bool:
    """Whether a reply in free words declines: it is empty, or its first line says that there is no answer."""
    return not text.strip() or bool(_NO_ANSWER.search(first_line(text)))


def first_line(text: str) -> str:
    """The first line that is not empty, without a list's number: the short answer of a reply in free words."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return re.sub(r"^1[.)]\s+", "", line)


def _ask(engine: BaseQueryEngine, llm: _CountedLLM, question: EvalQuestion) -> Scored:
    tokens, started = llm.tokens, time.perf_counter()
    response = engine.query(question.question)
    total_ms = (time.perf_counter() - started) * 1000
    text = str(response).strip()
    declined = says_it_does_not_know(text)
    given = [_evidence(node) for node in response.source_nodes]
    claims = ClaimCount(0, ()) if declined else claims_in(first_line(text), given)
    return score_text(
        LLAMA_INDEX,
        question,
        (Status.DECLINED if declined else Status.ANSWERED).value,
        text,
        None if declined else first_line(text),
        claims=claims.total,
        unsupported=claims.unsupported,
        timings=Timings(total_ms=total_ms, tokens=llm.tokens - tokens),
    )


def _evidence(node: NodeWithScore) -> Evidence:
    text = node.node.get_content(MetadataMode.LLM)
    return Evidence("", node.node.node_id, 1, "", text, 0, len(text), node.score or 0.0)


class _Embedding(BaseEmbedding):
    """An askwire embedder as llama-index takes it."""

    _embedder: Any = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(number) for number in self._embedder.embed_query(query)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(number) for number in self._embedder.embed([text])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class _Texts(BaseNodePostprocessor):
    """Puts the chunks' texts in, with title, source and date as metadata: Chroma here holds vectors alone."""

    _catalog: Any = PrivateAttr()

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def _postprocess_nodes(
        self,
        nodes: list[NodeWithScore],
        query_bundle: QueryBundle | None = None,  # noqa: ARG002 – llama-index's signature
    ) -> list[NodeWithScore]:
        scored = [(node.node.node_id, node.score or 0.0) for node in nodes]
        return [
            NodeWithScore(node=TextNode(id_=item.chunk_id, text=item.text, metadata=_header(item)), score=item.score)
            for item in self._catalog.evidence(scored, PUBLIC)
        ]


def _header(item: Evidence) -> dict[str, str]:
    date = item.published_at.strftime("%d %B %Y") if item.published_at else None
    fields = {"title": item.title, "source": item.source, "published": date}
    return {name: value for name, value in fields.items() if value}


class _CountedLLM(CustomLLM):
    """A model that writes as many tokens as it says it has room for, and counts them."""

    _llm: Any = PrivateAttr()
    _tokens: int = PrivateAttr(default=0)

    def __init__(self, llm: LLM) -> None:
        super().__init__()
        self._llm = llm

    @property
    def tokens(self) -> int:
        """Tokens written since it was made."""
        return self._tokens

    @property
    def metadata(self) -> LLMMetadata:
        """As the model has it."""
        metadata: LLMMetadata = self._llm.metadata
        return metadata

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The model's completion."""
        room = {"max_tokens": self.metadata.num_output}
        response: CompletionResponse = self._llm.complete(prompt, formatted=formatted, **{**room, **kwargs})
        self._tokens += int(response.additional_kwargs.get("completion_tokens", 0))
        return response

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """The model's completion in one piece."""
        yield self.complete(prompt, formatted, **kwargs)
