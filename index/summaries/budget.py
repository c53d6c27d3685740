"""What summaries may cost: asked before a model that costs money is, and told what it took."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from index.providers.base import ChatModel, ModelKind
from index.providers.chain import links_of
from index.providers.metering import Meter, MeteredModel
from index.summaries.writers import Writers
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
async def paid_writers(chat_model: ChatModel | None, budget: Budget | None) -> AsyncIterator[Writers | None]:
    """The models that can write summaries (small ones cannot), if there are any and the budget allows it.

    The budget hears what a model took, also when it failed, before the next one is asked and at the end of the block.

    Raises:
        StoreError: as the budget does.
    """
    able = [link for link in links_of(chat_model) if link.kind is ModelKind.WRITER]
    if not able or (budget and not await budget.may_spend()):
        yield None
        return
    if budget is None:
        yield Writers(able)
        return
    meter = Meter()

    async def pay() -> None:
        if usage := meter.take():
            await budget.spent(usage)

    async def goes_on() -> bool:
        await pay()
        return await budget.may_spend()

    try:
        yield Writers([MeteredModel(link, meter) for link in able], goes_on)
    finally:
        await pay()
