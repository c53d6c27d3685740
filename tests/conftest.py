"""Fixtures of all tests: the local models, opened once a session from the weights in the user's cache."""

from __future__ import annotations

import os

os.environ["PTB_TIMEDELTA"] = "1"  # before telegram is imported: else it warns at each flood limit

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from index.providers.weights import LOCAL_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

    from evals.chroma_server import RunningChroma
    from index.database import DatabasePlace
    from index.providers.base import ChatModel
    from index.providers.local_embedder import LocalEmbedder
    from index.providers.local_llm import LocalLLM
    from tests.backends import Backend

EMBEDDER = "all-minilm-l6-v2"
CHAT_MODEL = "gemma-3-270m"


@pytest.fixture(scope="session")
def weights_dir() -> Path:
    """The cache folder that holds the weights of both default models."""
    cache = platformdirs.user_cache_path("askwire")
    for model in (EMBEDDER, CHAT_MODEL):
        for file in LOCAL_WEIGHTS[model].files:
            if not (cache / "weights" / model / file.name).exists():
                pytest.fail(f"The weights of {model} are not in {cache}: run askwire weights", pytrace=False)
    return cache


@pytest.fixture(scope="session")
def local_embedder(weights_dir: Path) -> LocalEmbedder:
    """The real embedder."""
    from index.providers.local_embedder import LocalEmbedder

    folder = weights_dir / "weights" / EMBEDDER
    return LocalEmbedder(f"local:{EMBEDDER}", folder / "model.onnx", folder / "tokenizer.json")


@pytest.fixture(scope="session")
def local_llm(weights_dir: Path) -> LocalLLM:
    """The real language model as llama-index sees it."""
    from index.providers.local_llm import LocalLLM

    return LocalLLM(CHAT_MODEL, weights_dir / "weights" / CHAT_MODEL / "gemma-3-270m-q4_k_m.gguf")


@pytest.fixture
async def local_chat_model(local_llm: LocalLLM) -> ChatModel:
    """The real language model as askwire asks it; the weights are loaded once a session."""
    from index.providers.llama_index_chat import CompletionReader

    return CompletionReader(f"local:{CHAT_MODEL}", local_llm)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server of this session's own; a test that wants it is skipped where there is none to start."""
    from evals import postgres_server as postgres

    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_place(postgres_server: URL) -> Iterator[URL]:
    """An empty PostgreSQL database."""
    from evals.postgres_server import empty_database

    with empty_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> DatabasePlace:
    """Where an empty database is: what holds of one must hold of the other."""
    if request.param == "sqlite":
        return tmp_path / "askwire.db"
    place: URL = request.getfixturevalue("postgres_place")
    return place


@pytest.fixture(scope="session")
def chroma_server() -> Iterator[RunningChroma]:
    """A Chroma server of this session's own."""
    from evals.chroma_server import server

    with server() as running:
        yield running


@pytest.fixture(params=["files", "servers"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """An empty index's storage: SQLite and embedded Chroma, or PostgreSQL and a Chroma server."""
    from tests.backends import Backend

    if request.param == "files":
        return Backend(tmp_path)
    chroma: RunningChroma = request.getfixturevalue("chroma_server")
    return Backend(tmp_path, request.getfixturevalue("postgres_place"), chroma.empty_database())
