"""`askwire doctor`: looks at everything that must be right, and says of each part how it is and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.text import Text

from bot import doctor_checks, doctor_network
from bot.settings import Settings, SettingsError
from bot.terminal import out, print_json
from index.errors import NewsIndexError


class Health(StrEnum):
    """How one part is."""

    OK = "ok"
    WRONG = "wrong"
    SKIPPED = "skipped"  # it cannot be looked at just now, or is not used


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, how it is, and one line: what was seen, and when it is wrong what to do."""

    part: str
    health: Health
    line: str

    def as_json(self) -> dict[str, Any]:
        """The fields under their names."""
        return {"part": self.part, "health": self.health.value, "line": self.line}


Check = Callable[[Settings], Coroutine[Any, Any, str]]
_STYLES = {Health.OK: "green", Health.WRONG: "bold red", Health.SKIPPED: "dim"}
CHECKS: tuple[tuple[str, Check], ...] = (
    ("Data directory", doctor_checks.data_directory),
    ("Disk", doctor_checks.disk),
    ("Database", doctor_checks.database),
    ("Vector index", doctor_checks.vector_index),
    ("Weights", doctor_checks.weights),
    ("Models", doctor_network.models),
    ("Token", doctor_checks.token),
    ("Telegram", doctor_network.telegram),
    ("Clock", doctor_network.clock),
)


def examine() -> Iterator[Finding]:
    """Looks at one part after another; without readable settings there is nothing else to look at."""
    try:
        settings = Settings.load()
    except SettingsError as error:
        yield from (Finding("Settings", Health.WRONG, line) for line in str(error).splitlines())
        return
    yield Finding("Settings", Health.OK, "They can be read.")
    for part, check in CHECKS:
        yield _finding(part, check, settings)


def print_findings(*, as_json: bool) -> bool:
    """Prints each finding as soon as it is known; whether nothing is wrong."""
    healthy = True
    for finding in examine():
        healthy &= finding.health is not Health.WRONG
        if as_json:
            print_json(finding.as_json())
        else:
            label = Text(f"{finding.health.value:<8}", style=_STYLES[finding.health])
            out.print(Text.assemble(label, f"{finding.part:<15} {finding.line}"))
    return healthy


def _finding(part: str, check: Check, settings: Settings) -> Finding:
    try:
        return Finding(part, Health.OK, asyncio.run(check(settings)))
    except doctor_checks.SkippedError as skipped:
        return Finding(part, Health.SKIPPED, str(skipped))
    except (doctor_checks.WrongError, NewsIndexError, SettingsError) as error:
        return Finding(part, Health.WRONG, " ".join(str(error).splitlines()))
