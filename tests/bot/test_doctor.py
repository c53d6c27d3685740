"""`askwire doctor` looks at each part, and where one is wrong says what to do and ends with 1."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from sqlalchemy import URL

from bot import doctor, doctor_checks
from evals.chroma_server import RunningChroma
from tests.bot.command import Askwire, Result

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake_-1"


@pytest.fixture(scope="module")
def samples(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the sample stories."""
    command = Askwire(tmp_path_factory.mktemp("doctor"))
    assert command("chat", stdin="/quit\n").code == 0
    return command.folder / "data"


@pytest.fixture
def askwire(samples: Path, tmp_path: Path) -> Askwire:
    """A copy of it."""
    shutil.copytree(samples, tmp_path / "data")
    return Askwire(tmp_path)


def findings(done: Result) -> dict[str, tuple[str, str]]:
    """Part: (health, line)."""
    return {entry["part"]: (entry["health"], entry["line"]) for entry in done.json}


def wrong(done: Result) -> dict[str, str]:
    """The parts that are wrong, each with its line; the exit code says so, too."""
    found = {part: line for part, (health, line) in findings(done).items() if health == "wrong"}
    assert done.code == (1 if found else 0), done
    assert all(line.endswith(".") and "\n" not in line for line in found.values())
    return found


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Leaves out all parts but these: a look at the vector index takes seconds."""

    def keep(*parts: str) -> None:
        monkeypatch.setattr(doctor, "CHECKS", tuple(pair for pair in doctor.CHECKS if pair[0] in parts))

    return keep


def test_a_sound_deployment_is_told_so(askwire: Askwire) -> None:
    """All parts are looked at, nothing is wrong, and nothing is changed."""
    done = askwire("doctor")
    assert (done.code, done.err) == (0, ""), done
    assert "wrong" not in done.out
    heads = [line.split()[0] for line in done.out.splitlines()]
    assert heads.count("ok") == 8
    assert heads.count("skipped") == 2  # no token


def test_nothing_is_made_where_nothing_is(tmp_path: Path, weights_dir: Path) -> None:
    """A fresh deployment is sound, and looking at it makes no data directory."""
    done = Askwire(tmp_path)("doctor", "--json")
    assert wrong(done) == {}
    assert "will be made" in findings(done)["Data directory"][1]
    assert not (tmp_path / "data").exists()


def test_wrong_settings_are_findings(tmp_path: Path) -> None:
    """Each wrong setting is a line of its own."""
    done = Askwire(tmp_path)("doctor", CHAT_MODEL="gemma", LOG_LEVEL="loud")
    assert done.code == 1
    assert [line.split()[:3] for line in done.out.splitlines()] == [
        ["wrong", "Settings", "CHAT_MODEL:"],
        ["wrong", "Settings", "LOG_LEVEL:"],
    ]


def test_a_full_disk_is_found(askwire: Askwire, monkeypatch: pytest.MonkeyPatch, only: Callable[..., None]) -> None:
    """Less room than a rebuild of the index needs is wrong."""
    only("Disk")
    usage = shutil.disk_usage(askwire.folder)._replace(free=doctor_checks._LEAST_FREE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert "Make room" in wrong(askwire("doctor", "--json"))["Disk"]


def test_a_directory_that_cannot_be_written_is_found(askwire: Askwire, only: Callable[..., None]) -> None:
    """It says whose it must be."""
    only("Data directory")
    found = wrong(askwire("doctor", "--json", ASKWIRE_DATA_DIR="/proc/askwire"))
    assert "Give it to this user" in found["Data directory"]


def test_a_damaged_database_is_found(askwire: Askwire, only: Callable[..., None]) -> None:
    """One that is none, and one with a page of rubbish; a backup is what helps."""
    only("Database")
    path = askwire.folder / "data" / "askwire.db"
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'versions'").fetchone()
    connection.close()
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    assert "askwire restore" in wrong(askwire("doctor", "--json"))["Database"]
    path.write_bytes(b"no database " * 100)
    assert "askwire restore" in wrong(askwire("doctor", "--json"))["Database"]


@pytest.mark.parametrize("fault", ["missing", "unreadable", "behind"])
def test_a_damaged_index_is_found(askwire: Askwire, fault: str, only: Callable[..., None]) -> None:
    """A vector index that is gone, is none, or lacks vectors."""
    only("Vector index")
    (folder,) = (askwire.folder / "data").glob("chroma-*")
    if fault == "missing":
        shutil.rmtree(folder)
    elif fault == "unreadable":
        (folder / "chroma.sqlite3").write_bytes(b"no database" * 500)
    else:
        with sqlite3.connect(folder / "chroma.sqlite3") as connection:
            connection.execute("DELETE FROM embeddings WHERE id = (SELECT min(id) FROM embeddings)")
        connection.close()
    assert "askwire reindex" in wrong(askwire("doctor", "--json"))["Vector index"]


def test_another_embedder_is_found(askwire: Askwire) -> None:
    """The articles were embedded with one that is not set any more."""
    done = askwire("doctor", "--json", EMBEDDING_MODEL="ollama:other", OLLAMA_BASE_URL="http://127.0.0.1:9")
    found = wrong(done)
    assert "askwire reindex" in found["Vector index"]
    assert "ollama:other" in found["Models"]


def test_missing_weights_are_found(askwire: Askwire, tmp_path: Path, only: Callable[..., None]) -> None:
    """It names the command that fetches them."""
    only("Weights")
    done = askwire("doctor", "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert wrong(done) == {"Weights": "The weights of all-minilm-l6-v2 are not there. Fetch them: askwire weights."}


def test_a_model_that_is_down_is_found(askwire: Askwire, only: Callable[..., None]) -> None:
    """A server of one's own that nobody answers at."""
    only("Models")
    done = askwire("doctor", "--json", CHAT_MODEL="openai:x", OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    assert "openai:x" in wrong(done)["Models"]


def test_a_running_askwire_is_no_fault(askwire: Askwire) -> None:
    """What is in use is not opened a second time; the database is looked at all the same."""
    with askwire.start("chat") as process:
        assert process.stdout is not None
        process.stdout.readline()
        done = askwire("doctor", "--json")
        process.communicate(b"/quit\n", timeout=30)
    assert wrong(done) == {}
    assert findings(done)["Vector index"][0] == "skipped"
    assert findings(done)["Database"][0] == "ok"


class Telegram(BaseHTTPRequestHandler):
    """A Bot API server that knows one token, and a clock that may be wrong."""

    skew = 0.0
    hook: ClassVar[dict[str, Any]] = {"url": "", "has_custom_certificate": False, "pending_update_count": 3}

    def do_HEAD(self) -> None:
        self._answer(b"", 200)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if TOKEN not in self.path:
            self._answer(b'{"ok":false,"error_code":401,"description":"Unauthorized"}', 401)
            return
        me = '{"id":1,"is_bot":true,"first_name":"News","username":"news_bot"}'
        hook = str(self.hook).replace("'", '"').replace("False", "false")
        self._answer(f'{{"ok":true,"result":{me if "getMe" in self.path else hook}}}'.encode(), 200)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(time.time() + self.skew)

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _answer(self, body: bytes, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def telegram() -> Iterator[str]:
    """Its address."""
    server = HTTPServer(("127.0.0.1", 0), Telegram)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_telegram_is_asked_when_there_is_a_token(
    askwire: Askwire, telegram: str, monkeypatch: pytest.MonkeyPatch, only: Callable[..., None]
) -> None:
    """It says which bot it is; a refused token, a failing webhook and nobody there are told apart; no token shows."""
    only("Token", "Telegram", "Clock")
    told = {"TELEGRAM_API_URL": telegram, "TELEGRAM_BOT_TOKEN": TOKEN}
    done = askwire("doctor", "--json", **told)
    assert wrong(done) == {}
    assert findings(done)["Telegram"][1] == "It knows the bot @news_bot; 3 updates wait there."
    assert findings(done)["Clock"][1] == "It is right, as far as Telegram tells."
    other = f"{TOKEN[:-1]}2"
    refused = askwire("doctor", "--json", **{**told, "TELEGRAM_BOT_TOKEN": other})
    assert "@BotFather" in wrong(refused)["Telegram"]
    assert other not in refused.out + refused.err
    away = askwire("doctor", "--json", **{**told, "TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert "cannot be reached" in wrong(away)["Telegram"]
    error = {"last_error_message": "Connection refused", "last_error_date": 1}
    monkeypatch.setattr(Telegram, "hook", {**Telegram.hook, **error})
    hooked = askwire("doctor", "--json", **told, WEBHOOK_URL="https://bot.example/hook")
    assert "Connection refused" in wrong(hooked)["Telegram"]


def test_a_wrong_clock_is_found(
    askwire: Askwire, telegram: str, monkeypatch: pytest.MonkeyPatch, only: Callable[..., None]
) -> None:
    """Far from Telegram's, or behind what was written before."""
    only("Clock")
    monkeypatch.setattr(Telegram, "skew", 600)
    done = askwire("doctor", "--json", TELEGRAM_API_URL=telegram, TELEGRAM_BOT_TOKEN=TOKEN)
    assert "behind Telegram's. Set it" in wrong(done)["Clock"]
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    with sqlite3.connect(askwire.folder / "data" / "askwire.db") as connection:
        connection.execute("UPDATE articles SET added_at = ? WHERE rowid = 1", (later,))
    connection.close()
    assert "Set the clock" in wrong(askwire("doctor", "--json"))["Clock"]


def test_a_token_of_another_form_is_found(askwire: Askwire, only: Callable[..., None]) -> None:
    """Before anybody is asked with it, and without repeating it."""
    only("Token")
    done = askwire("doctor", "--json", TELEGRAM_BOT_TOKEN="my-secret", TELEGRAM_API_URL="http://127.0.0.1:9")
    assert "is no token" in wrong(done)["Token"]
    assert "my-secret" not in done.out + done.err
    assert os.environ.get("TELEGRAM_BOT_TOKEN") is None


def test_a_chroma_server_that_is_away_is_found(
    askwire: Askwire, chroma_server: RunningChroma, only: Callable[..., None]
) -> None:
    """It is asked: one that answers is ok, and where nobody answers the setting and what to do are named."""
    only("Vector index")
    there = findings(askwire("doctor", "--json", CHROMA_URL=chroma_server.url))["Vector index"]
    assert there[0] == "ok" and "answers" in there[1]
    found = wrong(askwire("doctor", "--json", CHROMA_URL="http://127.0.0.1:9"))["Vector index"]
    assert "no answer from the Chroma server at 127.0.0.1:9" in found and "Look at CHROMA_URL and the server" in found


def test_articles_on_a_server_are_looked_at_there(
    askwire: Askwire, postgres_place: URL, only: Callable[..., None], tmp_path: Path
) -> None:
    """PostgreSQL answers with its number of articles; a backup of a file that is not used is refused."""
    only("Database", "Vector index")
    url = postgres_place.render_as_string(hide_password=False)
    found = findings(askwire("doctor", "--json", DATABASE_URL=url))
    assert found["Database"] == ("ok", "The server answers; it holds 0 articles.")
    assert found["Vector index"][0] == "skipped"
    refused = askwire("backup", str(tmp_path / "backup.tar"), DATABASE_URL=url)
    assert refused.code == 1
    assert "pg_dump" in refused.err
    assert not (tmp_path / "backup.tar").exists()
