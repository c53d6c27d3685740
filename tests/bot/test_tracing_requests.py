"""Traces of what is no question in a chat: commands that ask the index, inline queries, scheduled digests."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import jobs
from bot.context import AskContext
from bot.digest_times import DigestPlan
from bot.digests import Digests
from bot.handlers import inline
from bot.jobs import send_digests
from bot.tracing import open_tracing
from index.news_index import NewsIndex
from index.providers.fakes import FakeEmbedder
from tests.bot.collector import Collector
from tests.bot.harness import QUESTION, STORY, Scripted, running_bot
from tests.bot.talk import Clock
from tests.bot.traced import answered, settings_for
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.providers.conftest import QUICK
from tests.index.providers.model_server import serving
from tests.index.providers.wires import KEY, OPENAI
from tests.index.summaries.test_digest_writing import BEGIN, tram

TOWNS = "Oslo Rome Paris Tokyo Lima Cairo Quito Delhi".split()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "PAUSE", 0.1)


@pytest.mark.parametrize("asked", [f"/summary {STORY.url}", "/digest", "/timeline rockets at the embassy", "/catchup"])
async def test_a_command_is_one_trace(
    api: FakeBotApi, collector: Collector, log: io.StringIO, tmp_path: Path, asked: str
) -> None:
    """By its name, with the id that the log has and the calls of models in it, and without anybody's words."""
    async with (
        serving(OPENAI) as server,
        open_tracing(settings_for(collector)) as tracing,
        await NewsIndex.open_with(
            tmp_path / "data",
            embedder=FakeEmbedder(),
            chat_model=(chat_model := OPENAI.open(server.url, "ok", KEY, QUICK)),
        ) as news,
    ):
        await news.add([STORY])
        async with running_bot(api, news, tracing=tracing):
            chat = api.private_chat(alice := api.user("Zebra"))
            message = api.say(chat, alice, asked)
            await api.wait_for_message(chat, after=message)
            await api.settle()
        await chat_model.close()
    name = asked.split(maxsplit=1)[0].removeprefix("/")
    (request,) = collector.named(name)
    assert collector.below(request)[0] == "wait"
    assert {span.trace for span in collector.spans} == {request.trace}
    assert request.attributes.keys() == {"askwire.request"} and not request.error
    (line,) = (line for line in log.getvalue().splitlines() if f"{name} done" in line)
    assert f"request={request.attributes['askwire.request']}" in line
    assert bool(server.seen) == any(span.name.startswith("OpenAILike") for span in collector.spans)
    assert bool(server.seen) == (name != "catchup")  # which is for groups
    sent = b" ".join(collector.bodies).decode(errors="replace").casefold()
    for word in ("rockets", "embassy", "zebra", "news.example", KEY, api.token):
        assert word.casefold() not in sent


async def test_a_page_of_a_digest_is_one(api: FakeBotApi, collector: Collector, news: NewsIndex) -> None:
    """The button under a digest asks the index as the command does."""
    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, news, tracing=tracing) as bot:
        chat = api.private_chat(alice := api.user("Alice"))
        await news.add(
            [replace(tram(town), published_at=BEGIN + timedelta(days=9 * n)) for n, town in enumerate(TOWNS)]
        )
        shown = await bot.reply_to(api.say(chat, alice, "/digest"))
        await api.wait_for_answer(api.press(shown, alice, "Next ›"))
        await api.settle()
    assert len(collector.named("digest")) == 2


async def test_an_inline_query_is_one(api: FakeBotApi, collector: Collector) -> None:
    """With how it ended and the stages of its answer."""
    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, Scripted(answered), tracing=tracing):
        await api.wait_for_answer(api.inline(api.user("Alice"), QUESTION))
        await api.settle()
    (request,) = collector.named("inline")
    assert request.attributes["askwire.status"] == "answered"
    assert collector.below(request) == ["wait", "answer"]
    assert collector.below(collector.named("answer")[0]) == ["retrieval", "sentences", "writing"]


async def test_a_digest_that_comes_by_itself_is_one(
    api: FakeBotApi, collector: Collector, news: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No update asked for it: it waits for nothing, and has no request's id."""
    clock = Clock()
    monkeypatch.setattr(jobs, "datetime", clock)
    now = clock.now_at = datetime.now(UTC).replace(microsecond=0)
    async with open_tracing(settings_for(collector)) as tracing, running_bot(api, news, tracing=tracing) as bot:
        chat = api.group("G", members=[api.user("Alice")])
        await news.add([STORY])
        digests = Digests(bot.application.bot_data.state.database, lambda: now - timedelta(days=2))
        due = now + timedelta(minutes=1)
        await digests.change(chat.id, None, lambda _: DigestPlan("daily", f"{due:%H:%M}"))
        clock.now_at = now + timedelta(minutes=5)
        await send_digests(AskContext(bot.application))
    (request,) = collector.named("scheduled digest")
    assert request.attributes == {} and collector.below(request) == []
