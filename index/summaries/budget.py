"""What summaries may cost: asked before a model that costs money is, and told what it took."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from index.providers.base import ChatModel, ModelKind
from index.providers.chain import links_of
from index.providers.metering import Meter, MeteredModel
from index.types import ModelUsage


class Budget(Protocol):
    """Whoever pays for the models."""

    async def may_spend(self) -> bool:
        """Whether a model may be asked now.

        Raises:
            StoreError: when that is not known.
        """
        ...

    async def spent(self, usage: Sequence[ModelUsage]) -> None:
        """Hears of the tokens that models took, by model."""
        ...


@asynccontextmanager
async def paid_writer(chat_model: ChatModel | None, budget: Budget | None) -> AsyncIterator[ChatModel | None]:
    """The first model that can write summaries (a small one cannot), if there is one and the budget allows it.

    The budget hears at the end of the block what the model took, also when it failed.

    Raises:
        StoreError: as the budget does.
    """
    writer = next((link for link in links_of(chat_model) if link.kind is ModelKind.WRITER), None)
    if writer is None or budget is None:
        yield writer
        return
    if not await budget.may_spend():
        yield None
        return
    meter = Meter()
    try:
        yield MeteredModel(writer, meter)
    finally:
        if meter.usage:
            await budget.spent(meter.usage)
