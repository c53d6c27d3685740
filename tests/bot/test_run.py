"""Starting and stopping."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
import os
import signal
import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from telegram import Update
from telegram.error import Conflict, NetworkError

from bot import run
from bot.app import build_application
from bot.context import BotApplication
from bot.run import serve
from bot.settings import Settings, SettingsError
from index.sources.reader import open_reader
from index.types import Answer, Status
from tests.bot.harness import a_state
from tests.helpers.bot_api.server import FakeBotApi


class Waiting:
    """An index that answers when told to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()

    async def ask(self, question: str, *_: object, **__: object) -> Answer:
        self.asked.set()
        await self.go_on.wait()
        return Answer(question, Status.ANSWERED, short_answer="Three")


@contextlib.asynccontextmanager
async def built(news: object, settings: Settings) -> AsyncIterator[BotApplication]:
    async with open_reader() as reader, a_state() as state:
        yield build_application(settings, news, reader, state)  # type: ignore[arg-type]  # only `ask` is needed


def settings_for(api: FakeBotApi, **more: str) -> Settings:
    return Settings.model_validate({"telegram_bot_token": api.token, "telegram_api_url": api.url, **more})


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


async def until_logged(log: io.StringIO, words: str) -> None:
    while words not in log.getvalue():  # noqa: ASYNC110 - a log has no event to wait for
        await asyncio.sleep(0.01)


async def test_stop_finishes_what_is_in_flight(api: FakeBotApi, log: io.StringIO) -> None:
    """After SIGTERM the question being worked on is still answered, then the process is free to end."""
    news, settings = Waiting(), settings_for(api)
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with built(news, settings) as application:
        serving = asyncio.create_task(serve(application, settings))
        asked = api.say(chat, alice, "How many?")
        await news.asked.wait()
        stop()
        await asyncio.sleep(0.05)
        assert not serving.done()
        news.go_on.set()
        await serving
    assert [message.reply_to for message in api.replies(chat)] == [asked]
    assert "the bot is running" in log.getvalue()
    assert api.token not in log.getvalue()


