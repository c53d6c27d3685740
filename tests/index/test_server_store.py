"""The vector index on a Chroma server: it may be away, be killed, and be used by others."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from evals.chroma_server import RunningChroma, server
from index import server_store
from index.config import ChromaServer
from index.errors import StoreError
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from index.server_store import ServerStore, rebuild_on_server
from index.store import ServerVectorStore
from index.types import PUBLIC
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS, make_article

QUERY = "Which ferry hit a sandbank?"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_store, "_AGAIN_S", 0.2)


@pytest.fixture(scope="module")
def mortal_server() -> Iterator[RunningChroma]:
    """A server that these tests may kill."""
    with server() as running:
        yield running


@pytest.fixture
async def mortal(mortal_server: RunningChroma, tmp_path: Path) -> AsyncIterator[Backend]:
    """SQLite and that server, which runs again afterwards."""
    yield Backend(tmp_path, chroma=mortal_server.empty_database())
    mortal_server.kill()
    mortal_server.start()


@pytest.fixture
def servers(chroma_server: RunningChroma, tmp_path: Path) -> Backend:
    """SQLite and a server that lives."""
    return Backend(tmp_path, chroma=chroma_server.empty_database())


def direct(backend: Backend) -> ServerVectorStore:
    """Another process's way to the same vectors."""
    assert backend.chroma is not None
    return ServerVectorStore(backend.chroma, FakeEmbedder().name, FakeEmbedder().dimension)


def collection_id(store: ServerVectorStore) -> str:
    collection = store.collection("public")
    assert collection is not None
    return str(collection.client.id)


async def comes_true(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not await asyncio.to_thread(what):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)


def in_step(news: NewsIndex) -> bool:
    store = news._store
    assert isinstance(store, ServerStore)
    return store.in_step and store.problems == ()


def found_by_vector(news: NewsIndex) -> list[str]:
    vector = FakeEmbedder().embed_query(f"{FERRY.title}\n{FERRY.text}")
    return [chunk_id for chunk_id, _ in news._store.search(vector, PUBLIC, 1)]


async def test_a_server_that_dies_stops_nothing(
    mortal: Backend, mortal_server: RunningChroma, caplog: pytest.LogCaptureFixture
) -> None:
    """Questions are answered by words, articles are saved, one line says so, and all is put right when it is back."""
    caplog.set_level(logging.WARNING, "index.server_store")
    async with await mortal.open() as news:
        await news.add([ROCKETS])
        mortal_server.kill()
        await news.add([FERRY])
        assert (await news.search(QUERY, PUBLIC, k=1))[0].article_id == "ferry"
        assert (await news.ask(QUERY, PUBLIC)).citations
        (problem,) = (await news.status()).problems
        address = mortal_server.url.removeprefix("http://")
        told = f"no answer from the Chroma server at {address} ([Errno 111] Connection refused). Look at CHROMA_URL and"
        assert told in problem and problem.endswith("articles are found by their words alone.")
        assert (problem.count("CHROMA_URL"), (await news.status()).vectors) == (1, None)
        (line,) = caplog.messages
        assert told in line
        mortal_server.start()
        await comes_true(lambda: in_step(news))
        assert found_by_vector(news) == ["ferry-1-0"]
        assert (await news.status()).vectors == 2
        assert caplog.messages[1:] == ["the Chroma server answers again"]


async def test_the_first_comparison_lets_the_first_questions_pass(servers: Backend) -> None:
    """It begins some seconds after the start, or when it is asked for; meanwhile vectors are searched as they are."""
    async with await servers.open() as news:
        await news.add([FERRY])
    async with await servers.open(in_step=False) as news:
        assert (await news.search(QUERY, PUBLIC, k=1))[0].article_id == "ferry"
        assert found_by_vector(news) == ["ferry-1-0"]
        assert isinstance(news._store, ServerStore)
        await asyncio.sleep(1)  # an index of this size is compared in a tenth of that
        assert not in_step(news)
        news._store.compare_soon()
        await comes_true(lambda: in_step(news))


async def test_what_is_owed_goes_in_at_once_at_the_next_start(mortal: Backend, mortal_server: RunningChroma) -> None:
    """Also when no process lives long: a command that added while the server was away, and one that asks later."""
    mortal_server.kill()
    async with await mortal.open(in_step=False) as news:
        await news.add([FERRY])
    mortal_server.start()
    for _ in range(2):  # the second start owes nothing: it lets the first questions pass
        async with await mortal.open(in_step=False) as news:
            await asyncio.sleep(1)
            assert found_by_vector(news) == ["ferry-1-0"]
            owed = news._catalog.get_meta("vectors_owed")
    assert owed == "" and not in_step(news)


async def test_each_fault_of_the_server_comes_with_what_to_look_at(servers: Backend) -> None:
    """What names no setting of its own gets the address and the server; what does is not told another."""
    async with await servers.open() as news:
        store = news._store
        assert isinstance(store, ServerStore)
        for fault, told in [("It cannot be read: odd", True), ("The server wants another CHROMA_TOKEN", False)]:
            store._fault = fault
            (problem,) = store.problems
            assert problem.startswith(f"{fault}. ")
            assert ("Look at CHROMA_URL and the server." in problem) == told


async def test_it_starts_without_the_server(mortal: Backend, mortal_server: RunningChroma) -> None:
    """An index whose server is away opens at once, and comes up with it."""
    mortal_server.kill()
    async with await mortal.open(in_step=False) as news:
        await news.add([FERRY])
        assert (await news.search(QUERY, PUBLIC, k=1))[0].article_id == "ferry"
        mortal_server.start()
        await comes_true(lambda: in_step(news))
        assert found_by_vector(news) == ["ferry-1-0"]


