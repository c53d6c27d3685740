"""What inline queries cost: daily limits, the budget, and who may ask at all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.handlers import inline
from index.types import Answer, Status
from tests.bot.harness import QUESTION, Scripted, declined, running_bot
from tests.helpers.bot_api.server import FakeBotApi


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PAUSE", 0.1)


async def test_daily_limit(api: FakeBotApi) -> None:
    """Each question that is worked on counts for its person; one too many is told when to ask again, and not asked."""
    asked: list[str] = []

    async def act(question: str) -> Answer:
        asked.append(question)
        return declined(question)

    async with running_bot(api, Scripted(act), daily_questions_per_user=2):
        alice, bob = api.user("Alice"), api.user("Bob")
        for text in ("How many rockets?", "Who was blamed?", "How many rockets?"):
            query = api.inline(alice, text)
            last = await api.wait_for_answer(query)
        assert last["button"]["text"] == "No more questions today; again from 00:00 (UTC)."
        assert (query.results, last["cache_time"]) == ([], 0)
        await api.wait_for_answer(other := api.inline(bob, "Who was blamed?"))
        assert other.results
    assert asked == ["How many rockets?", "Who was blamed?", "Who was blamed?"]


async def test_no_questions_allowed(api: FakeBotApi) -> None:
    """A limit of 0 allows none."""
    async with running_bot(api, None, daily_questions_per_user=0):
        answer = await api.wait_for_answer(api.inline(api.user("Alice"), QUESTION))
        assert answer["button"]["text"] == "I take no questions: my owner allows none."


async def test_a_failure_does_not_count(api: FakeBotApi) -> None:
    """A question that failed on the bot's side is given back."""
    asked: list[str] = []

    async def act(question: str) -> Answer:
        asked.append(question)
        if len(asked) == 1:
            raise RuntimeError("boom")
        return declined(question)

    async with running_bot(api, Scripted(act), daily_questions_per_user=1):
        alice = api.user("Alice")
        api.inline(alice, QUESTION)
        await api.wait_until(lambda: bool(asked))
        await asyncio.sleep(0.2)
        query = api.inline(alice, QUESTION)
        await api.wait_for_answer(query)
        assert query.results


async def test_budget(api: FakeBotApi) -> None:
    """When the day's money is used up, no model is asked, and the shared text says so."""
    with_model: list[object] = []

    class News:
        async def ask(self, question: str, *_: object, use_model: bool = True, **__: object) -> Answer:
            with_model.append(use_model)
            return Answer(question, Status.QUOTED)

    paid: dict[str, Any] = {"chat_model": "openai:gpt-5", "openai_api_key": "k", "model_prices": "openai:gpt-5=1/2"}
    async with running_bot(api, News(), **paid, daily_budget_usd=0):
        query = api.inline(api.user("Alice"), QUESTION)
        await api.wait_for_answer(query)
        assert "I answer with quotes alone" in str(query.results)
    assert with_model == [False]


async def test_strangers(api: FakeBotApi) -> None:
    """Who may not use the bot gets nothing searched for."""
    async with running_bot(api, None, allowed_telegram_user_ids="1"):
        query = api.inline(api.user("Alice"), QUESTION)
        await asyncio.sleep(0.3)
        await api.settle()
        assert query.results == []
