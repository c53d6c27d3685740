"""Prices and the budget in the settings."""

from __future__ import annotations

import pytest

from bot.prices import Price
from tests.bot.variables import faults, load


def test_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices stand behind the last equals sign of each model, with commas between them."""
    given = "openai:gpt-5-mini=0.25/2.00, ollama:qwen3:4b = 0/0.5 ,openai:vendor/model=x=1/2,"
    assert load(monkeypatch, MODEL_PRICES=given).model_prices == {
        "openai:gpt-5-mini": Price(0.25, 2.0),
        "ollama:qwen3:4b": Price(0, 0.5),
        "openai:vendor/model=x": Price(1, 2),
    }


@pytest.mark.parametrize(
    "given",
    [
        "openai:a",
        "openai:a=1",
        "openai:a=1/2/3",
        "openai:a=1/-2",
        "openai:a=nan/1",
        "openai:a=1/inf",
        "openai:a=0,25/2",
        "a=1/2",
        "=1/2",
        "openai:a=1/2,openai:a=1/2",
        "openai:a=$1/$2",
    ],
)
def test_a_price_is_two_numbers(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """Whatever is no pair of amounts for a model named once is a fault that shows the form."""
    [line] = faults(monkeypatch, MODEL_PRICES=given)
    assert line.startswith("MODEL_PRICES: write each model once")
    assert "openai:gpt-5-mini=0.25/2.00" in line


@pytest.mark.parametrize(
    "variables",
    [
        {"CHAT_MODEL": "openai:gpt-99"},
        {"CHAT_MODEL": "local:gemma-3-270m,openai:gpt-99"},
        {"CHAT_MODEL": "openai:gpt-99", "MODEL_PRICES": "openai:gpt-98=1/2"},
        {"CHAT_MODEL": "openai:gpt-99", "DAILY_BUDGET_USD": "0"},
        {"CHAT_MODEL": "none", "RERANK_MODEL": "openai:gpt-99"},
        {"CHAT_MODEL": "openai:gpt-99", "RERANK_MODEL": "openai:gpt-5-mini,openai:gpt-99"},
        {"CHAT_MODEL": "openai:gpt-99", "OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"},
    ],
)
def test_no_budget_without_a_price(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    """A budget is refused when a model's price is not known; the one line names the model and what to write."""
    [line] = faults(monkeypatch, **{"DAILY_BUDGET_USD": "1.5", **variables})
    assert line.startswith("DAILY_BUDGET_USD: ")
    assert "MODEL_PRICES" in line
    assert "openai:gpt-99=PROMPT/WRITTEN" in line
    assert "gemma" not in line


def test_a_server_of_one_s_own_needs_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind OPENAI_BASE_URL even a listed model needs a price of its own."""
    variables = {"DAILY_BUDGET_USD": "1", "CHAT_MODEL": "openai:gpt-5", "OPENAI_BASE_URL": "http://127.0.0.1:8080/v1"}
    assert "openai:gpt-5=PROMPT/WRITTEN" in faults(monkeypatch, **variables)[0]
    assert load(monkeypatch, **variables, MODEL_PRICES="openai:gpt-5=0/0").daily_budget_usd == 1


@pytest.mark.parametrize(
    "variables",
    [
        {"CHAT_MODEL": "none"},
        {"CHAT_MODEL": "ollama:qwen3:4b"},
        {"CHAT_MODEL": "anthropic:claude-sonnet-4-5-20250929,local:gemma-3-270m"},
        {"CHAT_MODEL": "openai:gpt-99", "MODEL_PRICES": "openai:gpt-99=1/2"},
    ],
)
def test_a_budget_with_prices(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    """Free models, listed ones and those with a price of one's own may have a budget."""
    assert load(monkeypatch, DAILY_BUDGET_USD="1.5", **variables).daily_budget_usd == 1.5


def test_without_a_budget_no_price_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sets no budget may use any model."""
    assert load(monkeypatch, CHAT_MODEL="openai:gpt-99").daily_budget_usd is None