async def test_what_was_removed_meanwhile_goes(mortal: Backend, mortal_server: RunningChroma) -> None:
    """A vector whose article went while the server was away goes when it is back."""
    async with await mortal.open() as news:
        await news.add([ROCKETS, FERRY])
        mortal_server.kill()
        assert await news.remove("ferry", PUBLIC)
        mortal_server.start()
        await comes_true(lambda: in_step(news))
        assert news._store.ids("public") == {"rockets-1-0"}


async def test_a_hanging_server_is_not_waited_for_again_and_again(
    servers: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After one that had no answer in time, questions do without for some seconds."""
    monkeypatch.setattr(server_store, "_AGAIN_S", 60.0)
    async with await servers.open() as news:
        await news.add([FERRY])
        calls = 0

        def hang(*_: object) -> list[tuple[str, float]]:
            nonlocal calls
            calls += 1
            time.sleep(0.2)
            raise StoreError("The vector index cannot be searched: timed out")

        monkeypatch.setattr(ServerVectorStore, "search", hang)
        for _ in range(5):
            assert (await news.search(QUERY, PUBLIC, k=1))[0].article_id == "ferry"
        assert calls == 1


async def test_the_next_start_puts_right_what_is_amiss(servers: Backend) -> None:
    """Vectors that are missing are put in, those of no article taken out, and one of another text replaced."""
    async with await servers.open() as news:
        await news.add([ROCKETS, FERRY, make_article("Snow fell all night.", article_id="snow")])
    store = direct(servers)
    store.delete(["rockets-1-0"], "public")
    wrong = -FakeEmbedder().embed_query(f"{FERRY.title}\n{FERRY.text}")
    store.add([("ferry-1-0", "ferry", wrong), ("nobody-1-0", "nobody", np.ones(64, np.float32))], "public")
    store.close()
    async with await servers.open() as news:
        assert news._store.ids("public") == {"rockets-1-0", "ferry-1-0", "snow-1-0"}
        assert found_by_vector(news) == ["ferry-1-0"]


async def test_a_scope_with_many_lost_vectors_is_built_anew(servers: Backend) -> None:
    """As a server that was killed amid its writing counts vectors that no search finds."""
    stories = [make_article(f"On day {n} rocket {n * 7} fell.", article_id=f"s{n}") for n in range(40)]
    async with await servers.open() as news:
        await news.add(stories)
    store = direct(servers)
    before = collection_id(store)
    away = [(f"s{n}-1-0", f"s{n}", -FakeEmbedder().embed_query(f"elsewhere {n}")) for n in range(20)]
    store.add(away, "public")
    store.close()
    async with await servers.open():
        store = direct(servers)
        assert store.count("public") == 40
        assert collection_id(store) != before
        store.close()


def test_two_processes_share_the_collections(chroma_server: RunningChroma) -> None:
    """A collection that one dropped and another made anew is used by both as it is now; who writes last wins."""
    backend = Backend(Path(), chroma=chroma_server.empty_database())
    one, other = direct(backend), direct(backend)
    vector = FakeEmbedder().embed_query("rockets")
    one.add([("a-1-0", "a", vector)], "public")
    assert other.ids("public") == {"a-1-0"}
    one.drop("public")
    assert other.ids("public") == set()
    one.add([("b-1-0", "b", vector)], "public")
    assert other.ids("public") == {"b-1-0"}
    one.drop("public")
    other.add([("c-1-0", "c", vector)], "public")
    assert [chunk_id for chunk_id, _ in one.search(vector, PUBLIC, 5)] == ["c-1-0"]
    one.add([("c-1-0", "c", -vector)], "public")
    assert dict(other.search(vector, PUBLIC, 5)) == pytest.approx({"c-1-0": -1.0}, abs=1e-4)
    one.close()
    other.close()


def test_the_token_is_shown_and_seen_nowhere_else(chroma_server: RunningChroma) -> None:
    """Every request carries it, and no error or repr does."""
    where = chroma_server.empty_database()
    store = ServerVectorStore(ChromaServer(where.url, "hush", database=where.database), "fake:words", 64)
    headers = store._client._server._session.headers
    assert (headers["Authorization"], headers["X-Chroma-Token"]) == ("Bearer hush", "hush")
    store.close()
    with pytest.raises(StoreError) as caught:
        ServerVectorStore(ChromaServer("http://hush:hush@127.0.0.1:1", "hush"), "fake:words", 64)
    assert "hush" not in str(caught.value)
    assert "no answer from the Chroma server at 127.0.0.1:1 (" in str(caught.value)
    assert str(caught.value).endswith("). Look at CHROMA_URL and the server")


async def test_reindexing_fills_fresh_collections(servers: Backend) -> None:
    """All vectors are there afterwards, and it tells how far it is."""
    async with await servers.open() as news:
        await news.add([ROCKETS, FERRY])
        steps: list[tuple[str, int, int]] = []
        assert servers.chroma is not None
        work = (servers.chroma, news._catalog, FakeEmbedder(), lambda *step: steps.append(step))
        await asyncio.to_thread(rebuild_on_server, *work)
        assert steps[-1][1:] == (2, 2)
        assert news._store.ids("public") == {"rockets-1-0", "ferry-1-0"}
