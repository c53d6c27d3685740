"""The documents name what exists: commands with their options, settings, files and links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bot.cli import app
from bot.settings import Settings
from bot.words import words_of

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]
SETTINGS = {name.upper() for name in Settings.model_fields}
FOREIGN = {"PATH_OR_URL", "DATA_DIR", "XDG_CACHE_HOME"}  # names in capitals that are no settings


# Where each block of shell lines is run, by its document and its first words.
RUN = {
    ("README.md", "askwire add report.pdf"): "by tests/end_to_end/test_documents.py",
    ("scaling-out.md", "createdb"): "by tests/end_to_end/test_documents.py",
    ("scaling-out.md", "askwire backup"): "by tests/end_to_end/test_documents.py",
    ("README.md", "python3 -m venv .venv"): "by .ci/run, in clean copies",
    ("CONTRIBUTING.md", "python3 -m venv .venv"): "the same steps as the README's second block and .ci/run",
    ("operate.md", "askwire status"): "by tests/end_to_end/test_operate.py",
    ("operate.md", "curl --fail"): "by tests/end_to_end/test_operate.py",
    ("operate.md", "askwire backup"): "by tests/end_to_end/test_operate.py",
    ("operate.md", "ASKWIRE_DATA_DIR=restored"): "by tests/end_to_end/test_operate.py",
    ("operate.md", "askwire reindex --to"): "by tests/end_to_end/test_operate.py",
    ("operate.md", "askwire reindex --forget"): "by tests/end_to_end/test_operate.py",
    ("models.md", "CHAT_MODEL=openai:"): "by tests/end_to_end/test_models_document.py",
    ("models.md", "python -m evals quality"): "by tests/end_to_end/test_models_document.py",
    ("models.md", "pip install"): "by tests/end_to_end/test_models_document.py",
    ("scaling.md", "python -m evals scale"): "by tests/end_to_end/test_scaling_document.py",
}


def code(document: Path) -> list[str]:
    """Each line of a block, and each stretch between back-quotes."""
    text = document.read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    return [line for block in blocks for line in block.splitlines()] + inline


def commands(document: Path) -> list[list[str]]:
    """The words behind `askwire` in each line that calls it."""
    calls = [part.strip() for line in code(document) for part in re.split(r"&&|\|", line)]
    found = [re.sub(r"^(?:[A-Z_]+=\S* )*", "", call) for call in calls]
    return [shlex.split(call)[1:] for call in found if call.startswith("askwire ") and "…" not in call.split()[1]]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_is_understood(document: Path) -> None:
    """Each is a command of the command line, and takes the options and arguments that are shown."""
    for words in commands(document):
        command, rest = called(words)
        assert rest != words, words
        options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in rest if word.startswith("-") and len(word) > 1} <= options | {"--help"}, words


def test_every_block_is_run() -> None:
    """Each block of shell lines is run by a test or by CI, and the table says where."""
    used = set()
    for document in DOCUMENTS:
        for block in re.findall(r"^```sh\n(.*?)^```$", document.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            fitting = {one for one in RUN if one[0] == document.name and block.startswith(one[1])}
            assert len(fitting) == 1, f"{document.name}: {block}"
            used |= fitting
    assert used == RUN.keys()
    for path in re.findall(r"(?:tests|evals)/[\w/.]+\.py", " ".join(RUN.values())):
        assert (ROOT / path).exists()


def called(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words call, a subcommand of a group too, and the words that are left for it."""
    command: Any = get_command(app)  # typer brings a click of its own, without types
    rest = words
    while rest and rest[0] in (under := getattr(command, "commands", {})):
        command, rest = under[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_exists(document: Path) -> None:
    """A name in capitals with an underscore, in code, is a setting."""
    shown = {name for part in code(document) for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", part)}
    assert shown <= SETTINGS | FOREIGN


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    """A link without a host is a file beside the document, and a path in code one of the repository."""
    text = document.read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [link for link in links if not (document.parent / link).exists()] == []
    paths = set(re.findall(r"`((?:index|bot|tests|evals|docs|scripts)/[\w/.-]+)`", text))
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists()] == []


def test_what_the_bot_is_quoted_with_it_says() -> None:
    """The lines of the bot in the table of troubles are its own."""
    text = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
    assert words_of("en")("replies-declined") in text
    assert "Sorry, something went wrong on my side" in words_of("en")("errors-apology", reference="1")
    assert "Sorry, something went wrong on my side" in text
