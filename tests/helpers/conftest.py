"""A running fake Bot API server and a client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.helpers.bot_api.server import FakeBotApi


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """A running server; a request or answer outside the Bot API fails the test."""
    async with FakeBotApi() as server:
        yield server
        assert server.violations == []


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, the client warns each time it meets a flood limit."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Bot]:
    """A client of the server."""
    async with Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot") as client:
        yield client
