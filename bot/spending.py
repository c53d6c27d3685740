"""The day's budget for models that cost money, and what they took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.days import day_of
from bot.prices import Price, cost_of, known_prices, price_of
from bot.settings import Settings
from bot.state import State
from bot.usage import Usage
from index.types import ModelUsage


async def has_budget(settings: Settings, usage: Usage, now: datetime) -> bool:
    """Whether a model that costs money may still be asked today; models that run here always may.

    Raises:
        StoreError: when the database fails.
    """
    prices = _prices(settings)
    models = [*settings.chat_model.split(","), *settings.rerank_model.split(",")]
    if all(_is_free(price_of(model, prices)) for model in models):
        return True
    return await usage.may_spend(settings.daily_budget_usd, now, settings.timezone)


def price_of_usage(usage: Iterable[ModelUsage], settings: Settings) -> float:
    """What models took, in US dollars."""
    prices = _prices(settings)
    return sum(
        cost_of(used.model, used.prompt_tokens, used.tokens, prices)
        for used in usage
        if price_of(used.model, prices)  # without a price there is no budget: the settings see to that
    )


@dataclass(frozen=True, slots=True)
class SummaryBudget:
    """The budget of summaries (`index.summaries.budget.Budget`): the same as that of answers."""

    settings: Settings
    state: State

    async def may_spend(self) -> bool:
        """Whether a model that costs money may still be asked today.

        Raises:
            StoreError: when the database fails.
        """
        return await has_budget(self.settings, self.state.usage, datetime.now(UTC))

    async def spent(self, usage: Sequence[ModelUsage]) -> None:
        """Adds what a summary cost to the day's sum."""
        if usd := price_of_usage(usage, self.settings):
            today = day_of(datetime.now(UTC), self.settings.timezone)
            await self.state.inbox.noting(self.state.usage.spend(today, usd))


def _prices(settings: Settings) -> Mapping[str, Price]:
    return known_prices(settings.model_prices, own_openai_server=settings.openai_base_url is not None)


def _is_free(price: Price | None) -> bool:
    return price is not None and price.input == price.output == 0
