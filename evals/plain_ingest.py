"""The plain llama-index way to take articles in, for comparison: `VectorStoreIndex.from_documents` with Chroma.

It cuts texts into 1,024 tokens with 200 shared by neighbours; its sentence splitter is also tried with chunks of
askwire's size. The embedder is askwire's own, in llama-index's batches of 10, and reads 256 tokens of a chunk at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import BaseNode, MetadataMode, TextNode, TransformComponent
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr

from index.chunking import CHUNK_CHARACTERS
from index.providers.base import Embedder
from index.types import Article

Reach = Callable[[str], int]  # how many characters of a text the embedder reads, from its start


class PlainIngest:
    """A Chroma collection that llama-index fills; `same_chunks` cuts texts as large as askwire does. Blocking."""

    def __init__(self, folder: Path, embedder: Embedder, *, same_chunks: bool) -> None:
        self._embedding = BatchEmbedding(embedder)
        self._splitters: list[TransformComponent] | None = [_same_size()] if same_chunks else None
        client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
        self._collection = client.get_or_create_collection("plain", embedding_function=None)

    def add(self, articles: Sequence[Article]) -> None:
        """Takes articles in, with their titles as metadata."""
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=self._collection))
        documents = [_document(article) for article in articles]
        VectorStoreIndex.from_documents(
            documents, storage_context=storage, embed_model=self._embedding, transformations=self._splitters
        )

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return int(self._collection.count())

    def embedded_places(self, article: Article, reach: Reach) -> list[tuple[int, int]]:
        """The stretches of an article's text, `[start, end)` in characters, that its vectors were made of."""
        splitter = self._splitters[0] if self._splitters else SentenceSplitter()
        return [_embedded_place(node, reach) for node in splitter([_document(article)])]


class BatchEmbedding(BaseEmbedding):
    """An askwire embedder as llama-index takes it, given whole batches."""

    _embedder: Any = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(number) for number in self._embedder.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _same_size() -> SentenceSplitter:
    return SentenceSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=0, tokenizer=list)


def _document(article: Article) -> Document:
    return Document(text=article.text, metadata={"title": article.title})


def _embedded_place(node: BaseNode, reach: Reach) -> tuple[int, int]:
    assert isinstance(node, TextNode)
    given = node.get_content(MetadataMode.EMBED)
    header = len(given) - len(node.text)
    start = node.start_char_idx or 0
    return start, start + max(0, min(reach(given) - header, len(node.text)))
