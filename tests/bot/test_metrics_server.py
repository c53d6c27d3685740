"""METRICS_LISTEN: `/healthz` tells whether the bot works, `/metrics` what it did, and neither what anybody said."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import heartbeat, metrics_server
from bot.jobs import poll_feeds
from bot.run import serve
from bot.settings import Settings, SettingsError
from index.errors import StoreError
from index.news_index import NewsIndex
from index.types import Answer, ModelUsage, Status, Timings
from tests.bot.harness import QUESTION, STORY, Bot, Scripted, running_bot
from tests.bot.test_run import built, settings_for, stop, until_logged
from tests.helpers.bot_api.server import FakeBotApi


@asynccontextmanager
async def listening(bot: Bot, port: int, **settings: str) -> AsyncIterator[httpx.AsyncClient]:
    """The server beside a running bot, and a client for it."""
    given = Settings.model_validate({"metrics_listen": f"127.0.0.1:{port}", **settings})
    async with (
        metrics_server.metrics_server(bot.application, given),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        yield client


async def values(client: httpx.AsyncClient) -> dict[str, float]:
    """The samples of /metrics: name and labels together."""
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


async def test_health_of_a_polling_bot(bot: Bot, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is well while it polls and reads its database, and not when either has stopped."""
    async with listening(bot, unused_tcp_port) as client:
        well = await client.get("/healthz")
        assert (well.status_code, well.text) == (200, "ok\n")
        with monkeypatch.context() as patch:
            patch.setattr(heartbeat, "_SILENT_S", 0.0)
            silent = await client.get("/healthz")
        assert (silent.status_code, silent.text) == (503, "polling has stopped\n")
        with monkeypatch.context() as patch:

            async def fail(_: object) -> None:
                raise StoreError("It cannot be read.")

            patch.setattr(type(bot.application.bot_data.state.database), "run", lambda _, work: fail(work))
            broken = await client.get("/healthz")
            assert (broken.status_code, broken.text) == (503, "database\n")
            assert (await client.get("/metrics")).status_code == 503
        assert bot.application.updater is not None
        await bot.application.updater.stop()
        stopped = await client.get("/healthz")
        assert (stopped.status_code, stopped.text) == (503, "not receiving\n")
        await bot.application.updater.start_polling()


