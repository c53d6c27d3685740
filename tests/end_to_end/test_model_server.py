"""A language model behind an OpenAI-compatible server, over HTTP."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.command import Askwire

QUESTION = "How many people walked around the lake?"
STORY = "Seventy people walked around the frozen lake on Sunday."
KEY = "the-key-of-the-model-server"


@pytest.fixture(scope="module")
def server(weights_dir: Path) -> Iterator[str]:
    """The root of a running server's API."""
    model = weights_dir / "weights/gemma-3-270m/gemma-3-270m-q4_k_m.gguf"
    script = Path(__file__).with_name("model_server.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(model), KEY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield f"{process.stdout.readline().strip()}/v1"
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def askwire(tmp_path_factory: pytest.TempPathFactory) -> Askwire:
    """One short story."""
    command = Askwire(tmp_path_factory.mktemp("openai"))
    (command.folder / "lake.txt").write_text(f"Lake walkers\n\n{STORY}\n")
    assert command("add", "lake.txt").code == 0
    return command


def test_an_openai_compatible_server_answers(askwire: Askwire, server: str) -> None:
    """The same question goes to another model by two settings; its words are checked like any others."""
    env = {"CHAT_MODEL": "openai:gemma-3-270m", "OPENAI_BASE_URL": server, "OPENAI_API_KEY": KEY}
    done = askwire.process("ask", QUESTION, "--json", stdin=b"", **env)
    (answer,) = done.json
    assert (done.code, done.err) == (0, "")
    assert answer["model"] == "openai:gemma-3-270m"
    assert answer["status"] in {"answered", "quoted"}
    assert answer["citations"][0]["quote"] == STORY
    assert "cannot be reached" not in answer["text"]


def test_a_wrong_key_leaves_the_quotes(askwire: Askwire, server: str) -> None:
    """A server that refuses the key is said in the reply, and the key shows nowhere."""
    env = {"CHAT_MODEL": "openai:gemma-3-270m", "OPENAI_BASE_URL": server, "OPENAI_API_KEY": "wrong-secret-key"}
    done = askwire("ask", QUESTION, "--json", **env)
    (answer,) = done.json
    assert (done.code, answer["status"]) == (0, "quoted")
    assert "openai:gemma-3-270m" in answer["text"]
    assert "Here are quotes instead." in answer["text"]
    assert "wrong-secret-key" not in done.out + done.err
