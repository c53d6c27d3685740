"""The trial of searches by words: each way is asked over the same chunks."""

from __future__ import annotations

from pathlib import Path

import chromadb
from sqlalchemy import URL

from evals.chroma_server import RunningChroma
from evals.fused_recall import fused_recall
from evals.lexical_candidates import any_word, measure
from evals.servers import Storage
from index.providers.fakes import FakeEmbedder
from tests.backends import Backend
from tests.evals.builders import ARTICLES, make_question


async def test_each_way_finds_what_has_the_words(
    tmp_path: Path, postgres_place: URL, chroma_server: RunningChroma
) -> None:
    """The answer is found by all of them, or by none when no chunk holds it."""
    embedder = FakeEmbedder()
    server = chroma_server.empty_database()
    async with await Backend(tmp_path, postgres_place, server).open(embedder) as news:
        await news.add(ARTICLES)
        client = chromadb.HttpClient(server.url, database=server.database)
        asked = [make_question(), make_question(answers=("nowhere",))]
        found = measure(news.retriever.catalog, client, embedder, embedder.name, asked)
    assert [(one.recall, one.p50_ms > 0) for one in found] == [(0.5, True)] * 4


async def test_the_whole_retrieval_is_counted_over_files_and_servers(
    tmp_path: Path, postgres_place: URL, chroma_server: RunningChroma
) -> None:
    """Either storage finds the one answer that an article holds, as its first passage."""
    embedder = FakeEmbedder()
    asked = [make_question(), make_question(answers=("nowhere",))]
    places = (
        Storage(tmp_path / "files"),
        Storage(tmp_path / "servers", postgres_place, chroma_server.empty_database()),
    )
    for place in places:
        found = await fused_recall("any", place, ARTICLES, asked, embedder, embedder)
        assert found.recall == (0.5, 0.5, 0.5)
        assert str(found) == "any: 0.50 / 0.50 / 0.50"


def test_the_condition_is_of_content_words() -> None:
    """One word needs no "or", which Chroma refuses."""
    assert any_word("Who lit the Lamp?") == {"$or": [{"$contains": "lit"}, {"$contains": "lamp"}]}
    assert any_word("the lamp") == {"$contains": "lamp"}
