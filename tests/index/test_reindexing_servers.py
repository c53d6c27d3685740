"""`askwire reindex` where servers hold the vectors, and the articles: collections of both embedders side by side."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import URL

from evals.chroma_server import RunningChroma
from index.config import ChromaServer, IndexConfig, lock_data_dir
from index.errors import EmbedderMismatchError
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.reindexing import Reindexed, forget_embeddings, reindex_data_dir
from index.server_store import ServerStore
from index.store import ServerVectorStore
from index.types import PUBLIC
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS
from tests.index.reindexed import LATE, NEW, OLD, embedder_of


@pytest.fixture(params=["sqlite", "postgres"])
def servers(request: pytest.FixtureRequest, chroma_server: RunningChroma, tmp_path: Path) -> Backend:
    """A Chroma server beside each database."""
    place = request.getfixturevalue("postgres_place") if request.param == "postgres" else None
    return Backend(tmp_path, place, chroma_server.empty_database())


@pytest.fixture(autouse=True)
def opened(reindexing_here: list[FakeEmbedder]) -> list[FakeEmbedder]:
    return reindexing_here


def config_of(servers: Backend, name: str = NEW) -> IndexConfig:
    url = servers.database if isinstance(servers.database, URL) else None
    return IndexConfig(servers.folder, servers.folder, "none", name, chroma=servers.chroma, database_url=url)


async def reindex(servers: Backend, name: str = NEW) -> Reindexed:
    return await reindex_data_dir(config_of(servers, name), lambda *_: None)


async def start_bot(servers: Backend, embedder: FakeEmbedder | None = None) -> NewsIndex:
    """As a bot opens it, once a first comparison is over."""
    news = await NewsIndex.open_with(
        servers.folder,
        embedder=embedder or embedder_of(OLD),
        chat_model=None,
        database=servers.database,
        chroma=servers.chroma,
        repair_beside=True,
    )
    assert isinstance(news._store, ServerStore)
    news._store.compare_soon()
    async with asyncio.timeout(60):
        while not news._store.in_step:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)
    return news


async def test_a_bot_answers_all_the_while(servers: Backend, opened: list[FakeEmbedder]) -> None:
    """The new collections are filled beside the old ones, and the next start with the new embedder goes over."""
    async with await start_bot(servers) as news:
        await news.add([ROCKETS, FERRY])
        lock = None if servers.database else lock_data_dir(servers.folder)
        before = await news.search("rockets", PUBLIC)
        assert await reindex(servers) == Reindexed(2, in_use=False)
        assert opened[-1].embedded == 2
        assert await news.search("rockets", PUBLIC) == before
        assert isinstance(servers.chroma, ChromaServer)
        new = ServerVectorStore(servers.chroma, NEW, embedder_of(NEW).dimension)
        assert (news._store.count("public"), new.count("public")) == (2, 2)
        await news.remove("ferry", PUBLIC)
        await news.add([LATE])
        await reindex(servers)
        assert opened[-1].embedded == 1
        assert new.ids("public") >= {"rockets-1-0", "late-1-0"}
        new.close()
        if lock:
            lock.release()
    embedder = embedder_of(NEW)
    async with await start_bot(servers, embedder) as news:
        assert embedder.embedded == 0
        assert news._store.ids("public") == {"rockets-1-0", "late-1-0"}
        assert (await news.status()).healthy
    with pytest.raises(EmbedderMismatchError, match=f"with {NEW}"):
        await start_bot(servers)


@pytest.mark.parametrize("servers", ["postgres"], indirect=True)
async def test_processes_go_over_one_after_another(servers: Backend) -> None:
    """What one with the old embedder takes in after the switch is embedded when it, too, starts with the new one."""
    async with await start_bot(servers) as late, await start_bot(servers) as early:
        await late.add([ROCKETS])
        await reindex(servers)
        await early.close()
        async with await start_bot(servers, embedder_of(NEW)):
            await late.add([FERRY])
            await late.close()
            embedder = embedder_of(NEW)
            async with await start_bot(servers, embedder) as news:
                assert embedder.embedded == 1
                assert news._store.ids("public") == {"rockets-1-0", "ferry-1-0"}


@pytest.mark.parametrize("servers", ["sqlite"], indirect=True)
async def test_nobody_uses_it(servers: Backend) -> None:
    """With the articles in the data directory it is known, and gone over at once."""
    async with await start_bot(servers) as news:
        await news.add([ROCKETS, FERRY])
    assert await reindex(servers) == Reindexed(2, in_use=True)
    async with await start_bot(servers, embedder_of(NEW)) as news:
        assert news._store.count("public") == 2


async def test_old_collections_are_forgotten_on_the_server(servers: Backend) -> None:
    """`--forget` drops those of the embedder of before, in every scope, and none of the embedder in use."""
    async with await start_bot(servers) as news:
        await news.add([ROCKETS])
        await news.add([FERRY], scope="chat:-1")
    await reindex(servers)
    async with await start_bot(servers, embedder_of(NEW)) as news:
        assert isinstance(servers.chroma, ChromaServer)
        old, new = (ServerVectorStore(servers.chroma, name, embedder_of(name).dimension) for name in (OLD, NEW))
        assert set(old.scopes()) == set(new.scopes()) == {"public", "chat:-1"}
        assert forget_embeddings(config_of(servers)) == 2
        assert (old.scopes(), set(new.scopes())) == ([], {"public", "chat:-1"})
        assert news._store.ids("public") == {"rockets-1-0"}
        old.close()
        new.close()
