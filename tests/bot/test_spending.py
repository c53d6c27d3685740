"""What summaries cost counts, and when the day's budget is used up no model writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from tests.bot.handlers.test_summaries_everywhere import LINK, ROCKETS
from tests.bot.harness import running_bot
from tests.bot.honest_writer import HonestWriter
from tests.helpers.bot_api.server import FakeBotApi

PAID: dict[str, Any] = {"chat_model": "openai:gpt-5", "openai_api_key": "k", "model_prices": "openai:gpt-5=1000/1000"}


class PaidWriter(HonestWriter):
    """A large model that costs a tenth of a cent a token."""

    name = "openai:gpt-5"


async def test_a_summary_is_paid_from_the_days_budget(api: FakeBotApi, tmp_path: Path) -> None:
    """The first is written and uses it up; the next is made of the article's own sentences, and costs nothing."""
    writer = PaidWriter()
    data = tmp_path / "data"
    async with await NewsIndex.open_with(data, embedder=FakeEmbedder(), chat_model=writer) as news:
        await news.add([ROCKETS])
        async with running_bot(api, news, **PAID, daily_budget_usd=0.01) as bot:
            alice = api.user("Alice")
            chat = api.private_chat(alice)
            written = await bot.reply_to(api.say(chat, alice, f"/summary {LINK}"))
            today, usage = datetime.now(UTC).date(), bot.application.bot_data.state.usage
            spent = await usage.spent(today)
            assert spent > 0.01
            assert len(writer.prompts) == 1
            chosen = await bot.reply_to(api.say(chat, alice, "/timeline rockets embassy"))
            assert len(writer.prompts) == 1
            assert await usage.spent(today) == spent
    assert "openai:gpt-5" in written.text
    assert "openai:gpt-5" not in chosen.text
