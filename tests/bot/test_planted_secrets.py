"""The secrets of a deployment, planted, are seen nowhere: log, replies, command line, metrics, backup, `repr`."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
import structlog

from bot.logs import configure_logging
from bot.problems import Problems, read_problems
from bot.settings import Settings
from index.errors import StoreError
from index.news_index import NewsIndex
from index.types import Answer, Status
from tests.bot.command import Askwire
from tests.bot.harness import running_bot
from tests.helpers.bot_api.server import FakeBotApi

# Parted, so that no scanner takes them for keys; with what JSON, Python and addresses each write in another way.
PASSWORD = 'q"7\\Zr2/Lm9 Pv4é'
PLANTED = {
    "TELEGRAM_BOT_TOKEN": "5550001234:" + "AAqZr7wXk2Lm9Pv4TnB6Yd1Hs8Gc3Jf5Ke0",
    "OPENAI_API_KEY": "sk-" + "planted-openai-Zr7wXk2Lm9",
    "ANTHROPIC_API_KEY": "sk-" + "ant-planted-Zr7wXk2Lm9",
    "GEMINI_API_KEY": "AI" + "za-planted-Zr7wXk2Lm9",
    "WEBHOOK_SECRET": "planted_webhook_Zr7wXk2Lm9",
    "CHROMA_TOKEN": "planted-chroma-Zr7wXk2Lm9",
    "DATABASE_URL": f"postgresql://askwire:{quote(PASSWORD, safe='')}@127.0.0.1:9/askwire",
}
SETTINGS = {name.lower(): value for name, value in PLANTED.items()}


def spellings() -> set[str]:
    """Each secret as it is, and as JSON, Python and an address write it."""
    values = {*PLANTED.values(), PASSWORD}
    return {
        form
        for value in values
        for form in (value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1])
    } | {quote(value, safe="") for value in values}


def seen_in(text: str) -> list[str]:
    return [secret for secret in spellings() if secret in text]


@contextmanager
def logging_of_a_run(settings: Settings, *, as_json: bool) -> Iterator[tuple[io.StringIO, Problems]]:
    """The logging that `askwire run` sets up, at DEBUG."""
    root, stream, problems = logging.getLogger(), io.StringIO(), Problems(settings.secrets())
    handlers, level = root.handlers, root.level
    configure_logging("DEBUG", settings.secrets(), stream, also=problems, as_json=as_json)
    try:
        yield stream, problems
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()


def log_all(everything: str) -> None:
    """As a careless part of askwire, and a library, would."""
    structlog.get_logger("bot.test").warning("a key was refused", reason=everything, error=everything)
    logging.getLogger("library").error("refused: %s", everything)


@pytest.mark.parametrize("as_json", [False, True])
async def test_a_running_bot_tells_none(
    api: FakeBotApi, news: NewsIndex, monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    """Answers, failures whose errors quote every secret, and /status tell none, in the log and in the chat."""
    everything = " ".join(sorted(spellings()))

    async def act(question: str, *_: object, **__: object) -> Answer:
        if "fail" in question:
            raise RuntimeError(everything)
        if "store" in question:
            raise StoreError("The database cannot be read.") from RuntimeError(everything)
        return Answer(question, Status.ANSWERED, short_answer="Three")

    monkeypatch.setattr(news, "ask", act)
    given: dict[str, Any] = {**SETTINGS, "telegram_bot_token": api.token}
    settings = Settings.model_validate(given)
    alice = api.user("Alice")
    with logging_of_a_run(Settings.model_validate(SETTINGS), as_json=as_json) as (stream, problems):
        async with running_bot(api, news, **{**given, "admin_user_ids": str(alice.id)}) as bot:
            chat = api.private_chat(alice)
            for said in ("How many?", "fail", "store", "/add", "/status"):
                api.say(chat, alice, said)
            await api.settle(quiet=1.0, timeout=20)
            log_all(everything)
            database = bot.application.bot_data.state.database
            await problems.keep(database)
            kept = await database.run(lambda connection: read_problems(connection, 50))  # what /status shows
            api.say(chat, alice, "/status")
            await api.settle(quiet=1.0, timeout=20)
            shown = "\n".join(message.text for message in api.replies(chat))
            reprs = f"{bot.application.bot_data!r} {settings!r} {settings.index_config()!r}"
            metrics = bot.application.bot_data.metrics.exposition(0, 0).decode()
    written = stream.getvalue()
    assert "a key was refused" in written
    assert "handler failed" in written
    assert seen_in(written) == []
    lines = "\n".join(problem.line for problem in kept)
    assert "a key was refused" in lines
    assert seen_in(lines + shown + metrics + reprs) == []
    assert api.token not in written + shown + metrics + reprs


class Echo(BaseHTTPRequestHandler):
    """Refuses every request, and quotes all of it."""

    def _refuse(self) -> None:
        told = f"Incorrect key: {self.path} {dict(self.headers)}"
        body = json.dumps({"error": {"message": told, "type": "authentication_error"}, "description": told}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = _refuse  # noqa: N815 - the names of the base class

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    """The address of a server that quotes what it refuses."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.timeout(300)  # about 9 s of work with real models and processes of its own, at a tenth of a core's pace
def test_no_command_tells_one(tmp_path: Path, weights_dir: Path, echo: str) -> None:
    """Services that refuse a key, and quote it, are told on the command line without it."""
    (tmp_path / "lake.txt").write_text("Lake walkers\n\nSeventy people walked around the frozen lake on Sunday.\n")
    command = refused(tmp_path, echo)
    assert command("add", "lake.txt").code == 0
    said = [command("ask", "How many walked?"), command("status"), command("doctor"), command("backup", "backup.tar")]
    assert [done.code for done in said] == [0, 0, 1, 0]
    assert "refuses the key" in said[2].out
    assert "refuses the token" in said[2].out
    said += [command("status", CHROMA_URL=echo), command("doctor", CHROMA_URL=echo)]
    assert [done.code for done in said[-2:]] == [1, 1]
    assert "wants another CHROMA_TOKEN" in said[-1].out
    assert "Start the Chroma server" not in said[-1].out  # it is there
    assert seen_in("".join(f"{done.out}{done.err}" for done in said)) == []
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert len(kept) > 1
    for path in (*kept, tmp_path / "backup.tar"):
        assert seen_in(path.read_bytes().decode("latin-1")) == [], path


def test_no_command_that_cannot_start_tells_one(tmp_path: Path, echo: str) -> None:
    """Nor does one whose database is away, or `askwire run` whose token is refused, in its log at DEBUG."""
    command = refused(tmp_path, echo)
    said = [command("status", DATABASE_URL=PLANTED["DATABASE_URL"]), command.process("run")]
    assert [done.code for done in said] == [1, 1]
    assert seen_in("".join(f"{done.out}{done.err}" for done in said)) == []


def refused(folder: Path, echo: str) -> Askwire:
    """The command with planted keys, whose services are a server that quotes what it refuses."""
    own = {name: value for name, value in PLANTED.items() if name != "DATABASE_URL"}
    env = {**own, "OPENAI_BASE_URL": echo, "TELEGRAM_API_URL": echo, "LOG_LEVEL": "DEBUG", "CHAT_MODEL": "openai:x"}
    return Askwire(folder, **env)
