"""What models cost, in US dollars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_MILLION = 1_000_000
_FREE_PROVIDERS = {"local", "ollama", "none"}
# The name of a dated version, such as gpt-5-mini-2025-08-07 or claude-sonnet-4-5-20250929, costs what the model costs.
_DATED = re.compile(r"-(\d{8}|\d{4}-\d{2}-\d{2}|latest)\Z")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens: of the prompt, and of what the model writes."""

    input: float
    output: float


FREE = Price(0.0, 0.0)

# List prices as they were published between December 2025 and September 2026, for prompts of ordinary length and
# without discounts. They change: a price in MODEL_PRICES wins over the one here.
LIST_PRICES: Mapping[str, Price] = {
    "openai:gpt-5.5": Price(5.00, 30.00),
    "openai:gpt-5.4": Price(2.50, 15.00),
    "openai:gpt-5.4-mini": Price(0.75, 4.50),
    "openai:gpt-5.4-nano": Price(0.20, 1.25),
    "openai:gpt-5.2": Price(1.75, 14.00),
    "openai:gpt-5.1": Price(1.25, 10.00),
    "openai:gpt-5": Price(1.25, 10.00),
    "openai:gpt-5-mini": Price(0.25, 2.00),
    "openai:gpt-5-nano": Price(0.05, 0.40),
    "openai:gpt-4.1": Price(2.00, 8.00),
    "openai:gpt-4.1-mini": Price(0.40, 1.60),
    "openai:gpt-4.1-nano": Price(0.10, 0.40),
    "openai:gpt-4o": Price(2.50, 10.00),
    "openai:gpt-4o-mini": Price(0.15, 0.60),
    "anthropic:claude-opus-5": Price(5.00, 25.00),
    "anthropic:claude-opus-4-8": Price(5.00, 25.00),
    "anthropic:claude-opus-4-7": Price(5.00, 25.00),
    "anthropic:claude-opus-4-6": Price(5.00, 25.00),
    "anthropic:claude-opus-4-5": Price(5.00, 25.00),
    "anthropic:claude-opus-4-1": Price(15.00, 75.00),
    "anthropic:claude-sonnet-5": Price(2.00, 10.00),
    "anthropic:claude-sonnet-4-6": Price(3.00, 15.00),
    "anthropic:claude-sonnet-4-5": Price(3.00, 15.00),
    "anthropic:claude-haiku-4-5": Price(1.00, 5.00),
    "gemini:gemini-3.5-flash": Price(1.50, 9.00),
    "gemini:gemini-3.1-pro-preview": Price(2.00, 12.00),
    "gemini:gemini-3-flash-preview": Price(0.50, 3.00),
    "gemini:gemini-2.5-pro": Price(1.25, 10.00),
    "gemini:gemini-2.5-flash": Price(0.30, 2.50),
    "gemini:gemini-2.5-flash-lite": Price(0.10, 0.40),
}


def known_prices(own: Mapping[str, Price], *, own_openai_server: bool) -> dict[str, Price]:
    """All prices that hold in a deployment; `own` ones come first.

    Behind a server of one's own, `openai:…` is anybody's model: the list says nothing about it.
    """
    listed = {
        model: price for model, price in LIST_PRICES.items() if not (own_openai_server and _provider(model) == "openai")
    }
    return {**listed, **own}


def price_of(model: str, prices: Mapping[str, Price]) -> Price | None:
    """The price of `provider:model`, None when it is not known; models that run here cost nothing, nor does `none`."""
    price = prices.get(model) or prices.get(_DATED.sub("", model))
    return price or (FREE if _provider(model) in _FREE_PROVIDERS else None)


def unpriced(models: Iterable[str], prices: Mapping[str, Price]) -> list[str]:
    """Those of the models whose price is not known."""
    return [model for model in models if price_of(model, prices) is None]


def cost_of(model: str, prompt_tokens: int, written_tokens: int, prices: Mapping[str, Price]) -> float:
    """What one request cost.

    Raises:
        ValueError: when the model's price is not known.
    """
    price = price_of(model, prices)
    if price is None:
        raise ValueError(f"no price for {model}")
    return (prompt_tokens * price.input + written_tokens * price.output) / _MILLION


def _provider(model: str) -> str:
    return model.partition(":")[0]
