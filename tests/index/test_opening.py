"""The storage is opened while the models load."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import StoreError, WeightsError
from index.model_set import ModelSet
from index.opening import open_side_by_side
from index.providers.fakes import FakeEmbedder
from tests.index.test_model_set import Closing


async def test_the_storage_is_closed_when_a_model_fails() -> None:
    """Its lock and files are free again, and the model's error is told."""
    closed: list[bool] = []
    storage: Any = SimpleNamespace(close=lambda: closed.append(True))

    async def models() -> ModelSet:
        raise WeightsError("no weights")

    with pytest.raises(WeightsError):
        await open_side_by_side(lambda: storage, models())
    assert closed == [True]


async def test_the_models_are_closed_when_the_storage_fails() -> None:
    """A chat model holds connections already."""
    chat = Closing()

    async def models() -> ModelSet:
        return ModelSet(FakeEmbedder(), chat)

    def refuse() -> Any:
        raise StoreError("The data directory cannot be written.")

    with pytest.raises(StoreError):
        await open_side_by_side(refuse, models())
    assert chat.closed


async def test_of_two_failures_the_models_is_told() -> None:
    """And the other one is not left behind unheard."""

    async def models() -> ModelSet:
        raise WeightsError("no weights")

    def refuse() -> Any:
        raise StoreError("The data directory cannot be written.")

    with pytest.raises(WeightsError):
        await open_side_by_side(refuse, models())
