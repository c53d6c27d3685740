"""What the tests of traces have in common: settings for a collector, an answer with times, and somebody who asks."""

from __future__ import annotations

from bot.settings import Settings
from index.types import Answer, Status, Timings
from tests.bot.collector import Collector
from tests.helpers.bot_api.server import FakeBotApi

TIMES = Timings(retrieval_ms=60, first_token_ms=900, total_ms=3000, sentences_ms=10, tokens=5, prompt_tokens=70)


def settings_for(collector: Collector, **more: str) -> Settings:
    return Settings.model_validate({"otel_exporter_otlp_endpoint": collector.url, **more})


async def answered(question: str) -> Answer:
    return Answer(question, Status.ANSWERED, short_answer="Three", model="openai:gpt-5-mini", timings=TIMES)


async def ask(api: FakeBotApi, *questions: str) -> None:
    """One user asks these, one after another, and gets a reply to each."""
    chat = api.private_chat(alice := api.user("Zebra"))
    for question in questions:
        message = api.say(chat, alice, question)
        await api.wait_for_message(chat, after=message)
    await api.settle()
