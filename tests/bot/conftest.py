"""Fixtures of the Telegram side: bare settings, a fake Bot API server, a real index with fake models."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import Settings
from index.news_index import NewsIndex
from tests.bot.collector import Collector, collecting
from tests.bot.harness import Bot, open_news, running_bot
from tests.helpers.bot_api.server import FakeBotApi


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def news(tmp_path: Path) -> AsyncIterator[NewsIndex]:
    async with await open_news(tmp_path / "data") as index:
        yield index


@pytest.fixture
async def bot(api: FakeBotApi, news: NewsIndex) -> AsyncIterator[Bot]:
    async with running_bot(api, news) as running:
        yield running


@pytest.fixture
async def collector(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Collector]:
    """A collector of OpenTelemetry, which is sent traces soon after they end."""
    monkeypatch.setattr("bot.otel_tracing._EVERY_MS", 50)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with collecting() as running:
        yield running


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged at INFO."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logging("INFO", (), stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
