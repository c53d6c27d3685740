"""Article → Chunks, by llama-index's sentence splitter, with exact places in the article."""

from __future__ import annotations

from functools import lru_cache

from index.sentences import split_sentences
from index.types import Article, Chunk

CHUNK_CHARACTERS = 1000


def chunk_article(article: Article, chunk_characters: int = CHUNK_CHARACTERS) -> list[Chunk]:
    """The chunks of an article in order: whole sentences, about `chunk_characters` each, without overlap.

    Their ids (`article-version-position`) are the same whenever the same version is chunked.
    """
    from llama_index.core.schema import Document

    nodes = _splitter(chunk_characters).get_nodes_from_documents([Document(text=article.text)])
    chunks: list[Chunk] = []
    cursor = 0
    for node in nodes:
        text = node.get_content()
        # The splitter looks for a node's place from the top, so a repeated paragraph would point at the first.
        start = article.text.find(text, cursor)
        if start < 0 or not text:
            continue
        cursor = start + len(text)
        chunk_id = f"{article.id}-{article.version}-{len(chunks)}"
        chunks.append(Chunk(chunk_id, article.id, article.version, len(chunks), start, cursor, text))
    return chunks


def embedding_text(title: str, text: str) -> str:
    """What is embedded for a chunk: the article's title says what the chunk is about."""
    return f"{title}\n{text}"


@lru_cache(maxsize=4)
def _splitter(chunk_characters: int):  # type: ignore[no-untyped-def]  # its type would import llama_index at the top
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=chunk_characters,
        chunk_overlap=0,
        tokenizer=list,  # sizes in characters
        chunking_tokenizer_fn=split_sentences,
        paragraph_separator="\n\n",
        include_metadata=False,
        include_prev_next_rel=False,
    )