async def test_a_database_that_hangs_is_told_in_time(
    bot: Bot, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks does not wait as long as the database takes."""
    monkeypatch.setattr(metrics_server, "_WITHIN_S", 0.1)
    go_on = threading.Event()
    busy = asyncio.create_task(bot.application.bot_data.state.database.run(lambda _: go_on.wait(20)))
    await asyncio.sleep(0.05)
    async with listening(bot, unused_tcp_port) as client:
        assert (await client.get("/healthz")).status_code == 503
        go_on.set()
        await busy
        assert (await client.get("/healthz")).status_code == 200


async def test_health_of_a_bot_behind_a_webhook(bot: Bot, unused_tcp_port: int) -> None:
    """With WEBHOOK_URL it is well while somebody listens where the webhook's calls arrive."""
    with socket.socket() as hook:
        hook.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{hook.getsockname()[1]}"
        given = {"webhook_url": "https://bot.example/hook", "webhook_listen": address}
        async with listening(bot, unused_tcp_port, **given) as client:
            assert (await client.get("/healthz")).text == "the webhook is not listening\n"
            hook.listen()
            assert (await client.get("/healthz")).status_code == 200


async def test_what_is_counted(api: FakeBotApi, unused_tcp_port: int) -> None:
    """Questions by their end, stages, tokens, cost, and what Telegram put off."""
    used = (ModelUsage("openai:gpt-5-mini", 1_000_000, 500_000),)
    times = Timings(retrieval_ms=60, first_token_ms=900, total_ms=3000, sentences_ms=10, usage=used)

    async def act(question: str) -> Answer:
        if "fail" in question:
            raise StoreError("It cannot be read.")
        return Answer(question, Status.ANSWERED, short_answer="Three", timings=times)

    async with (
        running_bot(api, Scripted(act), daily_questions_per_chat="3") as bot,
        listening(bot, unused_tcp_port) as client,
    ):
        before = await values(client)
        assert before["askwire_questions_total{status=answered}"] == 0
        alice = api.user("Alice")
        chat = api.private_chat(alice)
        api.flood(method="sendMessage", retry_after=1)
        for said in ("How many rockets?", "Please fail", "And now?", "Who else?", "One too many?"):
            await bot.reply_to(api.say(chat, alice, said))
        await api.settle()
        seen = await values(client)
    assert seen["askwire_questions_total{status=answered}"] == 3
    assert seen["askwire_questions_total{status=failed}"] == 1
    assert seen["askwire_questions_total{status=refused}"] == 1
    assert seen["askwire_question_stage_seconds_count{stage=total}"] == 3
    assert seen["askwire_question_stage_seconds_sum{stage=retrieval}"] == pytest.approx(0.18)
    assert seen["askwire_model_tokens_total{model=openai:gpt-5-mini,way=written}"] == 1_500_000
    assert seen["askwire_model_cost_usd_total{}"] == pytest.approx(3 * (0.25 + 1.0))
    assert seen["askwire_telegram_floods_total{method=sendMessage}"] >= 1
    assert seen["askwire_inbox_updates{stage=waiting}"] == seen["askwire_inbox_updates{stage=started}"] == 0
    assert seen["askwire_telegram_contact_timestamp_seconds{}"] > 1.7e9


async def test_the_queue_is_counted_as_it_is(api: FakeBotApi, unused_tcp_port: int) -> None:
    """A question that is worked on is started, one behind it in the same chat waits."""
    go_on = asyncio.Event()

    async def act(question: str) -> Answer:
        await go_on.wait()
        return Answer(question, Status.DECLINED)

    async with running_bot(api, Scripted(act)) as bot, listening(bot, unused_tcp_port) as client:
        alice = api.user("Alice")
        chat = api.private_chat(alice)
        for said in ("One?", "Two?", "Three?"):
            api.say(chat, alice, said)
        while (await bot.application.bot_data.state.inbox.depth()) != (2, 1):  # noqa: ASYNC110 - a count
            await asyncio.sleep(0.02)
        seen = await values(client)
        assert (seen["askwire_inbox_updates{stage=waiting}"], seen["askwire_inbox_updates{stage=started}"]) == (2, 1)
        go_on.set()
        await api.settle()


async def test_feeds_that_fail_are_counted(
    api: FakeBotApi, news: NewsIndex, bot: Bot, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    """Each look counts as well or failed, and so do the articles that came in."""

    class Report:
        def __init__(self, problem: str | None, added: int) -> None:
            self.problem, self.added = problem, (None,) * added

    class Feeds:
        async def poll(self) -> list[Report]:
            return [Report(None, 3), Report("It is gone.", 0), Report(None, 1)]

    class Context:
        feeds, metrics = Feeds(), bot.application.bot_data.metrics

    await poll_feeds(Context())  # type: ignore[arg-type]  # it needs no more of a context
    async with listening(bot, unused_tcp_port) as client:
        seen = await values(client)
    assert seen["askwire_feed_looks_total{result=ok}"] == 2
    assert seen["askwire_feed_looks_total{result=failed}"] == 1
    assert seen["askwire_feed_articles_total{}"] == 4


async def test_nobody_is_in_the_metrics(bot: Bot, unused_tcp_port: int) -> None:
    """No word of a question, name or id stands in any label or value's name; other paths give nothing."""
    alice = bot.api.user("Zebra")
    group = bot.api.supergroup("Quartz", members=[alice])
    await bot.news.add([STORY])
    await bot.reply_to(bot.api.say(group, alice, f"/ask {QUESTION}"))
    async with listening(bot, unused_tcp_port) as client:
        text = (await client.get("/metrics")).text
        lost = await client.get("/healthz/../etc/passwd?x=1")
    labels = " ".join(re.findall(r"\{.*\}", text))
    for word in ("Zebra", "Quartz", "rockets", "embassy", str(alice.id), str(abs(group.id)), bot.api.token):
        assert word.casefold() not in labels.casefold()
    assert 'askwire_questions_total{status="answered"} 1.0' in text
    assert (lost.status_code, lost.text) == (404, "")


async def test_it_runs_with_the_bot(api: FakeBotApi, log: object, unused_tcp_port: int) -> None:
    """`askwire run` listens where METRICS_LISTEN says, and lets the port go at the end."""
    settings = settings_for(api, metrics_listen=f"127.0.0.1:{unused_tcp_port}")
    async with built(None, settings) as application, httpx.AsyncClient(trust_env=False) as client:
        serving = asyncio.create_task(serve(application, settings))
        await until_logged(log, "the bot is running")  # type: ignore[arg-type]  # the fixture's stream
        while (await client.get(f"http://127.0.0.1:{unused_tcp_port}/healthz")).status_code != 200:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.05)
        stop()
        await serving
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", unused_tcp_port))


async def test_a_port_in_use_is_one_clear_line(api: FakeBotApi, log: object) -> None:
    """It names the setting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = settings_for(api, metrics_listen=f"127.0.0.1:{taken.getsockname()[1]}")
        async with built(None, settings) as application:
            with pytest.raises(SettingsError, match=r"^METRICS_LISTEN: cannot listen at 127.0.0.1:\d+: Address"):
                await serve(application, settings)
