"""What models cost."""

from __future__ import annotations

import pytest

from bot.prices import FREE, LIST_PRICES, Price, cost_of, known_prices, price_of, unpriced

LISTED = known_prices({}, own_openai_server=False)


def test_cost_of_a_request() -> None:
    """A million tokens cost what the list says, the prompt's and the written ones each at their price."""
    assert cost_of("openai:gpt-5-mini", 1_000_000, 0, LISTED) == pytest.approx(0.25)
    assert cost_of("openai:gpt-5-mini", 0, 1_000_000, LISTED) == pytest.approx(2.00)
    assert cost_of("anthropic:claude-sonnet-4-5", 3_000, 200, LISTED) == pytest.approx(0.009 + 0.003)


@pytest.mark.parametrize("model", ["local:gemma-3-270m", "ollama:qwen3:4b", "none"])
def test_what_runs_here_is_free(model: str) -> None:
    """Local models, ollama's and none at all cost nothing."""
    assert cost_of(model, 10**9, 10**9, LISTED) == 0
    assert price_of(model, LISTED) == FREE


@pytest.mark.parametrize(
    ("model", "known"),
    [
        ("openai:gpt-5-mini-2025-08-07", True),
        ("anthropic:claude-haiku-4-5-20251001", True),
        ("anthropic:claude-opus-4-1-latest", True),
        ("openai:gpt-5-mini-turbo", False),
        ("openai:gpt-5-minimal", False),
        ("gemini:gpt-5-mini", False),
        ("openai:gpt-99", False),
    ],
)
def test_a_dated_version_costs_what_the_model_costs(model: str, known: bool) -> None:
    """A date behind a known name changes nothing; another name that begins alike is another model."""
    assert (price_of(model, LISTED) is not None) is known


def test_own_prices_win() -> None:
    """A price of one's own takes the place of the listed one, of nothing, and of a dated version's."""
    own = {"openai:gpt-5": Price(9, 99), "ollama:big": Price(1, 1), "openai:gpt-5-2025-08-07": Price(7, 77)}
    prices = known_prices(own, own_openai_server=False)
    assert price_of("openai:gpt-5", prices) == Price(9, 99)
    assert price_of("ollama:big", prices) == Price(1, 1)
    assert price_of("openai:gpt-5-2025-08-07", prices) == Price(7, 77)
    assert price_of("openai:gpt-5-mini", prices) == LIST_PRICES["openai:gpt-5-mini"]


def test_a_server_of_one_s_own_has_its_own_prices() -> None:
    """Behind OPENAI_BASE_URL a well-known name may be anything, so only a price of one's own is a price."""
    assert price_of("openai:gpt-5", known_prices({}, own_openai_server=True)) is None
    assert price_of("gemini:gemini-2.5-flash", known_prices({}, own_openai_server=True)) is not None
    own = {"openai:gpt-5": Price(1, 2)}
    assert price_of("openai:gpt-5", known_prices(own, own_openai_server=True)) == Price(1, 2)


def test_an_unknown_price_is_not_nothing() -> None:
    """Without a price there is no cost to name."""
    assert unpriced(["openai:gpt-5", "openai:gpt-99", "local:x"], LISTED) == ["openai:gpt-99"]
    with pytest.raises(ValueError, match="gpt-99"):
        cost_of("openai:gpt-99", 1, 1, LISTED)


def test_the_list() -> None:
    """Every listed price is one of a provider that takes money, and writing costs more than reading."""
    for model, price in LIST_PRICES.items():
        assert model.partition(":")[0] in {"openai", "anthropic", "gemini"}
        assert 0 < price.input < price.output
