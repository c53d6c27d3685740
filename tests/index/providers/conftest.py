"""Fixtures of the providers' tests: a server for each protocol, and models that are closed in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from index.providers.base import ChatModel
from index.providers.retrying import Limits
from tests.index.providers.model_server import ModelServer, serving
from tests.index.providers.wires import KEY, WIRES, Wire

QUICK = Limits(total_s=10.0, connect_s=2.0, read_s=5.0, attempts=3, first_wait_s=0.001, longest_wait_s=0.01)
OpenModel = Callable[..., ChatModel]


@pytest.fixture(params=WIRES, ids=[wire.provider for wire in WIRES])
def wire(request: pytest.FixtureRequest) -> Wire:
    """Each protocol in turn."""
    chosen: Wire = request.param
    return chosen


@pytest.fixture
async def server(wire: Wire) -> AsyncIterator[ModelServer]:
    """A server that speaks the protocol."""
    async with serving(wire) as running:
        yield running


@pytest.fixture
async def open_model(wire: Wire, server: ModelServer) -> AsyncIterator[OpenModel]:
    """Opens models at the server by their name; they are closed when the test ends: a connection left open fails it."""
    opened: list[ChatModel] = []

    def open_one(name: str, key: str | None = KEY, limits: Limits = QUICK, url: str | None = None) -> ChatModel:
        opened.append(wire.open(url or server.url, name, key, limits))
        return opened[-1]

    yield open_one
    for model in opened:
        await model.close()
