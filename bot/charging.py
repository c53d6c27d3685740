"""What a question costs its asker and the deployment: the day's counts, and the day's budget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.context import AskContext
from bot.days import day_of, next_day
from bot.incoming import Incoming
from bot.prices import Price, cost_of, known_prices, price_of
from bot.usage import Limits
from index.types import Answer


async def refusal_of(incoming: Incoming, context: AskContext, now: datetime) -> str | None:
    """Counts a question, or says why it is one too many."""
    settings = context.settings
    refusal = await context.state.usage.take_question(
        incoming.user_id, incoming.place.chat_id, Limits.of(settings), now, settings.timezone
    )
    return refusal.line(context.words) if refusal else None


async def give_back(incoming: Incoming, context: AskContext, asked_at: datetime) -> None:
    """Takes back the count of a question that failed on the bot's side."""
    settings = context.settings
    await context.state.usage.give_back(
        incoming.user_id, incoming.place.chat_id, Limits.of(settings), asked_at, settings.timezone
    )


async def may_spend(context: AskContext, now: datetime) -> bool:
    """Whether a model that costs money may still be asked today; models that run here always may."""
    settings, prices = context.settings, _prices(context)
    models = [*settings.chat_model.split(","), *settings.rerank_model.split(",")]
    if all(_is_free(price_of(model, prices)) for model in models):
        return True
    return await context.state.usage.may_spend(settings.daily_budget_usd, now, settings.timezone)


async def note_cost(found: Answer, context: AskContext, now: datetime) -> None:
    """Adds what an answer cost to the day's sum, and counts it."""
    prices = _prices(context)
    usd = sum(
        cost_of(used.model, used.prompt_tokens, used.tokens, prices)
        for used in found.timings.usage
        if price_of(used.model, prices)  # without a price there is no budget: the settings see to that
    )
    context.metrics.answered(found, usd)
    usage, noting, today = context.state.usage, context.state.inbox.noting, day_of(now, context.settings.timezone)
    await noting(usage.note_question(today))
    if usd:
        await noting(usage.spend(today, usd))


def _prices(context: AskContext) -> Mapping[str, Price]:
    settings = context.settings
    return known_prices(settings.model_prices, own_openai_server=settings.openai_base_url is not None)


def _is_free(price: Price | None) -> bool:
    return price is not None and price.input == price.output == 0


def budget_line(context: AskContext, now: datetime) -> str:
    """Says that the day's budget is used up, and until when."""
    if context.settings.daily_budget_usd == 0:
        return context.words("budget-none")
    resets_at = next_day(now, context.settings.timezone)
    return context.words("budget-used-up", time=context.words.time(resets_at), zone=context.settings.timezone)
