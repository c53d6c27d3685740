"""What a question costs its asker and the deployment: the day's counts, and the day's budget."""

from __future__ import annotations

from datetime import datetime

from bot.context import AskContext
from bot.days import day_of, next_day
from bot.incoming import Incoming
from bot.spending import has_budget, price_of_usage
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
    return await has_budget(context.settings, context.state.usage, now)


async def note_cost(found: Answer, context: AskContext, now: datetime) -> None:
    """Adds what an answer cost to the day's sum, and counts it."""
    usd = price_of_usage(found.timings.usage, context.settings)
    context.metrics.answered(found, usd)
    usage, noting, today = context.state.usage, context.state.inbox.noting, day_of(now, context.settings.timezone)
    await noting(usage.note_question(today))
    if usd:
        await noting(usage.spend(today, usd))


def budget_line(context: AskContext, now: datetime) -> str:
    """Says that the day's budget is used up, and until when."""
    if context.settings.daily_budget_usd == 0:
        return context.words("budget-none")
    resets_at = next_day(now, context.settings.timezone)
    return context.words("budget-used-up", time=context.words.time(resets_at), zone=context.settings.timezone)
