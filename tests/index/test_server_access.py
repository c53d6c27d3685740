"""A Chroma server behind a proxy that speaks https with a certificate of its own, and wants a token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from evals.chroma_server import RunningChroma
from index import server_store
from index.config import ChromaServer
from index.errors import StoreError
from index.providers.fakes import FakeEmbedder
from index.server_store import ServerStore
from index.store import ServerVectorStore
from index.types import PUBLIC
from tests.backends import Backend
from tests.index.builders import FERRY, ROCKETS
from tests.tls_proxy import TokenProxy, token_proxy

TOKEN = "hush-4711"
AUTHORITY = trustme.CA()


@pytest.fixture
async def proxy(chroma_server: RunningChroma) -> AsyncIterator[TokenProxy]:
    """The proxy in front of a real server."""
    async with token_proxy(chroma_server.url, TOKEN, AUTHORITY) as running:
        yield running


@pytest.fixture
def where(proxy: TokenProxy, chroma_server: RunningChroma, tmp_path: Path) -> ChromaServer:
    """What the settings say when all is right."""
    file = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(file))
    return replace(chroma_server.empty_database(), url=proxy.url, token=TOKEN, ca_file=str(file))


async def fault(server: ChromaServer) -> str:
    """The line of an attempt to reach it; neither it nor a repr of the error or the server shows the token."""
    with pytest.raises(StoreError) as caught:
        await asyncio.to_thread(ServerVectorStore, server, FakeEmbedder().name, FakeEmbedder().dimension)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert "hush" not in line + repr(caught.value) + repr(server)
    return line


async def test_articles_go_in_and_are_found(proxy: TokenProxy, where: ChromaServer, tmp_path: Path) -> None:
    """With the right certificate and token the server is used as one without them."""
    async with await Backend(tmp_path / "data", chroma=where).open() as news:
        await news.add([ROCKETS, FERRY])
        vector = FakeEmbedder().embed_query(f"{FERRY.title}\n{FERRY.text}")
        found = await asyncio.to_thread(news._store.search, vector, PUBLIC, 1)
        assert [chunk_id for chunk_id, _ in found] == ["ferry-1-0"]
        status = await news.status()
        assert (status.vectors, status.problems) == (2, ())
    assert proxy.passed > 5


@pytest.mark.parametrize("given", ["another", "the usual ones"])
async def test_a_certificate_that_nobody_trusts(where: ChromaServer, tmp_path: Path, given: str) -> None:
    """One line names the setting that says which certificates are trusted."""
    file = tmp_path / "another.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    line = await fault(replace(where, ca_file=str(file) if given == "another" else None))
    assert "certificate is not trusted. Set CHROMA_CA_FILE" in line


async def test_a_file_without_certificates(where: ChromaServer, tmp_path: Path) -> None:
    """One line says what the file should hold."""
    file = tmp_path / "empty.pem"
    file.write_text("nothing\n")
    assert "CHROMA_CA_FILE holds no certificate" in await fault(replace(where, ca_file=str(file)))


@pytest.mark.parametrize("token", [None, "hush-wrong"])
@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_is_wrong_or_missing(
    proxy: TokenProxy, where: ChromaServer, token: str | None, status: int
) -> None:
    """One line names the setting, whatever the proxy says."""
    proxy.refusal = status
    line = await fault(replace(where, token=token))
    assert f"wants another CHROMA_TOKEN, or one at all (HTTP {status})" in line


async def test_a_token_that_is_no_longer_taken(
    proxy: TokenProxy,
    where: ChromaServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bot goes on with words alone, and log and status say why without the token."""
    monkeypatch.setattr(server_store, "_AGAIN_S", 0.2)
    caplog.set_level(logging.DEBUG)
    async with await Backend(tmp_path / "data", chroma=where).open() as news:
        await news.add([FERRY])
        proxy.token = "hush-new"
        assert (await news.search("Which ferry hit a sandbank?", PUBLIC, k=1))[0].article_id == "ferry"
        (problem,) = (await news.status()).problems
        assert "CHROMA_TOKEN" in problem and "hush" not in problem
        proxy.token = TOKEN
        store = news._store
        assert isinstance(store, ServerStore)
        async with asyncio.timeout(30):
            while not store.in_step or store.problems:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)
    told = [one.getMessage() for one in caplog.records if one.name == "index.server_store"]
    assert len(told) == 2 and "CHROMA_TOKEN" in told[0]
    assert "hush" not in caplog.text