async def test_stop_does_not_wait_for_ever(api: FakeBotApi, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """What isn't finished in time is cancelled and said so in the log."""
    monkeypatch.setattr(run, "_STOP_WITHIN", 0.1)
    news, settings = Waiting(), settings_for(api)
    alice = api.user("Alice")
    async with built(news, settings) as application:
        serving = asyncio.create_task(serve(application, settings))
        api.say(api.private_chat(alice), alice, "How many?")
        await news.asked.wait()
        stop()
        await serving
    assert "unfinished=1" in log.getvalue()


async def test_refused_token(api: FakeBotApi, log: io.StringIO) -> None:
    """A token that Telegram refuses ends in one line that names @BotFather, and stands nowhere."""
    wrong = api.token[:-1] + "X"
    settings = settings_for(api, telegram_bot_token=wrong)
    async with built(None, settings) as application:
        with pytest.raises(SettingsError, match=r"Telegram refused the token.*@BotFather") as caught:
            await serve(application, settings)
    assert wrong not in log.getvalue() + str(caught.value)
    assert "\n" not in str(caught.value)


async def test_refused_token_shows_before_models_are_opened(api: FakeBotApi, log: io.StringIO, tmp_path: Path) -> None:
    """`askwire run` with a wrong token ends before it fetches weights or makes a data folder."""
    data_dir = tmp_path / "data"
    settings = settings_for(api, telegram_bot_token=api.token[:-1] + "X", askwire_data_dir=str(data_dir))
    with pytest.raises(SettingsError, match="Telegram refused the token"):
        await run.run_bot(settings)
    assert not data_dir.exists()


async def test_telegram_down_at_the_start(api: FakeBotApi, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Telegram cannot be reached at the start, the bot tries again and then runs."""
    monkeypatch.setattr(run, "_FIRST_WAIT", 0.01)
    settings = settings_for(api)
    api.fail(method="getMe", status=502, times=2)
    async with built(None, settings) as application:
        serving = asyncio.create_task(serve(application, settings))
        alice = api.user("Alice")
        await api.wait_for_message(api.private_chat(alice), after=api.say(api.private_chat(alice), alice, "/help"))
        stop()
        await serving
    assert log.getvalue().count("trying again") == 2


async def test_stop_while_telegram_is_down(log: io.StringIO) -> None:
    """A stop while Telegram cannot be reached ends at once."""
    settings = Settings.model_validate(
        {
            "telegram_bot_token": "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake_-1",
            "telegram_api_url": "http://127.0.0.1:9",
        }
    )
    async with built(None, settings) as application:
        serving = asyncio.create_task(serve(application, settings))
        await until_logged(log, "trying again")
        stop()
        await asyncio.wait_for(serving, 5)


async def test_webhook(api: FakeBotApi, log: io.StringIO, unused_tcp_port: int) -> None:
    """With WEBHOOK_URL updates come over HTTP, and only with the secret."""
    listen = f"127.0.0.1:{unused_tcp_port}"
    settings = settings_for(
        api, webhook_url="https://bot.example/hook", webhook_secret="a-secret", webhook_listen=listen
    )
    async with built(None, settings) as application, httpx.AsyncClient(trust_env=False) as client:
        serving = asyncio.create_task(serve(application, settings))
        await until_logged(log, "the bot is running")
        (hook,) = api.calls("setWebhook")
        assert (hook.params["url"], hook.params["secret_token"]) == ("https://bot.example/hook", "a-secret")
        refused = await client.post(f"http://{listen}/hook", json={"update_id": 1})
        assert refused.status_code == 403
        taken = await client.post(
            f"http://{listen}/hook",
            json={"update_id": 1},
            headers={"X-Telegram-Bot-Api-Secret-Token": "a-secret"},
        )
        assert taken.status_code == 200
        inbox = application.bot_data.state.inbox
        assert not await inbox.store(Update(1)), "the update was stored before Telegram heard that it arrived"
        stop()
        await serving
    assert "a-secret" not in log.getvalue()


async def test_a_webhook_that_several_share_needs_one_secret(
    api: FakeBotApi, log: io.StringIO, unused_tcp_port: int
) -> None:
    """With a database that others may be on, a secret made at the start is told once; one that is set is not."""
    shared = {
        "webhook_url": "https://bot.example/hook",
        "webhook_listen": f"127.0.0.1:{unused_tcp_port}",
        "database_url": "postgresql://askwire@127.0.0.1/askwire",
    }
    assert await logged_at_the_start(settings_for(api, **shared, webhook_secret="a-secret"), log) == ""
    said = await logged_at_the_start(settings_for(api, **shared), log)
    assert said.count("set WEBHOOK_SECRET to the same value") == 1
    del shared["database_url"]
    assert "WEBHOOK_SECRET" not in await logged_at_the_start(settings_for(api, **shared), log)


async def logged_at_the_start(settings: Settings, log: io.StringIO) -> str:
    """The warnings of a start."""
    before = len(log.getvalue())
    async with built(None, settings) as application:
        serving = asyncio.create_task(serve(application, settings))
        while "the bot is running" not in log.getvalue()[before:]:  # noqa: ASYNC110 - a log has no event to wait for
            await asyncio.sleep(0.01)
        stop()
        await serving
    return "".join(line for line in log.getvalue()[before:].splitlines() if "warning" in line)


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # tornado lets go of one that it cannot bind
async def test_a_port_in_use_is_named(api: FakeBotApi, log: io.StringIO) -> None:
    """The setting is named, and the address that could not be listened at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        settings = settings_for(api, webhook_url="https://bot.example/hook", webhook_listen=listen)
        async with built(None, settings) as application:
            with pytest.raises(SettingsError, match=rf"^WEBHOOK_LISTEN does not work: {listen} .*in use"):
                await serve(application, settings)
    gc.collect()  # here, not in a test that this mark is not for


async def test_a_refused_webhook_is_told_of_its_setting(
    api: FakeBotApi, log: io.StringIO, unused_tcp_port: int
) -> None:
    """Where Telegram takes no webhook, the address that it was given is what is wrong."""
    listen = f"127.0.0.1:{unused_tcp_port}"
    settings = settings_for(api, webhook_url="https://bot.example/hook", webhook_listen=listen)
    api.fail(method="setWebhook", status=400)
    async with built(None, settings) as application:
        with pytest.raises(SettingsError, match=r"^WEBHOOK_URL does not work: "):
            await serve(application, settings)


@pytest.mark.parametrize("several", [False, True])
def test_two_that_poll_are_told_now_and_then(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, several: bool
) -> None:
    """At once and then every ten minutes; where several are meant to run, also what they need."""
    clock = SimpleNamespace(monotonic=lambda: 0.0)
    monkeypatch.setattr(run, "time", clock)
    faults = run._PollingFaults(several=several)
    for now, told in ((5.0, 1), (10.0, 1), (604.0, 1), (605.0, 2), (700.0, 2)):  # seconds since the machine started
        clock.monotonic = partial(float, now)
        faults.tell(Conflict("terminated by other getUpdates request"))
        assert log.getvalue().count("another process receives") == told
    assert ("for several processes set WEBHOOK_URL" in log.getvalue()) is several
    faults.tell(NetworkError("away"))
    assert "Telegram cannot be reached" in log.getvalue()


async def test_another_that_polls_is_logged(api: FakeBotApi, log: io.StringIO) -> None:
    """Telegram's 409 while the bot runs is told as that, with what helps where a database is shared."""
    settings = settings_for(api, database_url="postgresql://askwire@127.0.0.1/askwire")
    async with built(None, settings) as application:
        api.fail(method="getUpdates", status=409)
        serving = asyncio.create_task(serve(application, settings))
        await until_logged(log, "another process receives this bot's messages")
        stop()
        await serving
    assert "for several processes set WEBHOOK_URL" in log.getvalue()
