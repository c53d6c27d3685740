"""The README's commands and settings exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from bot.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
COMMANDS = set(getattr(get_command(app), "commands", {}))


def block(marker: str) -> list[str]:
    """The lines of the fenced block behind `<!-- marker -->`."""
    found = re.findall(rf"^<!-- {marker} -->\n```\w*\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"one block behind <!-- {marker} -->"
    return str(found[0]).splitlines()


@pytest.mark.parametrize(("marker", "end"), [("run", "askwire chat"), ("test", "python -m pytest -n 2")])
def test_a_newcomer_needs_one_line(marker: str, end: str) -> None:
    """One line alone in its block makes a virtual environment, installs, and starts the conversation or the tests."""
    (line,) = block(marker)
    assert line.startswith("python3 -m venv .venv && . .venv/bin/activate && pip install ")
    assert line.endswith(f" && {end}")


def test_every_command_in_the_readme_exists() -> None:
    """Each `askwire …` that is shown is a command of the command line."""
    code = re.findall(r"^```\w*\n(.*?)^```$|`([^`\n]+)`", README, re.MULTILINE | re.DOTALL)
    shown = {name for parts in code for name in re.findall(r"\baskwire ([a-z]+)\b", "".join(parts))}
    assert shown >= {"chat", "run", "add", "ask"}
    assert shown <= COMMANDS


def test_every_setting_in_the_readme_exists() -> None:
    """Each name in capitals with an underscore is a setting, or what `askwire add` takes."""
    settings = {name.upper() for name in Settings.model_fields}
    shown = set(re.findall(r"(?<![A-Z_])[A-Z]+(?:_[A-Z]+)+(?![A-Z_])", README))
    assert "TELEGRAM_BOT_TOKEN" in shown
    assert shown <= settings | {"PATH_OR_URL"}


def test_every_default_in_the_readme_is_the_default() -> None:
    """A table's row of one setting and a value in code tells the value that holds when nothing is set."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", README, re.MULTILINE)
    assert len(rows) >= 3
    for name, value in rows:
        default = Settings.model_fields[name.lower()].default
        assert value == ("*" if default is None else str(default)), name
