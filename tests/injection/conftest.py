"""The world with the hostile articles, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import pytest

from index.providers.base import ChatModel
from index.types import Article
from tests.helpers.bot_api.server import FakeBotApi
from tests.injection.world import World, fill, open_world


class OpenWorld(Protocol):
    """Opens the world with a model, and with one that ranks passages again."""

    def __call__(
        self, model: ChatModel | None, reranker: ChatModel | None = None
    ) -> AbstractAsyncContextManager[World]: ...


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Article]]:
    """A data directory with all articles, to be copied."""
    data_dir = tmp_path_factory.mktemp("filled") / "data"
    return data_dir, fill(data_dir)


@pytest.fixture
def world_with(filled: tuple[Path, dict[str, Article]], tmp_path: Path) -> OpenWorld:
    """Opens a copy of it."""
    data_dir, stored = filled
    shutil.copytree(data_dir, tmp_path / "data")
    return lambda model, reranker=None: open_world(tmp_path / "data", stored, model, reranker)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """A Bot API server; a request or answer outside the Bot API fails the test."""
    async with FakeBotApi() as server:
        yield server
        assert server.violations == []
