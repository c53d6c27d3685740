"""A full or read-only disk and a locked database: one line, answers go on, and what was not stored is not lost."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.app import build_application
from bot.context import visible_scopes
from bot.run import ALLOWED_UPDATES
from bot.settings import Settings
from bot.state import State, open_state
from index.config import DATABASE
from index.sources.reader import open_reader
from index.types import PUBLIC
from tests.bot.command import Askwire
from tests.bot.harness import QUESTION, STORY, Bot, open_news
from tests.helpers.bot_api.server import FakeBotApi

ONCE = "the database cannot be written: what can be answered without is answered"
REASONS = ("database or disk is full", "attempt to write a readonly database", "disk I/O error")  # as SQLite says
AGAIN = "the database can be written again"


@asynccontextmanager
async def bot_in(folder: Path, api: FakeBotApi, **settings: str) -> AsyncIterator[tuple[Bot, State]]:
    """A bot whose articles and records are in one data directory, as in a deployment."""
    values = {"telegram_bot_token": api.token, "telegram_api_url": api.url, **settings}
    async with (
        await open_news(folder) as news,
        open_reader() as reader,
        open_state(folder / DATABASE) as state,
    ):
        application = build_application(Settings.model_validate(values), news, reader, state)
        assert application.updater is not None
        await application.initialize()
        await application.start()
        await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES)
        try:
            yield Bot(application, api, news), state
        finally:
            await application.updater.stop()
            await application.stop()
            await application.shutdown()


@contextmanager
def refused_writes(bot: Bot, state: State, reason: str, *, reads: bool = False) -> Iterator[None]:
    """Lets every statement that writes fail as SQLite fails on such a disk; with `reads` all of them."""

    def refuse(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if reads or statement.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            raise sqlite3.OperationalError(reason)

    engines = (state.database._engine, bot.news.retriever.catalog.engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", refuse)
    yield
    for engine in engines:
        event.remove(engine, "before_cursor_execute", refuse)


@pytest.mark.parametrize(
    "reason", ["database or disk is full", "attempt to write a readonly database", "disk I/O error"]
)
async def test_answers_go_on_while_nothing_can_be_written(
    api: FakeBotApi, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """In private and in groups, and the log says it once; an article that cannot be saved goes in afterwards."""
    alice = api.user("Alice")
    chat, group = api.private_chat(alice), api.supergroup("News room", members=[alice])
    async with bot_in(tmp_path, api) as (bot, state):
        await bot.news.add([STORY])
        with refused_writes(bot, state, reason):
            for number in range(3):
                where, said = (group, f"/ask {QUESTION}") if number == 1 else (chat, QUESTION)
                reply = await bot.reply_to(api.say(where, alice, said))
                assert "Three rockets" in reply.text
            failed = await bot.reply_to(api.say(chat, alice, "/add Whale in port\n\nA whale named Ottoline swam in."))
            assert reason.split(maxsplit=1)[0] in failed.text or "cannot be" in failed.text
        monkeypatch.setattr("bot.noting._CALM_S", 0.0)
        added = await bot.reply_to(api.say(chat, alice, "/add Whale in port\n\nA whale named Ottoline swam in."))
        assert "Whale in port" in added.text
        await api.settle()
        assert await state.inbox.depth() == (0, 0)
        assert len(api.replies(chat)) == 4
    assert log.getvalue().count(ONCE) == 1
    assert log.getvalue().count(AGAIN) == 1
    assert reason in log.getvalue()


async def test_an_update_that_is_not_stored_is_not_acknowledged(
    api: FakeBotApi, log: io.StringIO, tmp_path: Path
) -> None:
    """Killed before the reply while nothing can be written, the bot is sent the question again at its next start."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    never = asyncio.Event()

    async def hang(*_: object, **__: object) -> None:
        await never.wait()

    async with bot_in(tmp_path, api) as (bot, state):
        await bot.news.add([STORY])
        with refused_writes(bot, state, "database or disk is full"):
            bot.news.ask = hang  # type: ignore[method-assign,assignment]  # it is killed in there
            asked = api.say(chat, alice, QUESTION)
            while ONCE not in log.getvalue():  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)
            processor = bot.application.update_processor
            await processor.cancel_all()  # type: ignore[attr-defined]  # ours has it
    assert api.replies(chat) == []
    async with bot_in(tmp_path, api) as (bot, state):
        reply = await bot.reply_to(asked)
        assert "Three rockets" in reply.text
        await api.settle()
        assert len(api.replies(chat)) == 1


