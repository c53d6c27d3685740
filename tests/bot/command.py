"""The `askwire` command in tests: in this process for what it says, as a process of its own for how it ends."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import structlog

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        """The lines of standard output, each as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def fault(self) -> str:
        """The one line on standard error of a command that failed clearly, with nothing on standard output."""
        assert (self.code, self.out) == (1, ""), self
        (line,) = self.err.splitlines()
        assert line.startswith("askwire: "), self
        return line.removeprefix("askwire: ")


class Askwire:
    """The command with a folder of its own: its working directory, and its data in `data` below.

    It quotes only, unless `CHAT_MODEL` is given, and fetches nothing.
    """

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self._env = env

    def __call__(self, *args: str, stdin: str = "", **env: str) -> Result:
        """Runs a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, self.environment(env), clear=True),
            mock.patch.object(sys, "argv", ["askwire", *args]),
            mock.patch.object(os, "nice"),  # the tests after it stay as quick
            mock.patch.object(sys, "stdin", io.StringIO(stdin)),
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _logging_restored(),
        ):
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
        return Result(code, out.getvalue(), err.getvalue())

    def process(self, *args: str, stdin: bytes = b"", **env: str) -> Result:
        """Runs a command as a process of its own."""
        done = subprocess.run(
            self.words(*args),
            check=False,
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(env),
            timeout=90,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *args: str, **env: str) -> subprocess.Popen[bytes]:
        """Starts a command as a process of its own, its input and outputs at pipes."""
        return subprocess.Popen(
            self.words(*args),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(env),
        )

    def words(self, *args: str) -> list[str]:
        """The command line of a process."""
        return [sys.executable, "-m", "bot", *args]

    def environment(self, env: dict[str, str]) -> dict[str, str]:
        """This process's environment without settings, then what is given."""
        settings = {name.upper() for name in Settings.model_fields}
        kept = {name: value for name, value in os.environ.items() if name not in settings}
        own = {
            "ASKWIRE_DATA_DIR": str(self.folder / "data"),
            "CHAT_MODEL": "none",
            "PIP_NO_INDEX": "1",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
        }
        return {**kept, **own, **self._env, **env}


@contextlib.contextmanager
def _logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        root.handlers, root.level = handlers, level
        structlog.reset_defaults()
