"""Starting and stopping."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from telegram import Update

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