async def test_an_update_is_stored_when_that_works_again(api: FakeBotApi, log: io.StringIO, tmp_path: Path) -> None:
    """While it is worked on: the next start knows of it, and once it is handled it is ticked off."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    go_on = asyncio.Event()
    async with bot_in(tmp_path, api) as (bot, state):
        await bot.news.add([STORY])
        ask = bot.news.ask

        async def later(*given: Any, **more: Any) -> Any:
            await go_on.wait()
            return await ask(*given, **more)

        bot.news.ask = later  # type: ignore[method-assign]  # slow
        with refused_writes(bot, state, "database or disk is full"):
            asked = api.say(chat, alice, QUESTION)
            while ONCE not in log.getvalue():  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
        async with asyncio.timeout(10):
            while sum(await state.inbox.depth()) != 1:  # noqa: ASYNC110 - a count
                await asyncio.sleep(0.05)
        go_on.set()
        assert "Three rockets" in (await bot.reply_to(asked)).text
        await api.settle()
        assert await state.inbox.depth() == (0, 0)


HOLD = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("patience_ms", [100, 10_000])
async def test_a_database_that_another_process_locks(
    api: FakeBotApi, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience_ms: int
) -> None:
    """A lock that is shorter than askwire's patience is not even noticed; a longer one is told once, and outlived."""
    monkeypatch.setattr("index.database._BUSY_MS", patience_ms)
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    async with bot_in(tmp_path, api) as (bot, state):
        await bot.news.add([STORY])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HOLD, str(tmp_path / DATABASE)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert await process.stdout.readline() == b"held\n"
        asked = api.say(chat, alice, QUESTION)
        if patience_ms == 100:
            assert "Three rockets" in (await bot.reply_to(asked)).text
        else:
            await asyncio.sleep(1.5)
            assert api.replies(chat) == []
        monkeypatch.setattr("bot.noting._CALM_S", 0.0)
        process.stdin.close()
        await process.wait()
        assert "Three rockets" in (await bot.reply_to(asked)).text
        await bot.reply_to(api.say(chat, alice, QUESTION))
        await api.settle()
        assert len(api.replies(chat)) == 2
        assert await state.inbox.depth() == (0, 0)
    times = 1 if patience_ms == 100 else 0
    assert (log.getvalue().count(ONCE), log.getvalue().count(AGAIN)) == (times, times)


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own; skips the test where none can be made."""
    if os.name != "posix" or shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(disk: Path, way: str) -> None:
    """Lets a disk be read alone (ro), or written, too (rw)."""
    subprocess.run(["mount", "-o", f"remount,{way}", str(disk)], check=True)


def fill(folder: Path) -> Path:
    """Takes all the room that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


async def test_a_disk_that_is_really_full(api: FakeBotApi, log: io.StringIO, tmp_path: Path) -> None:
    """Questions are answered; no article is confirmed that is not there afterwards; with room it goes on by itself."""
    alice = api.user("Alice")
    chat = api.private_chat(alice)
    with small_disk(tmp_path / "disk", "size=32m") as disk:
        async with bot_in(disk / "data", api) as (bot, state):
            await bot.news.add([STORY])
            ballast = fill(disk)
            confirmed = []
            for number in range(12):
                words = f"/add Boat {number}\n\n" + f"Boat{number} came into harbour{number}. " * 100
                reply = await bot.reply_to(api.say(chat, alice, words))
                if reply.text.startswith("Added"):
                    confirmed.append(number)
                assert "Three rockets" in (await bot.reply_to(api.say(chat, alice, QUESTION))).text
            assert len(confirmed) < 12
            ballast.unlink()
            assert (
                await bot.reply_to(api.say(chat, alice, "/add Whale\n\nA whale named Ottoline swam in."))
            ).text.startswith("Added")
            await api.settle()
            assert await state.inbox.depth() == (0, 0)
            (status,) = [await bot.news.status()]
        async with await open_news(disk / "data") as news:
            assert (await news.status()).healthy, status
            there = {article.title for article in await news.articles(visible_scopes(chat.id), limit=-1)}
            assert {f"Boat {number}" for number in confirmed} | {"Whale"} <= there
    assert log.getvalue().count(ONCE) == 1
    assert "Traceback" not in log.getvalue()


async def test_a_data_directory_that_can_only_be_read(tmp_path: Path) -> None:
    """A start there ends in one line that says whose it must be, and changes nothing."""
    with small_disk(tmp_path / "disk", "size=32m") as disk:
        async with await open_news(disk / "data") as news:
            await news.add([STORY])
        remount(disk, "ro")
        fault = await asyncio.to_thread(Askwire(tmp_path), "ask", "How many?", ASKWIRE_DATA_DIR=str(disk / "data"))
        assert fault.fault.startswith(f"The data directory {disk / 'data'} cannot be written (Read-only file system)")
        doctor = await asyncio.to_thread(Askwire(tmp_path), "doctor", "--json", ASKWIRE_DATA_DIR=str(disk / "data"))
        wrong = {entry["part"] for entry in doctor.json if entry["health"] == "wrong"}
        assert "Data directory" in wrong
        assert "Traceback" not in doctor.err
        remount(disk, "rw")
        async with await open_news(disk / "data") as news:
            assert await news.search("rockets", PUBLIC)
